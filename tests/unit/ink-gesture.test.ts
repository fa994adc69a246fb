import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginGesture,
  endGesture,
  extendGesture,
  type Gesture,
  type GestureLook,
  isDrawn,
  packetsOf,
  type WirePoint,
} from '../../lib/annotation/gesture.ts';
import { EMPTY_INK, nextInkLog } from '../../lib/annotation/ink-log.ts';
import { inkSpaceOf } from '../../lib/annotation/ink-space.ts';
import { shownInk } from '../../lib/annotation/shown-ink.ts';
import { MAX_LIVE_POINTS, MAX_STROKE_POINTS } from '../../lib/protocol/ink-limits.ts';
import { decodeLive, encodeLive } from '../../lib/protocol/ink-live.ts';

const space = inkSpaceOf({ width: 1_280, height: 720 });
const look: GestureLook = {
  surface: 'camera:customer1',
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 5,
  stay: false,
  number: 0,
};
const unit = fc.integer({ min: 0, max: 32_767 });
const line = fc.array(fc.tuple(unit, unit, fc.constant(128)), { maxLength: 80 });

/** Draws `batches` and hands every packet to a log. */
function draw(of: GestureLook, start: WirePoint, batches: readonly (readonly WirePoint[])[], arrives: () => boolean) {
  let gesture: Gesture = beginGesture(of, space, 1, start);
  let log = EMPTY_INK;
  const done: Gesture[] = [];
  for (const batch of batches) {
    const extended = extendGesture(gesture, batch);
    done.push(...extended.full);
    const said = packetsOf(extended.gesture, { up: false });
    gesture = said.gesture;
    for (const packet of said.packets) {
      const decoded = decodeLive(encodeLive(packet));
      if (!decoded.ok) throw new Error(`A packet of ours was refused: ${decoded.reason} ${decoded.detail}`);
      if (arrives())
        log = nextInkLog(log, { type: 'live', author: 'a', surface: of.surface, packet: decoded.value, at: 0 });
    }
  }
  return { gesture, log, done };
}

describe('a press of the pen', () => {
  it('arrives whole when nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (batches) => {
        const { gesture, log } = draw(look, [0, 0, 128], batches, () => true);
        const shown = shownInk(log).find(({ n }) => n === gesture.n);
        expect(shown?.shape.points).toEqual(gesture.points.flat());
      }),
    );
  });

  it('arrives whole although every second packet is lost, at a hand’s speed', () => {
    const batches = Array.from({ length: 60 }, (_, index): WirePoint[] => [
      [index * 200, index * 100, 128],
      [index * 200 + 100, index * 100 + 50, 128],
    ]);
    let odd = true;
    const { gesture, log } = draw(look, [0, 0, 128], batches, () => (odd = !odd));
    expect(shownInk(log)[0]?.shape.points).toEqual(gesture.points.flat());
  });

  it('keeps no points that lie on each other', () => {
    const { gesture } = extendGesture(beginGesture(look, space, 1, [0, 0, 128]), [
      [1, 1, 128],
      [2, 0, 128],
      [400, 0, 128],
      [401, 0, 128],
    ]);
    expect(gesture.points).toEqual([
      [0, 0, 128],
      [400, 0, 128],
    ]);
  });

  it('goes on as a new stroke after 600 points, from the same place', () => {
    const points = Array.from({ length: 1_500 }, (_, index): WirePoint => [
      (index * 97) % 32_000,
      (index * 53) % 32_000,
      128,
    ]);
    const { gesture, full } = extendGesture(beginGesture(look, space, 7, [0, 0, 128]), points);
    expect(full.map(({ n, points: kept }) => [n, kept.length])).toEqual([
      [7, MAX_STROKE_POINTS],
      [8, MAX_STROKE_POINTS],
    ]);
    expect(gesture.n).toBe(9);
    expect(full[1]?.points[0]).toEqual(full[0]?.points.at(-1));
    expect(gesture.points[0]).toEqual(full[1]?.points.at(-1));
  });

  it('a burst is sent in packets of bounded size', () => {
    const points = Array.from({ length: 300 }, (_, index): WirePoint => [index * 100, 0, 128]);
    const { packets } = packetsOf(extendGesture(beginGesture(look, space, 1, [0, 0, 128]), points).gesture, {
      up: false,
    });
    expect(packets.length).toBeGreaterThan(4);
    expect(packets.every((packet) => packet.points.length <= MAX_LIVE_POINTS * 3)).toBe(true);
  });

  it('the end counts even when it is near', () => {
    expect(endGesture(beginGesture(look, space, 1, [0, 0, 128]), [1, 0, 128]).points).toHaveLength(2);
  });

  it('nothing new to say repeats the end, so that the other side keeps it', () => {
    const said = packetsOf(beginGesture(look, space, 1, [5, 5, 128]), { up: false });
    expect(packetsOf(said.gesture, { up: false }).packets).toHaveLength(1);
  });
});

describe('a shape', () => {
  const rectangle = { ...look, tool: 'rectangle' as const };

  it('has its start and its latest end', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (batches) => {
        const { gesture, log } = draw(rectangle, [0, 0, 128], batches, () => true);
        expect(gesture.points.length).toBeLessThanOrEqual(2);
        expect(shownInk(log)[0]?.shape.points).toEqual(gesture.points.flat());
      }),
    );
  });

  it('needs an extent', () => {
    const begun = beginGesture(rectangle, space, 1, [0, 0, 128]);
    expect(isDrawn(begun)).toBe(false);
    expect(isDrawn(endGesture(begun, [3, 3, 128]))).toBe(false);
    expect(isDrawn(endGesture(begun, [300, 300, 128]))).toBe(true);
    expect(isDrawn(beginGesture(look, space, 1, [0, 0, 128]))).toBe(true);
  });
});
