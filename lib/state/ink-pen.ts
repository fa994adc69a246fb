import { type Size } from '../annotation/affine.ts';
import {
  beginGesture,
  endGesture,
  extendGesture,
  type Gesture,
  isDrawn,
  packetsOf,
  type WirePoint,
} from '../annotation/gesture.ts';
import type { InkEvent } from '../annotation/ink-log.ts';
import { inkSpaceOf, quantise } from '../annotation/ink-space.ts';
import { nextNumber, type ShownStroke } from '../annotation/shown-ink.ts';
import { LIVE_REPEAT_MS, MAX_INK_NUMBER } from '../protocol/ink-limits.ts';
import { encodeLive, type LivePacket } from '../protocol/ink-live.ts';
import type { FinishedStroke, InkMessage } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import type { InkChoice, Pen, PenPoint } from './ink-types.ts';

/** What a pen needs of the model that it writes into. */
export interface PenDeps {
  readonly self: () => string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sendLive: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly commit: (message: InkMessage, surface: string) => void;
  readonly apply: (event: InkEvent) => void;
  readonly settle: (stroke: FinishedStroke) => void;
  readonly drew: (surface: string, strokes: readonly number[]) => void;
  /** The first of `count` stroke numbers that nobody else gets. */
  readonly takeNumbers: (count: number) => number;
  readonly shown: () => readonly ShownStroke[];
  readonly order: () => number;
  readonly lifetime: AbortSignal;
}

export interface Touch {
  readonly surface: string;
  readonly picture: Size;
  readonly point: PenPoint;
}

/** A line that was split so often is longer than any hand draws without lifting the pen: the rest of it is not taken. */
const MAX_SPLITS = 63;

export const isStill = (surface: string): boolean => surface.startsWith('still:');

const toWire = (point: PenPoint): WirePoint => quantise(point, point.pressure);

/** Local echo, live packets and, at the end, the finished stroke. Null for a tool that is not drawn with. */
export function createPen(deps: PenDeps, { tool, colour, width, stay }: InkChoice, touch: Touch): Pen | null {
  if (tool === 'text') return null;
  const { surface } = touch;
  const look = {
    surface,
    tool,
    colour,
    width,
    seed: deps.random(),
    stay: stay || isStill(surface),
    number: tool === 'numbered-arrow' ? nextNumber(deps.shown(), surface, MAX_INK_NUMBER) : 0,
  };
  const up = new AbortController();
  const order = deps.order();
  let gesture = beginGesture(look, inkSpaceOf(touch.picture), deps.takeNumbers(MAX_SPLITS + 1), toWire(touch.point));
  let last: WirePoint = toWire(touch.point);
  let spokenAt = deps.clock.now();
  const strokes: number[] = [];
  let splits = 0;

  const speak = (options: { readonly up: boolean }): void => {
    const said = packetsOf(gesture, options);
    gesture = said.gesture;
    spokenAt = deps.clock.now();
    for (const packet of said.packets) tell(packet);
  };
  // Sent before it is painted here: the other side's way is the longer one.
  const tell = (packet: LivePacket): void => {
    if (!isStill(surface)) deps.sendLive(encodeLive(packet));
    deps.apply({ type: 'live', author: deps.self(), surface, packet, at: spokenAt });
  };
  const lift = (n: number): void => {
    deps.apply({ type: 'lift', author: deps.self(), n, at: deps.clock.now() });
    deps.commit({ type: 'ink.lift', n }, surface);
  };
  const finish = (done: Gesture): void => {
    if (tool === 'laser') return lift(done.n);
    if (!isDrawn(done)) return lift(done.n);
    strokes.push(done.n);
    const { surface: _, number, ...rest } = done.look;
    deps.settle({
      ...rest,
      surface,
      tool,
      n: done.n,
      order,
      points: done.points.flat(),
      ...(number > 0 && { number }),
    });
  };

  speak({ up: false });
  deps.clock.every(
    LIVE_REPEAT_MS,
    () => {
      if (deps.clock.now() - spokenAt >= LIVE_REPEAT_MS) speak({ up: false });
    },
    AbortSignal.any([up.signal, deps.lifetime]),
  );

  return {
    move(points) {
      if (up.signal.aborted || points.length === 0 || splits >= MAX_SPLITS) return;
      const wire = points.map(toWire);
      last = wire.at(-1) ?? last;
      const { gesture: next, full } = extendGesture(gesture, wire);
      const hasNews = next !== gesture;
      splits += full.length;
      for (const done of full) finish(done);
      gesture = next;
      if (hasNews) speak({ up: false });
    },
    release() {
      if (up.signal.aborted) return;
      up.abort();
      gesture = endGesture(gesture, last);
      speak({ up: true });
      finish(gesture);
      if (strokes.length > 0) deps.drew(surface, strokes);
    },
    cancel() {
      if (up.signal.aborted) return;
      up.abort();
      lift(gesture.n);
      if (strokes.length > 0) deps.drew(surface, strokes);
    },
  };
}
