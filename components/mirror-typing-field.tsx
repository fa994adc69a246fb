import { useEffect, useRef } from 'preact/hooks';
import type { Hit } from '../lib/protocol/player-messages.ts';
import styles from './mirror-glass.module.css';
import type { MirrorHand } from './mirror-hand.ts';
import { SELECT_ALL } from './mirror-typing.ts';
import { useI18n } from './view-context.ts';

export interface MirrorTypingFieldProps {
  readonly hand: MirrorHand;
  /** The field in the page. Whenever it was pressed anew, this one takes the focus. */
  readonly hit: Hit;
  readonly scale: number;
  onKeyDown(event: KeyboardEvent): void;
  onFocused(focused: boolean): void;
}

/**
 * A real text field takes the keys, because input methods, dictation and pasting work in nothing else. What changes in it
 * goes to the page as edits; what stands in the page's field is never copied here.
 */
export function MirrorTypingField({ hand, hit, scale, onKeyDown, onFocused }: MirrorTypingFieldProps) {
  const { t } = useI18n();
  const field = useRef<HTMLTextAreaElement | null>(null);
  const before = useRef('');
  const { box } = hit;
  useEffect(() => field.current?.focus({ preventScroll: true }), [hit]);
  useEffect(() => () => onFocused(false), []);

  const take = () => {
    const text = field.current?.value ?? '';
    hand.typed(before.current, text);
    before.current = text;
  };
  const forget = () => {
    before.current = '';
    if (field.current !== null) field.current.value = '';
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return event.stopPropagation();
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      forget();
      return hand.edit(SELECT_ALL);
    }
    // Space is text here.
    if (event.key === ' ') return event.stopPropagation();
    const isEmpty = field.current?.value === '';
    if (isEmpty && (event.key === 'Backspace' || event.key === 'Delete')) {
      event.preventDefault();
      event.stopPropagation();
      return hand.edit({ kind: event.key === 'Delete' ? 'delete-forward' : 'delete-backward', count: 1 });
    }
    onKeyDown(event);
    if (event.defaultPrevented) forget();
    else event.stopPropagation();
  };

  return (
    <textarea
      ref={field}
      class={styles.field}
      style={{
        left: `${box.x * scale}px`,
        top: `${box.y * scale}px`,
        width: `${box.width * scale}px`,
        height: `${box.height * scale}px`,
      }}
      aria-label={t('mirrorTyping')}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      onInput={(event) => !event.isComposing && take()}
      onCompositionEnd={take}
      onKeyDown={handleKeyDown}
      onFocus={() => onFocused(true)}
      onBlur={() => onFocused(false)}
    />
  );
}
