import { describe, expect, it } from 'vitest';
import { fadeTimes, opacityAt } from '../../lib/annotation/fading.ts';
import { EMPTY_INK, type InkEvent, nextInkLog } from '../../lib/annotation/ink-log.ts';
import { shownInk } from '../../lib/annotation/shown-ink.ts';
import type { FinishedStroke } from '../../lib/protocol/ink-messages.ts';

const stroke: FinishedStroke = {
  n: 1,
  order: 1,
  surface: 'camera:customer1',
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 5,
  points: [0, 0, 128],
  stay: false,
};

describe('fading', () => {
  const ink = { tool: 'pen', stay: false, releasedAt: 1_000 };
  it.each([
    ['while pressed', { ...ink, releasedAt: null }, 99_000, 'full', 1],
    ['for 8 s after the release', ink, 8_999, 'full', 1],
    ['half way', ink, 9_300, 'full', 0.5],
    ['gone', ink, 9_600, 'full', 0],
    ['reduced motion: at once', ink, 9_001, 'calm', 0],
    ['reduced motion: not before', ink, 8_999, 'calm', 1],
    ['ink that stays', { ...ink, stay: true }, 9e9, 'full', 1],
    ['a laser that should stay does not', { tool: 'laser', stay: true, releasedAt: 1_000 }, 2_200, 'full', 0],
    ['a laser, half way', { tool: 'laser', stay: false, releasedAt: 1_000 }, 1_600, 'full', 0.5],
  ] as const)('%s', (...[, mark, now, motion, opacity]) =>
    expect(opacityAt(mark, now, motion)).toBeCloseTo(opacity, 9),
  );

  it('redo begins the time anew', () => {
    const events: InkEvent[] = [
      { type: 'stroke', author: 'a', stroke, at: 0 },
      { type: 'visibility', author: 'a', rev: 1, hide: [1], show: [], at: 1_000 },
      { type: 'visibility', author: 'a', rev: 2, hide: [], show: [1], at: 7_000 },
      { type: 'tick', at: 9_000 },
    ];
    expect(shownInk(events.reduce(nextInkLog, EMPTY_INK))[0]?.releasedAt).toBe(7_000);
    expect(fadeTimes({ ...stroke, releasedAt: 7_000 })).toEqual({ startsAt: 15_000, endsAt: 15_600 });
  });
});
