import type { IconNode } from 'lucide';
import { Check } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import styles from './menu-button.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconNode;
  /** Entries of one group stand together; a line parts the groups. */
  readonly group?: number;
  /** Makes a `menuitemradio` of it. */
  readonly checked?: boolean;
  /** Why it can't be chosen now. */
  readonly disabledReason?: string;
  run(): void;
}

export interface MenuButtonProps {
  /** The name of the menu. */
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly placement: 'above' | 'below';
  /** The side of the button that the menu keeps to. */
  readonly align?: 'start' | 'end';
  /** The button itself; it gets what the menu pattern needs. */
  trigger(props: TriggerProps): ComponentChildren;
}

export interface TriggerProps {
  readonly ref: (button: HTMLButtonElement | null) => void;
  readonly 'aria-haspopup': 'menu';
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string | undefined;
  readonly onClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

type Opening = 'closed' | 'first' | 'last';

/** A button that opens a menu: arrows, Home, End and first letters move in it, Escape and Tab close it. */
export function MenuButton({ label, entries, placement, align = 'end', trigger }: MenuButtonProps) {
  const [opening, setOpening] = useState<Opening>('closed');
  const menuId = useId();
  const button = useRef<HTMLButtonElement | null>(null);
  const root = useRef<HTMLDivElement | null>(null);
  const isOpen = opening !== 'closed';

  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return;
      setOpening('closed');
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [isOpen]);

  const closeAndReturn = () => {
    setOpening('closed');
    button.current?.focus();
  };

  return (
    <div class={styles.root} ref={root}>
      {trigger({
        ref: (element) => {
          button.current = element;
        },
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? menuId : undefined,
        onClick: () => setOpening(isOpen ? 'closed' : 'first'),
        onKeyDown(event) {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpening(event.key === 'ArrowDown' ? 'first' : 'last');
        },
      })}
      {isOpen && (
        <Menu
          id={menuId}
          label={label}
          entries={entries}
          placement={placement}
          align={align}
          from={opening}
          onClose={closeAndReturn}
        />
      )}
    </div>
  );
}

interface MenuProps extends Omit<MenuButtonProps, 'trigger'> {
  readonly id: string;
  readonly from: 'first' | 'last';
  onClose(): void;
}

function Menu({ id, label, entries, placement, align = 'end', from, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement | null>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('[role^="menuitem"]') ?? [])];

  useLayoutEffect(() => {
    const all = items();
    const start =
      all.find((item) => item.getAttribute('aria-checked') === 'true') ?? (from === 'first' ? all[0] : all.at(-1));
    start?.focus();
    const menu = list.current;
    if (!menu) return;
    return stayInside(menu);
  }, []);

  const handleKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const next = nextItem(all, at, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <div
      id={id}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      ref={list}
      class={`${styles.menu} ${styles[placement]} ${styles[align]}`}
      onKeyDown={handleKeyDown}
    >
      {entries.map((entry, index) => (
        <Item
          key={entry.id}
          entry={entry}
          parted={index > 0 && entries[index - 1]?.group !== entry.group}
          onClose={onClose}
        />
      ))}
    </div>
  );
}

function Item({ entry, parted, onClose }: { entry: MenuEntry; parted: boolean; onClose(): void }) {
  const isOff = entry.disabledReason !== undefined;
  const role =
    entry.checked === undefined
      ? { role: 'menuitem' as const }
      : { role: 'menuitemradio' as const, 'aria-checked': entry.checked };
  return (
    <>
      {parted && <hr class={styles.line} />}
      <button
        type="button"
        {...role}
        tabIndex={-1}
        aria-disabled={isOff ? 'true' : undefined}
        title={entry.disabledReason}
        class={styles.item}
        onClick={() => {
          if (isOff) return;
          onClose();
          entry.run();
        }}
      >
        {entry.icon && <Icon node={entry.icon} size={18} />}
        <span>{entry.label}</span>
        {entry.checked === true && <Icon node={Check} size={16} />}
      </button>
    </>
  );
}

/**
 * Keeps a menu in the window from now on, until the function that it returns is called. Its button moves when the font comes
 * or a neighbour does, and no event tells of that: so it is looked at in each frame while the menu is open.
 */
function stayInside(menu: HTMLElement): () => void {
  let seen = '';
  let frame = 0;
  const look = () => {
    const { left, width } = (menu.parentElement ?? menu).getBoundingClientRect();
    const now = [left, width, menu.offsetWidth, document.documentElement.clientWidth].join();
    if (now !== seen) keepInside(menu);
    seen = now;
    frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

/** Moves a menu that would stick out of the window back into it. Where it stands while it moves there does not count. */
function keepInside(menu: HTMLElement): void {
  const left = (menu.offsetParent?.getBoundingClientRect().left ?? 0) + menu.offsetLeft;
  const right = left + menu.offsetWidth;
  const end = document.documentElement.clientWidth - EDGE_PX;
  if (left < EDGE_PX) menu.style.translate = `${EDGE_PX - left}px`;
  else if (right > end) menu.style.translate = `${end - right}px`;
  else menu.style.translate = '';
}

const EDGE_PX = 8;

/** The item that `key` moves to; undefined when the key does not move. */
function nextItem(all: readonly HTMLButtonElement[], at: number, key: string): HTMLButtonElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return all[(at + 1) % all.length];
    case 'ArrowUp':
      return all.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
  }
  if ([...key].length !== 1 || key === ' ') return undefined;
  const letter = key.toLocaleLowerCase();
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
    item.textContent.trim().toLocaleLowerCase().startsWith(letter),
  );
}
