import { LoaderCircle, Pause } from 'lucide';
import type { CallState, Engine } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import styles from './call-cover.module.css';
import { Icon } from './icon.tsx';
import { useView } from './view-context.ts';

export interface CallCoverProps {
  readonly engine: Engine;
  readonly state: Extract<CallState, { kind: 'active' }>;
}

/** Lies over the pictures while none can be live: paused, or without a connection. An old frame would be a lie. */
export function CallCover({ engine, state: { pause, reconnectingSince } }: CallCoverProps) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  const paused = pause && (pause.mine ? t('pausedByYou') : t('pausedBy', { name: pause.by }));
  return (
    <div class={paused || reconnectingSince !== null ? styles.cover : styles.none}>
      <div role="status" aria-label={paused ?? undefined} class={styles.words}>
        {paused && (
          <>
            <Icon node={Pause} size={36} />
            <p class={styles.title}>{paused}</p>
            <p>{t('pausedHint')}</p>
          </>
        )}
      </div>
      {pause?.mine && (
        <Button variant="primary" onClick={() => engine.call.setPaused(false)}>
          {t('resume')}
        </Button>
      )}
      <div role="status" class={styles.words}>
        {reconnectingSince !== null && (
          <>
            <span class={styles.spinner}>
              <Icon node={LoaderCircle} size={36} />
            </span>
            <p class={styles.title}>{t('reconnecting')}</p>
          </>
        )}
      </div>
      {reconnectingSince !== null && (
        <p class={styles.hint}>
          {t('reconnectingFor', { time: format.duration(Math.max(0, now.value - reconnectingSince)) })}
        </p>
      )}
    </div>
  );
}
