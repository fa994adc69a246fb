import { Button } from './button.tsx';
import styles from './queue-card.module.css';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';

/** One's place in the queue, while waiting for help. */
export function QueueCard({ position, onCancel }: { readonly position: number; onCancel(): void }) {
  const { t } = useI18n();
  const card = useFirstFocus<HTMLDivElement>();
  return (
    <div ref={card} tabIndex={-1} class={styles.card}>
      <span class={styles.dots} aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <p role="status" class={styles.title}>
        {position > 0 ? t('inQueue', { position }) : t('inQueueSoon')}
      </p>
      <p class={styles.hint}>{t('inQueueHint')}</p>
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </div>
  );
}
