import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextZoom, scaleFor } from '../../components/create-mirror-view.ts';
import { editsBetween, joinEdits, keyVerb } from '../../components/mirror-typing.ts';
import type { TypingEdit } from '../../lib/protocol/cobrowse-control-messages.ts';

const letters = (text: string) => [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
/** What a field with its caret at the end makes of edits. */
const applied = (before: string, edits: readonly TypingEdit[]): string =>
  edits.reduce((text, edit) => {
    if (edit.kind === 'insert') return text + edit.text;
    if (edit.kind !== 'delete-backward') return text;
    return letters(text)
      .slice(0, -edit.count)
      .map(({ segment }) => segment)
      .join('');
  }, before);

describe('typing as edits', () => {
  it.each([
    ['', 'a', [{ kind: 'insert', text: 'a' }]],
    ['hel', 'hello', [{ kind: 'insert', text: 'lo' }]],
    ['hello', 'hell', [{ kind: 'delete-backward', count: 1 }]],
    [
      'teh',
      'the',
      [
        { kind: 'delete-backward', count: 2 },
        { kind: 'insert', text: 'he' },
      ],
    ],
    ['a👩‍👧', 'a', [{ kind: 'delete-backward', count: 1 }]],
    ['same', 'same', []],
  ])('%s → %s', (before, after, edits) => {
    expect(editsBetween(before, after)).toEqual(edits);
  });

  it('comes to the same text, whatever was typed', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '日', '👩‍👧', ' ') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, editsBetween(before, after))).toBe(after);
      }),
    );
  });

  it('says several deletions at once, and each character alone', () => {
    const one: TypingEdit = { kind: 'delete-backward', count: 1 };
    expect(joinEdits([one], one)).toEqual([{ kind: 'delete-backward', count: 2 }]);
    const a: TypingEdit = { kind: 'insert', text: 'a' };
    expect(joinEdits([a], a)).toEqual([a, a]);
  });

  it('lets keys through that mean something without text, and no others', () => {
    const press = (key: string, isComposing = false) =>
      keyVerb({ key, isComposing, shiftKey: true, ctrlKey: false, altKey: false, metaKey: false }, 7);
    expect(press('Tab')).toMatchObject({ type: 'key', nodeId: 7, key: 'Tab', modifiers: { shift: true } });
    expect(press(' ')).toMatchObject({ key: 'Space' });
    for (const key of ['a', 'F5', 'Delete', 'toString']) expect(press(key)).toBeNull();
    expect(press('Enter', true)).toBeNull();
  });
});

describe('zoom', () => {
  it('goes by steps, and stops at both ends', () => {
    expect([nextZoom(1, 1), nextZoom(1, -1), nextZoom(0.93, 1), nextZoom(3, 1), nextZoom(0.25, -1)]).toEqual([
      1.1, 0.9, 1, 3, 0.25,
    ]);
  });

  it('fits the page, and never makes it larger by itself', () => {
    const page = { width: 1_000, height: 500 };
    expect(scaleFor('fit', page, { width: 500, height: 500 })).toBe(0.5);
    expect(scaleFor('fit', page, { width: 5_000, height: 5_000 })).toBe(1);
    expect(scaleFor('fit', page, { width: 0, height: 0 })).toBe(1);
    expect(scaleFor(2, page, { width: 10, height: 10 })).toBe(2);
  });
});
