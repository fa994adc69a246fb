import { CircleCheck, Mic, VideoOff } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { MediaModel } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { LevelMeter } from './level-meter.tsx';
import styles from './media-check.module.css';
import type { GrantResult } from './media-grant.ts';
import { Video } from './video.tsx';
import { useI18n } from './view-context.ts';

export interface MediaCheckProps {
  readonly media: MediaModel;
  /** Called straight from the press, so that the browser's question belongs to it. */
  ask(): Promise<GrantResult>;
  onGranted?(): void;
}

const PROBLEMS = {
  denied: ['grantDenied', 'grantDeniedHow'],
  dismissed: ['grantDismissed', 'grantDismissedHow'],
  'no-device': ['grantNoDevice', 'grantNoDeviceHow'],
  busy: ['grantBusy', 'grantBusyHow'],
  insecure: ['grantInsecure', 'grantInsecureHow'],
} as const satisfies Record<Exclude<GrantResult['kind'], 'granted'>, readonly [MessageKey, MessageKey]>;

/** Asks for microphone and camera, shows that they work, or says what to do when they don't. */
export function MediaCheck({ media, ask, onGranted }: MediaCheckProps) {
  const { t } = useI18n();
  const [result, setResult] = useState<GrantResult | 'asking' | null>(null);

  useEffect(() => {
    if (result === null || result === 'asking' || result.kind !== 'granted') return;
    return () => {
      for (const track of result.stream.getTracks()) track.stop();
    };
  }, [result]);

  const handleAsk = async () => {
    setResult('asking');
    const next = await ask();
    setResult(next);
    if (next.kind === 'granted') onGranted?.();
  };

  if (result !== null && result !== 'asking' && result.kind === 'granted')
    return <Granted media={media} result={result} />;
  const problem = result === null || result === 'asking' ? null : PROBLEMS[result.kind];
  return (
    <div class={styles.check}>
      <div role="alert">
        {problem && (
          <Banner icon={VideoOff} tone="wait" text={t(problem[0])}>
            <p>{t(problem[1])}</p>
          </Banner>
        )}
      </div>
      <Button variant="primary" large wide icon={Mic} disabled={result === 'asking'} onClick={handleAsk}>
        {t(problem ? 'grantAgain' : 'micGrantFix')}
      </Button>
      <p class={styles.hint} role="status">
        {result === 'asking' && t('grantAsking')}
      </p>
    </div>
  );
}

function Granted({
  media,
  result,
}: {
  readonly media: MediaModel;
  readonly result: Extract<GrantResult, { kind: 'granted' }>;
}) {
  const { t } = useI18n();
  return (
    <div class={styles.check}>
      <p class={styles.done} role="status">
        <Icon node={CircleCheck} />
        {t(result.hasCamera ? 'grantDone' : 'grantDoneNoCamera')}
      </p>
      {result.hasCamera && (
        <div class={styles.preview}>
          <Video stream={result.stream} label={t('yourCamera')} mirrored fit="cover" />
        </div>
      )}
      <LevelMeter media={media} />
    </div>
  );
}
