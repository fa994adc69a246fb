import { useEffect, useRef, useState } from 'preact/hooks';
import type { Hit } from '../lib/protocol/player-messages.ts';
import { Button } from './button.tsx';
import type { MirrorHand } from './mirror-hand.ts';
import styles from './mirror-picker.module.css';
import { useI18n } from './view-context.ts';

export interface MirrorPickerProps {
  readonly hand: MirrorHand;
  readonly hit: Hit;
  readonly scale: number;
}

/** The expert's own list, date or value in the place of the browser's, which no page can open for somebody else. */
export function MirrorPicker({ hand, hit, scale }: MirrorPickerProps) {
  const { t } = useI18n();
  const { x, y, height, width } = hit.box;
  const root = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true });
    root.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  return (
    <dialog
      open
      ref={root}
      aria-label={t(hit.target === 'select' ? 'mirrorPickList' : 'mirrorPickValue')}
      class={styles.picker}
      style={{ left: `${x * scale}px`, top: `${(y + height) * scale + 4}px`, minWidth: `${width * scale}px` }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') hand.stopPicking();
      }}
    >
      {hit.target === 'select' ? (
        <Choices hand={hand} options={hit.options ?? []} />
      ) : (
        <Value hand={hand} type={hit.input ?? 'date'} />
      )}
    </dialog>
  );
}

function Choices({ hand, options }: { readonly hand: MirrorHand; readonly options: NonNullable<Hit['options']> }) {
  const { t } = useI18n();
  const list = useRef<HTMLUListElement | null>(null);
  const first = Math.max(
    0,
    options.findIndex(({ chosen }) => chosen),
  );
  const move = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = all.findIndex((each) => each === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, next))]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move among its buttons
    <ul ref={list} aria-label={t('mirrorPickList')} class={styles.list} onKeyDown={move}>
      {options.map(({ nodeId, label, chosen }, index) => (
        <li key={nodeId}>
          <button
            type="button"
            class={styles.choice}
            aria-pressed={chosen}
            dir="auto"
            {...(index === first ? { 'data-first': '' } : {})}
            onClick={() => hand.choose([nodeId])}
          >
            {label === '' ? '–' : label}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the protocol lets through (`pick`): dates, times, colours and numbers as HTML writes them. */
const VALUE = /^[0-9a-fA-FTW:.#+-]{1,32}$/;

function Value({ hand, type }: { readonly hand: MirrorHand; readonly type: NonNullable<Hit['input']> }) {
  const { t } = useI18n();
  const [value, setValue] = useState('');
  return (
    <form
      class={styles.value}
      onSubmit={(event) => {
        event.preventDefault();
        if (VALUE.test(value)) hand.pick(value);
      }}
    >
      <input
        data-first=""
        class={styles.input}
        aria-label={t('mirrorPickValue')}
        type={type}
        value={value}
        onInput={({ currentTarget }) => setValue(currentTarget.value.trim())}
      />
      <Button type="submit" variant="primary" disabled={!VALUE.test(value)}>
        {t('mirrorPickSet')}
      </Button>
      <Button onClick={() => hand.stopPicking()}>{t('cancel')}</Button>
    </form>
  );
}
