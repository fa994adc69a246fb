import { Pause, Play } from 'lucide';
import { Button } from './button.tsx';
import type { MirrorView, Past } from './create-mirror-view.ts';
import { IconButton } from './icon-button.tsx';
import styles from './mirror-past.module.css';
import { useI18n } from './view-context.ts';

/** The last two minutes again, while the page goes on below. */
export function MirrorPast({ mirror, past }: { readonly mirror: MirrorView; readonly past: Past }) {
  const { t, format } = useI18n();
  const port = mirror.port.value;
  const agoMs = Math.max(0, past.lengthMs - past.atMs);
  const when = agoMs < 500 ? t('mirrorPastNow') : t('mirrorPastAgo', { time: format.timer(agoMs) });
  return (
    <section aria-label={t('mirrorPastBar')} class={styles.bar}>
      <IconButton
        icon={past.playing ? Pause : Play}
        label={t(past.playing ? 'mirrorPastStop' : 'mirrorPastPlay')}
        onClick={() => port?.post({ type: 'rewind.play', on: !past.playing })}
      />
      <input
        type="range"
        class={styles.slider}
        aria-label={t('mirrorPastTime')}
        aria-valuetext={when}
        min={0}
        max={Math.round(past.lengthMs)}
        // Both ends can be reached, whatever the length; keys go a hundredth or so.
        step="any"
        value={past.atMs}
        onInput={({ currentTarget }) => port?.post({ type: 'rewind.seek', atMs: Number(currentTarget.value) })}
      />
      <span class={styles.when} aria-hidden="true">
        {when}
      </span>
      <Button variant="primary" onClick={() => port?.post({ type: 'rewind', open: false })}>
        {t('mirrorPastLive')}
      </Button>
    </section>
  );
}
