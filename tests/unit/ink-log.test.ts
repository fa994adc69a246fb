import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearMine, didDraw, NEW_HISTORY, redo, undo } from '../../lib/annotation/ink-history.ts';
import { EMPTY_INK, type InkEvent, type InkLog, nextInkLog } from '../../lib/annotation/ink-log.ts';
import { nextNumber, nextOrder, shownInk } from '../../lib/annotation/shown-ink.ts';
import { MAX_LIVE_STROKES, MAX_STROKES_PER_AUTHOR } from '../../lib/protocol/ink-limits.ts';
import { hashSurface, type LivePacket } from '../../lib/protocol/ink-live.ts';
import type { FinishedStroke } from '../../lib/protocol/ink-messages.ts';

const SURFACE = 'camera:customer1';

const stroke = (n: number, more: Partial<FinishedStroke> = {}): FinishedStroke => ({
  n,
  order: n,
  surface: SURFACE,
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 5,
  points: [0, 0, 128, n, n, 128],
  stay: true,
  ...more,
});
const packet = (n: number, more: Partial<LivePacket> = {}): LivePacket => ({
  n,
  surfaceHash: hashSurface(SURFACE),
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 5,
  stay: true,
  up: false,
  number: 0,
  at: 0,
  points: [0, 0, 128],
  ...more,
});
const live = (author: string, of: LivePacket, at = 0): InkEvent => ({
  type: 'live',
  author,
  surface: SURFACE,
  packet: of,
  at,
});
const run = (events: readonly InkEvent[]): InkLog => events.reduce(nextInkLog, EMPTY_INK);
const keysOf = (log: InkLog): string[] => shownInk(log).map(({ key }) => key);

/** One author at work: draws, undoes, redoes, clears; what they would send. */
function deeds(author: string, choices: readonly number[]): { reliable: InkEvent[]; lossy: InkEvent[] } {
  const reliable: InkEvent[] = [];
  const lossy: InkEvent[] = [];
  let history = NEW_HISTORY;
  const present = new Set<number>();
  let n = 10;
  for (const choice of choices) {
    const step = { surface: SURFACE, present };
    const outcome =
      choice === 1
        ? undo(history, step)
        : choice === 2
          ? redo(history, step)
          : choice === 3
            ? clearMine(history, step)
            : null;
    if (outcome !== null) {
      history = outcome.history;
      reliable.push({ type: 'visibility', author, ...outcome.visibility, at: 0 });
    } else if (choice === 0) {
      n += 1;
      lossy.push(live(author, packet(n)), live(author, packet(n, { at: 1, points: [5, 5, 128, n, n, 128] })));
      reliable.push({ type: 'stroke', author, stroke: stroke(n), at: 0 });
      history = didDraw(history, SURFACE, [n]);
      present.add(n);
    }
  }
  return { reliable, lossy };
}

describe('a tie to an element', () => {
  const tied = (author: string, n: number, nodeId: number): InkEvent => ({
    type: 'tie',
    author,
    n,
    tie: { epoch: 1, nodeId, box: { x: 0, y: 0, width: 0.5, height: 0.1 } },
  });
  const drawn: InkEvent = { type: 'stroke', author: 'a', stroke: stroke(1), at: 0 };

  it.each([
    ['that comes before its stroke', [tied('a', 1, 7), drawn], 7],
    ['that comes after it', [drawn, tied('a', 1, 7)], 7],
    ['that comes while it is drawn', [live('a', packet(1)), tied('a', 1, 7), drawn], 7],
    ['that was said twice is the latest', [drawn, tied('a', 1, 7), tied('a', 1, 8)], 8],
    ['that somebody else made up is none', [drawn, tied('b', 1, 7)], undefined],
    ['of another stroke is none', [drawn, tied('a', 2, 7)], undefined],
  ])('%s', (_, events, nodeId) => {
    expect(shownInk(run(events)).map((shown) => shown.tie?.nodeId)).toEqual([nodeId]);
  });

  it('changes only its own stroke', () => {
    const before = run([drawn, { type: 'stroke', author: 'a', stroke: stroke(2), at: 0 }]);
    const after = nextInkLog(before, tied('a', 1, 7));
    expect(shownInk(after)[0]).not.toBe(shownInk(before)[0]);
    expect(shownInk(after)[1]).toBe(shownInk(before)[1]);
    expect(shownInk(after)[0]).toBe(shownInk(nextInkLog(after, live('b', packet(9))))[0]);
  });

  it('is kept for as many strokes as there can be', () => {
    const numbers = Array.from({ length: MAX_STROKES_PER_AUTHOR * 2 }, (_, n) => n);
    const log = run(numbers.map((n) => tied('a', n, n + 1)));
    expect(log.get('a')?.ties.size).toBe(MAX_STROKES_PER_AUTHOR);
    expect(log.get('a')?.ties.has(MAX_STROKES_PER_AUTHOR * 2 - 1)).toBe(true);
  });
});

describe('two authors', () => {
  const choices = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 3), { maxLength: 40 });

  it('see the same, however messages are mixed and repeated and live points reordered, repeated or lost', () => {
    fc.assert(
      fc.property(
        choices,
        choices,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (mine, theirs, dice) => {
          const roll = () => dice.next().value ?? 0;
          const a = deeds('a', mine);
          const b = deeds('b', theirs);
          const straight = run([...a.reliable, ...b.reliable]);
          const shuffle = <T>(list: readonly T[]): T[] =>
            list
              .map((item) => ({ item, at: roll() }))
              .sort((x, y) => x.at - y.at)
              .map(({ item }) => item);
          const everything = [...a.reliable, ...b.reliable];
          const repeated = [...everything, ...everything.filter(() => roll() < 0.3)];
          const arrived = [...a.lossy, ...b.lossy].filter(() => roll() < 0.6);
          const twice = [...arrived, ...arrived.filter(() => roll() < 0.3)];
          const mixed = run(shuffle([...repeated, ...twice]));
          expect(keysOf(mixed)).toEqual(keysOf(straight));
          expect(shownInk(mixed).map(({ shape }) => shape.points)).toEqual(
            shownInk(straight).map(({ shape }) => shape.points),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('undo and clear touch only what is one’s own', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 20 }), (mine, count) => {
        const theirs = Array.from({ length: count }, (_, n): InkEvent => ({
          type: 'stroke',
          author: 'b',
          stroke: stroke(n),
          at: 0,
        }));
        const log = run([...theirs, ...deeds('a', mine).reliable]);
        expect(keysOf(log).filter((key) => key.startsWith('b:'))).toHaveLength(count);
      }),
    );
  });
});

describe('live ink', () => {
  it('fills holes when late packets come', () => {
    const log = run([
      live('a', packet(1, { at: 2, points: [3, 3, 128] })),
      live('a', packet(1, { at: 0, points: [1, 1, 128] })),
    ]);
    expect(shownInk(log)[0]?.shape.points).toEqual([1, 1, 128, 3, 3, 128]);
  });

  it('a shape never goes back', () => {
    const rectangle = (at: number, end: number) =>
      live('a', packet(1, { tool: 'rectangle', at, points: [0, 0, 128, end, end, 128] }));
    expect(shownInk(run([rectangle(2, 20), rectangle(1, 10)]))[0]?.shape.points).toEqual([0, 0, 128, 20, 20, 128]);
  });

  it('comes too late once the stroke is settled, lifted or faded', () => {
    const settled = run([
      { type: 'stroke', author: 'a', stroke: stroke(1), at: 0 },
      live('a', packet(1, { points: [9, 9, 9] })),
    ]);
    expect(shownInk(settled)[0]?.live).toBe(false);
    expect(keysOf(run([{ type: 'lift', author: 'a', n: 1, at: 0 }, live('a', packet(1))]))).toEqual([]);
    const faded = run([
      { type: 'stroke', author: 'a', stroke: stroke(1, { stay: false }), at: 0 },
      { type: 'tick', at: 60_000 },
      live('a', packet(1)),
    ]);
    expect(keysOf(faded)).toEqual([]);
  });

  it('is forgotten when nothing is heard of it any more', () => {
    const log = run([live('a', packet(1), 1_000)]);
    expect(keysOf(nextInkLog(log, { type: 'tick', at: 4_000 }))).toEqual(['a:1']);
    expect(keysOf(nextInkLog(log, { type: 'tick', at: 6_000 }))).toEqual([]);
  });

  it('a laser fades after its release and leaves nothing', () => {
    const lifted = run([live('a', packet(1, { tool: 'laser' })), { type: 'lift', author: 'a', n: 1, at: 100 }]);
    expect(shownInk(lifted)[0]).toMatchObject({ releasedAt: 100 });
    expect(keysOf(nextInkLog(lifted, { type: 'tick', at: 1_400 }))).toEqual([]);
  });

  it('can’t change what it is', () => {
    const log = run([live('a', packet(1)), live('a', packet(1, { tool: 'ellipse', points: [1, 1, 1, 9, 9, 9] }))]);
    expect(shownInk(log)[0]?.shape.tool).toBe('pen');
  });
});

describe('bounds', () => {
  it('keeps the newest strokes of one author, whatever arrives', () => {
    const events = Array.from({ length: MAX_STROKES_PER_AUTHOR + 50 }, (_, n): InkEvent => ({
      type: 'stroke',
      author: 'a',
      stroke: stroke(n),
      at: 0,
    }));
    const log = run(events);
    expect(keysOf(log)).toHaveLength(MAX_STROKES_PER_AUTHOR);
    expect(keysOf(log)[0]).toBe('a:50');
    expect(keysOf(run(events.toReversed()))).toEqual(keysOf(log));
  });

  it('keeps few strokes being drawn', () => {
    const log = run(Array.from({ length: 40 }, (_, n) => live('a', packet(n))));
    expect(keysOf(log)).toHaveLength(MAX_LIVE_STROKES);
  });

  it('forgets words about strokes that nobody has seen, never those about strokes that are here', () => {
    const events: InkEvent[] = [
      { type: 'stroke', author: 'a', stroke: stroke(1), at: 0 },
      { type: 'visibility', author: 'a', rev: 1, hide: [1], show: [], at: 0 },
    ];
    for (let rev = 2; rev < 60; rev++) {
      const hide = Array.from({ length: 500 }, (_, n) => rev * 1_000 + n);
      events.push({ type: 'visibility', author: 'a', rev, hide, show: [], at: 0 });
    }
    const log = run(events);
    expect(log.get('a')?.marks.size).toBeLessThanOrEqual(1_000);
    expect(keysOf(log)).toEqual([]);
  });

  it('an order at the end of the number line leaves room', () => {
    const log = run([{ type: 'stroke', author: 'a', stroke: stroke(1, { order: Number.MAX_SAFE_INTEGER }), at: 0 }]);
    expect(Number.isSafeInteger(nextOrder(log))).toBe(true);
  });

  it('goes with its picture and with its author', () => {
    const log = run([
      { type: 'stroke', author: 'a', stroke: stroke(1), at: 0 },
      { type: 'stroke', author: 'b', stroke: stroke(1, { surface: 'still:abcd' }), at: 0 },
    ]);
    expect(keysOf(nextInkLog(log, { type: 'surface-gone', surface: SURFACE }))).toEqual(['b:1']);
    expect(keysOf(nextInkLog(log, { type: 'author-gone', author: 'b' }))).toEqual(['a:1']);
  });
});

it('numbers go on from the highest that can be seen on that picture', () => {
  const numbered = (n: number, number: number, surface = SURFACE) =>
    ({ type: 'stroke', author: 'a', stroke: stroke(n, { number, surface }), at: 0 }) as const;
  const shown = shownInk(run([numbered(1, 1), numbered(2, 4), numbered(3, 9, 'still:abcd')]));
  expect(nextNumber(shown, SURFACE, 99)).toBe(5);
  expect(nextNumber(shown, 'screen:abcd', 99)).toBe(1);
  expect(nextNumber(shown, 'still:abcd', 9)).toBe(9);
});
