import { useEffect } from 'preact/hooks';
import type { MediaModel } from '../lib/engine/api.ts';
import styles from './level-meter.module.css';
import { useI18n } from './view-context.ts';

/** Shows how loud the own microphone is; the engine measures only while a meter is on screen. */
export function LevelMeter({ media }: { readonly media: MediaModel }) {
  const { t } = useI18n();
  useEffect(() => {
    const gone = new AbortController();
    media.watchLevel(gone.signal);
    return () => gone.abort();
  }, [media]);
  const percent = Math.round(Math.min(1, Math.max(0, media.micLevel.value)) * 100);
  return (
    <div class={styles.root}>
      <div
        role="meter"
        aria-label={t('microphoneLevel')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        class={styles.meter}
      >
        <div class={styles.level} style={{ inlineSize: `${percent}%` }} />
      </div>
      <p class={styles.hint}>{t('microphoneLevelHint')}</p>
    </div>
  );
}
