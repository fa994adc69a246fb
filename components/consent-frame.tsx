import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { IncomingAsk } from '../lib/engine/api.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import styles from './consent-dialog.module.css';
import { Modal } from './dialog.tsx';
import { useView } from './view-context.ts';

export interface ConsentFrameProps {
  readonly ask: IncomingAsk;
  readonly title: string;
  /** What exactly, for how long. */
  readonly children: ComponentChildren;
  /** Why it can't be allowed yet. */
  readonly hindrance?: string | undefined;
  onAnswer(allow: boolean): void;
}

/** A question to a person. The safe answer has the focus; Escape and silence mean no. */
export function ConsentFrame({ ask, title, children, hindrance, onAnswer }: ConsentFrameProps) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  const titleId = useId();
  const whatId = useId();
  const hindranceId = useId();
  const leftMs = Math.max(0, ask.expiresAt - now.value);
  return (
    <Modal role="alertdialog" labelledBy={titleId} describedBy={whatId} onEscape={() => onAnswer(false)}>
      <div class={styles.head}>
        <Avatar name={ask.from.name} />
        <h2 id={titleId} class={styles.title}>
          {title}
        </h2>
      </div>
      <div id={whatId}>{children}</div>
      {hindrance !== undefined && (
        <p id={hindranceId} role="status" class={styles.hindrance}>
          {hindrance}
        </p>
      )}
      <div class={styles.answers}>
        <Button large data-first-focus="" onClick={() => onAnswer(false)}>
          {t('dontAllow')}
        </Button>
        <Button
          large
          variant="primary"
          disabled={hindrance !== undefined}
          title={hindrance}
          aria-describedby={hindrance === undefined ? undefined : hindranceId}
          onClick={() => onAnswer(true)}
        >
          {t('allow')}
        </Button>
      </div>
      <p class={styles.countdown}>{t('consentCountdown', { time: format.duration(leftMs) })}</p>
    </Modal>
  );
}
