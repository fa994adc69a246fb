import styles from './call-timer.module.css';
import { useView } from './view-context.ts';

/** How long the call has lasted, from the moment of Answer: the same in every page and after each reopening. */
export function CallTimer({
  startedAt,
  isRecording = false,
}: {
  readonly startedAt: number;
  readonly isRecording?: boolean;
}) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  return (
    <div role="timer" aria-label={t('callDuration')} class={styles.timer}>
      {isRecording && (
        <span class={styles.recording}>
          <span class={styles.dot} aria-hidden="true" />
          <abbr title={t('recordingNow')}>{t('recordingShort')}</abbr>
        </span>
      )}
      <bdi dir="ltr">{format.timer(Math.max(0, now.value - startedAt))}</bdi>
    </div>
  );
}
