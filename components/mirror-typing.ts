import type { ControlKey, ControlVerb, TypingEdit } from '../lib/protocol/cobrowse-control-messages.ts';
import { MAX_INSERT_CHARS } from '../lib/protocol/cobrowse-limits.ts';

const KEYS: Readonly<Record<string, ControlKey>> = {
  Enter: 'Enter',
  Tab: 'Tab',
  Escape: 'Escape',
  ArrowUp: 'ArrowUp',
  ArrowDown: 'ArrowDown',
  ArrowLeft: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ' ': 'Space',
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/** A key that means something in the customer's page without inserting text; null for all others. */
export function keyVerb(press: KeyPress, nodeId: number): Extract<ControlVerb, { readonly type: 'key' }> | null {
  const key = Object.hasOwn(KEYS, press.key) ? KEYS[press.key] : undefined;
  if (press.isComposing || key === undefined) return null;
  const { shiftKey: shift, ctrlKey: ctrl, altKey: alt, metaKey: meta } = press;
  return { type: 'key', nodeId, key, modifiers: { shift, ctrl, alt, meta } };
}

/**
 * What happened to the text of the typing field, as edits at the end of it. Told from the text and not from the event, so
 * that input methods, dictation, corrections and pasting come out the same.
 */
export function editsBetween(before: string, after: string): TypingEdit[] {
  const [old, now] = [lettersOf(before), lettersOf(after)];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  const edits: TypingEdit[] = [];
  if (old.length > same) edits.push({ kind: 'delete-backward', count: old.length - same });
  const text = now.slice(same).join('').slice(0, MAX_INSERT_CHARS);
  if (text !== '') edits.push({ kind: 'insert', text });
  return edits;
}

/** As Backspace takes them: an emoji of several code points is one. */
const lettersOf = (text: string): string[] => Array.from(LETTERS.segment(text), ({ segment }) => segment);
const LETTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Puts together what can be said in one step, so that fast typing is few messages. */
export function joinEdits(edits: readonly TypingEdit[], next: TypingEdit): TypingEdit[] {
  const last = edits.at(-1);
  const others = edits.slice(0, -1);
  // Two characters at once would take the key events from both.
  if (last?.kind === 'delete-backward' && next.kind === 'delete-backward') {
    return [...others, { kind: 'delete-backward', count: Math.min(MAX_INSERT_CHARS, last.count + next.count) }];
  }
  return [...edits, next];
}

/** All of a field: offsets are cut to its length. */
export const SELECT_ALL: TypingEdit = { kind: 'select', start: 0, end: 1_000_000 };
