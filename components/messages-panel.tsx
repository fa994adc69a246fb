import { Send, X } from 'lucide';
import { useEffect, useId, useRef } from 'preact/hooks';
import { MAX_CHAT_CHARS } from '../lib/protocol/limits.ts';
import { type CallFeature, type FeatureProps, stillOf } from './call-features.ts';
import { IconButton } from './icon-button.tsx';
import { MessageItem } from './message-item.tsx';
import styles from './messages-panel.module.css';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';

export interface MessagesPanelProps extends FeatureProps {
  readonly features: readonly CallFeature[];
}

/** What was written, and a place to write. Return sends; Shift+Return begins a new line. */
export function MessagesPanel({ engine, view, features }: MessagesPanelProps) {
  const { t } = useI18n();
  const titleId = useId();

  useEffect(() => {
    engine.messages.setOpen(true);
    return () => {
      engine.messages.setOpen(false);
      document.querySelector<HTMLElement>('[data-messages]')?.focus();
    };
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes the region from any control in it
    <section
      aria-labelledby={titleId}
      class={styles.panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        view.setMessagesOpen(false);
      }}
    >
      <header class={styles.header}>
        <h2 id={titleId}>{t('messages')}</h2>
        <IconButton icon={X} label={t('messagesClose')} onClick={() => view.setMessagesOpen(false)} />
      </header>
      <MessageLog engine={engine} view={view} features={features} />
      <Composer engine={engine} view={view} />
    </section>
  );
}

function MessageLog({ engine, view, features }: MessagesPanelProps) {
  const { t, format } = useI18n();
  const log = useRef<HTMLDivElement | null>(null);
  const items = engine.messages.items.value;
  const people = engine.call.people.value;
  const typing = people.filter((person) => person.typing).map(({ person }) => person.name);
  const names = format.list(people.map(({ person }) => person.name));

  // New messages come into view, unless somebody is reading older ones.
  const wasAtEnd = useRef(true);
  useEffect(() => {
    const element = log.current;
    if (element && (wasAtEnd.current || items.at(-1)?.mine)) element.scrollTop = element.scrollHeight;
  }, [items.length, typing.length]);

  return (
    <>
      <div
        ref={log}
        role="log"
        aria-label={t('messages')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        class={styles.log}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          wasAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        {items.length === 0 && <p class={styles.empty}>{t('messagesEmpty', { name: names })}</p>}
        {items.map((item) => (
          <MessageItem key={item.id} item={item} engine={engine} view={view} Still={stillOf(features)} />
        ))}
      </div>
      <p class={styles.typing} role="status">
        {typing.length > 0 && t('isTyping', { name: format.list(typing) })}
      </p>
    </>
  );
}

function Composer({ engine: { messages }, view }: FeatureProps) {
  const { t, plural } = useI18n();
  const field = useFirstFocus<HTMLTextAreaElement>();
  const tooLongId = useId();
  const draft = view.draft.value;
  const excess = draft.length - MAX_CHAT_CHARS;
  const isEmpty = draft.trim() === '';

  const send = () => {
    if (isEmpty || excess > 0) return;
    messages.send(draft.trim());
    view.setDraft('');
    field.current?.focus();
  };

  return (
    <form
      class={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {excess > 0 && (
        <p id={tooLongId} role="alert" class={styles.tooLong}>
          {plural('messageTooLong', excess)}
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={t('messageField')}
        placeholder={t('messagePlaceholder')}
        aria-invalid={excess > 0 ? 'true' : undefined}
        aria-describedby={excess > 0 ? tooLongId : undefined}
        class={styles.field}
        value={draft}
        onInput={({ currentTarget }) => {
          view.setDraft(currentTarget.value);
          messages.typing();
        }}
        onKeyDown={(event) => {
          // While a word is being composed (Japanese, Chinese, Korean), Return belongs to the keyboard.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton type="submit" icon={Send} label={t('send')} tone="on" disabled={isEmpty || excess > 0} />
    </form>
  );
}
