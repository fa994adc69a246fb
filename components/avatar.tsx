import type { Presence } from '../lib/protocol/desk-messages.ts';
import styles from './avatar.module.css';

/** Up to two letters that stand for a name: of the first and the last word, or a word and its number. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s,.]+/).filter(Boolean);
  const number = words.find((word) => /^\d/.test(word));
  const first = words[0] ?? '';
  const last = number ?? (words.length > 1 ? words.at(-1) : '') ?? '';
  return [...first]
    .slice(0, 1)
    .concat([...last].slice(0, 1))
    .join('')
    .toLocaleUpperCase();
}

export interface AvatarProps {
  readonly name: string;
  readonly presence?: Presence;
  readonly size?: 'small' | 'large' | 'huge';
}

/** Decoration: the name itself stands beside it. */
export function Avatar({ name, presence, size = 'small' }: AvatarProps) {
  return (
    <span class={`${styles.avatar} ${styles[size]}`} aria-hidden="true">
      {initialsOf(name)}
      {presence && <span class={`${styles.dot} ${styles[presence]}`} />}
    </span>
  );
}
