import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRedo, canUndo, clearMine, didDraw, NEW_HISTORY, redo, undo } from '../../lib/annotation/ink-history.ts';
import { EMPTY_INK, type InkEvent, nextInkLog } from '../../lib/annotation/ink-log.ts';
import { shownInk } from '../../lib/annotation/shown-ink.ts';
import type { FinishedStroke } from '../../lib/protocol/ink-messages.ts';

const SURFACE = 'camera:customer1';
const stroke = (n: number): FinishedStroke => ({
  n,
  order: n,
  surface: SURFACE,
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 5,
  points: [0, 0, 128, n, n, 128],
  stay: true,
});
const keysOf = (events: readonly InkEvent[]): string[] =>
  shownInk(events.reduce(nextInkLog, EMPTY_INK)).map(({ key }) => key);

describe('history', () => {
  it('undo after undo takes back everything, redo brings it all again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const present = new Set(Array.from({ length: count }, (_, n) => n));
        const step = { surface: SURFACE, present };
        let history = [...present].reduce((before, n) => didDraw(before, SURFACE, [n]), NEW_HISTORY);
        const events: InkEvent[] = [...present].map((n) => ({ type: 'stroke', author: 'a', stroke: stroke(n), at: 0 }));
        const apply = (outcome: ReturnType<typeof undo>) => {
          if (outcome === null) throw new Error('There was something to do');
          history = outcome.history;
          events.push({ type: 'visibility', author: 'a', ...outcome.visibility, at: 0 });
        };
        for (let index = 0; index < count; index++) apply(undo(history, step));
        expect(keysOf(events)).toEqual([]);
        expect(canUndo(history, step)).toBe(false);
        for (let index = 0; index < count; index++) apply(redo(history, step));
        expect(keysOf(events)).toHaveLength(count);
        expect(canRedo(history, step)).toBe(false);
      }),
    );
  });

  it('a clear is undone as one', () => {
    const step = { surface: SURFACE, present: new Set([1, 2]) };
    const cleared = clearMine(didDraw(didDraw(NEW_HISTORY, SURFACE, [1]), SURFACE, [2]), step);
    if (cleared === null) throw new Error('There was something to clear');
    expect(undo(cleared.history, step)?.visibility).toEqual({ rev: 2, hide: [], show: [1, 2] });
  });

  it('a long line that was split is undone as one', () => {
    const history = didDraw(NEW_HISTORY, SURFACE, [1, 2, 3]);
    expect(undo(history, { surface: SURFACE, present: new Set([1, 2, 3]) })?.visibility.hide).toEqual([1, 2, 3]);
  });

  it('what has faded can’t be undone, nor what is on another picture', () => {
    const history = didDraw(NEW_HISTORY, SURFACE, [1]);
    expect(undo(history, { surface: SURFACE, present: new Set() })).toBeNull();
    expect(undo(history, { surface: 'still:abcd', present: new Set([1]) })).toBeNull();
    expect(clearMine(history, { surface: SURFACE, present: new Set() })).toBeNull();
  });

  it('drawing anew ends redo on that picture only', () => {
    const step = { surface: SURFACE, present: new Set([1, 2]) };
    const undone = undo(didDraw(NEW_HISTORY, SURFACE, [1]), step)?.history ?? NEW_HISTORY;
    expect(canRedo(didDraw(undone, 'still:abcd', [3]), step)).toBe(true);
    expect(canRedo(didDraw(undone, SURFACE, [2]), step)).toBe(false);
  });
});
