/**
 * One press of the pen, from down to up, as a plain value: which points are kept, what has been said about them, and
 * where a long line goes on as a new stroke.
 */
import { MAX_LIVE_POINTS, MAX_STROKE_POINTS } from '../protocol/ink-limits.ts';
import { hashSurface, isFreehand, type LivePacket } from '../protocol/ink-live.ts';
import type { Tool } from '../protocol/ink-messages.ts';
import type { Size } from './affine.ts';
import { isFarEnough } from './ink-space.ts';

export type WirePoint = readonly [x: number, y: number, pressure: number];

/** Points of the packet before that are said again: one lost packet leaves no hole, two in a row hardly do. */
const REPEATED_POINTS = 6;
const MAX_REVISION = 0xffff;

export interface GestureLook {
  readonly surface: string;
  readonly tool: Exclude<Tool, 'text'>;
  readonly colour: string;
  readonly width: number;
  readonly seed: number;
  readonly stay: boolean;
  /** Numbered arrows only, otherwise 0. */
  readonly number: number;
}

export interface Gesture {
  readonly look: GestureLook;
  /** Ink space of the picture, for spacing. */
  readonly space: Size;
  readonly n: number;
  /** Of the stroke `n`: the points kept. A shape has its start and its end. */
  readonly points: readonly WirePoint[];
  /** How many of them were in a packet already. */
  readonly sent: number;
  readonly revision: number;
}

export const beginGesture = (look: GestureLook, space: Size, n: number, point: WirePoint): Gesture => ({
  look,
  space,
  n,
  points: [point],
  sent: 0,
  revision: 0,
});

export interface Extended {
  readonly gesture: Gesture;
  /** Strokes that are full: `gesture` goes on from their last point with the next number. */
  readonly full: readonly Gesture[];
}

/** Takes the pointer's next positions, oldest first. `packetsOf` is to be called before the next one. */
export function extendGesture(gesture: Gesture, points: readonly WirePoint[]): Extended {
  const last = points.at(-1);
  if (last === undefined) return { gesture, full: [] };
  if (!isFreehand(gesture.look.tool)) return { gesture: stretch(gesture, last), full: [] };
  let current = gesture;
  const full: Gesture[] = [];
  for (const point of points) {
    const end = current.points.at(-1);
    if (end !== undefined && !isFarEnough(end, point, current.space)) continue;
    if (current.points.length >= MAX_STROKE_POINTS && end !== undefined) {
      full.push(current);
      current = { ...current, n: current.n + 1, points: [end], sent: 0 };
    }
    current = { ...current, points: [...current.points, point] };
  }
  return { gesture: current, full };
}

/** A shape has two points, the second follows the pointer. */
const stretch = (gesture: Gesture, end: WirePoint): Gesture => ({
  ...gesture,
  points: [...gesture.points.slice(0, 1), end],
  revision: Math.min(MAX_REVISION, gesture.revision + 1),
});

/** What to send now: all that was not said yet, in packets that each stand alone. With nothing new: the end again. */
export function packetsOf(
  gesture: Gesture,
  { up }: { readonly up: boolean },
): {
  readonly gesture: Gesture;
  readonly packets: readonly LivePacket[];
} {
  const { points, sent, look } = gesture;
  const base = { ...look, n: gesture.n, surfaceHash: hashSurface(look.surface), up };
  if (!isFreehand(look.tool)) {
    return { gesture, packets: [{ ...base, at: gesture.revision, points: points.flat() }] };
  }
  const packets: LivePacket[] = [];
  let from = Math.max(0, sent - REPEATED_POINTS);
  do {
    const part = points.slice(from, from + MAX_LIVE_POINTS);
    packets.push({ ...base, at: from, points: part.flat() });
    from += part.length;
  } while (from < points.length);
  return { gesture: { ...gesture, sent: points.length }, packets };
}

/** The last position counts even when it is near the one before: people stop exactly where they mean. */
export function endGesture(gesture: Gesture, point: WirePoint | null): Gesture {
  if (point === null) return gesture;
  if (!isFreehand(gesture.look.tool)) return stretch(gesture, point);
  const end = gesture.points.at(-1);
  if (end === undefined || gesture.points.length >= MAX_STROKE_POINTS) return gesture;
  if (end[0] === point[0] && end[1] === point[1]) return gesture;
  return { ...gesture, points: [...gesture.points, point] };
}

/** Whether anything was drawn: a shape needs an extent, a pen can make a dot, a number can stand alone. */
export function isDrawn(gesture: Gesture): boolean {
  if (isFreehand(gesture.look.tool) || gesture.look.tool === 'numbered-arrow') return true;
  const [start, end] = gesture.points;
  return start !== undefined && end !== undefined && isFarEnough(start, end, gesture.space);
}
