import { SignalHigh, SignalLow, SignalMedium, SignalZero } from 'lucide';
import { useId } from 'preact/hooks';
import type { Quality } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import styles from './connection-status.module.css';
import { Icon } from './icon.tsx';
import { useI18n } from './view-context.ts';

export interface ConnectionStatusProps {
  readonly quality: Quality | null;
  readonly isReconnecting: boolean;
  readonly isOpen: boolean;
  onToggle(open: boolean): void;
}

const LEVELS = {
  good: { key: 'qualityGood', icon: SignalHigh },
  fair: { key: 'qualityFair', icon: SignalMedium },
  poor: { key: 'qualityPoor', icon: SignalLow },
  reconnecting: { key: 'qualityReconnecting', icon: SignalZero },
  unknown: { key: 'qualityUnknown', icon: SignalZero },
} as const;

/** How good the connection is, in a word; a press shows the numbers behind it. */
export function ConnectionStatus({ quality, isReconnecting, isOpen, onToggle }: ConnectionStatusProps) {
  const i18n = useI18n();
  const numbersId = useId();
  const level = isReconnecting ? 'reconnecting' : (quality?.level ?? 'unknown');
  const word = i18n.t(LEVELS[level].key);
  return (
    <div class={styles.root}>
      <div class={`${styles.chip} ${styles[level]}`}>
        <span role="status" aria-label={i18n.t('connectionStatus', { level: word })} class={styles.word}>
          <Icon node={LEVELS[level].icon} size={16} />
          <span>{word}</span>
        </span>
        <button
          type="button"
          class={styles.cover}
          aria-label={i18n.t('connectionNumbers')}
          title={i18n.t('connectionNumbers')}
          aria-expanded={isOpen}
          aria-controls={isOpen ? numbersId : undefined}
          onClick={() => onToggle(!isOpen)}
        />
      </div>
      {isOpen && (
        <dl id={numbersId} class={styles.numbers}>
          {listNumbers(quality, i18n).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function listNumbers(quality: Quality | null, { t, format }: I18n): readonly (readonly [string, string])[] {
  const none = t('notMeasured');
  const ms = (value: number | null | undefined) =>
    value === null || value === undefined ? none : t('unitMs', { value: Math.round(value) });
  const kbps = (value: number | undefined) =>
    value === undefined ? none : t('unitKbps', { value: Math.round(value) });
  const size = quality && quality.width > 0 ? `${quality.width} × ${quality.height}` : null;
  return [
    [t('statRoundTrip'), ms(quality?.roundTripMs)],
    [t('statLoss'), quality?.loss == null ? none : format.percent(quality.loss)],
    [t('statJitter'), ms(quality?.jitterMs)],
    [t('statReceive'), kbps(quality?.receiveKbps)],
    [t('statSend'), kbps(quality?.sendKbps)],
    [t('statPicture'), size ? t('pictureSize', { size, rate: Math.round(quality?.framesPerSecond ?? 0) }) : none],
    [t('statPath'), quality ? t(quality.relayed ? 'pathRelayed' : 'pathDirect') : none],
  ];
}
