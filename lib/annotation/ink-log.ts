/**
 * All ink of a call, as one immutable value. Each author writes only their own part. A finished stroke is settled by its
 * number, undo and clear by the author's latest word about it, live points by their index: so the log comes out the
 * same however messages and packets are reordered, repeated or (live ones) lost.
 */
import {
  LIVE_SILENCE_MS,
  MAX_LIVE_STROKES,
  MAX_STROKES_PER_AUTHOR,
  MAX_VISIBILITY_STROKES,
} from '../protocol/ink-limits.ts';
import { isFreehand, type LivePacket } from '../protocol/ink-live.ts';
import type { FinishedStroke, InkTie } from '../protocol/ink-messages.ts';
import { isGone } from './fading.ts';
import { filterMap, withEntry, withoutEntry } from './frozen-map.ts';

export interface LiveStroke extends Omit<LivePacket, 'at' | 'points' | 'surfaceHash'> {
  readonly surface: string;
  /** Wire points by index; lost packets leave holes. A shape has two. */
  readonly slots: readonly (readonly [number, number, number] | undefined)[];
  /** Highest revision of a shape seen so far. */
  readonly revision: number;
  readonly heardAt: number;
}

export interface SettledStroke {
  readonly stroke: FinishedStroke;
  readonly releasedAt: number;
}

interface Mark {
  readonly rev: number;
  readonly shown: boolean;
}

export interface AuthorInk {
  readonly settled: ReadonlyMap<number, SettledStroke>;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly live: ReadonlyMap<number, LiveStroke>;
  /** Lifted lasers, fading. */
  readonly lifted: ReadonlyMap<number, LiveStroke & { readonly releasedAt: number }>;
  /** Live packets of these strokes, or of any older one, come too late. */
  readonly ended: ReadonlySet<number>;
  readonly endedBefore: number;
  /** Elements that strokes are tied to, by stroke. A word may come before its stroke, which takes another way. */
  readonly ties: ReadonlyMap<number, InkTie>;
}

export type InkLog = ReadonlyMap<string, AuthorInk>;
export const EMPTY_INK: InkLog = new Map();

export type InkEvent =
  | {
      readonly type: 'live';
      readonly author: string;
      readonly surface: string;
      readonly packet: LivePacket;
      readonly at: number;
    }
  | { readonly type: 'stroke'; readonly author: string; readonly stroke: FinishedStroke; readonly at: number }
  | {
      readonly type: 'visibility';
      readonly author: string;
      readonly rev: number;
      readonly hide: readonly number[];
      readonly show: readonly number[];
      readonly at: number;
    }
  | { readonly type: 'lift'; readonly author: string; readonly n: number; readonly at: number }
  | { readonly type: 'tie'; readonly author: string; readonly n: number; readonly tie: InkTie }
  /** Time passed: what has faded goes. */
  | { readonly type: 'tick'; readonly at: number }
  /** The picture that was drawn on is gone, or the author is. */
  | { readonly type: 'surface-gone'; readonly surface: string }
  | { readonly type: 'author-gone'; readonly author: string };

const NOBODY: AuthorInk = {
  settled: new Map(),
  marks: new Map(),
  live: new Map(),
  lifted: new Map(),
  ended: new Set(),
  endedBefore: 0,
  ties: new Map(),
};
/** So many ended strokes are remembered one by one; what is older by number can only be a straggler. */
const ENDED_MEMORY = 64;

export function nextInkLog(log: InkLog, event: InkEvent): InkLog {
  switch (event.type) {
    case 'live':
      return withAuthor(log, event.author, (ink) => takeLive(ink, event));
    case 'stroke':
      return withAuthor(log, event.author, (ink) => settle(ink, event));
    case 'visibility':
      return withAuthor(log, event.author, (ink) => takeVisibility(ink, event));
    case 'lift':
      return withAuthor(log, event.author, (ink) => lift(ink, event));
    case 'tie':
      return withAuthor(log, event.author, (ink) => takeTie(ink, event));
    case 'tick':
      return everyAuthor(log, (ink) => forgetFaded(ink, event.at));
    case 'surface-gone':
      return everyAuthor(log, (ink) => forgetSurface(ink, event.surface));
    case 'author-gone':
      return withoutEntry(log, event.author);
  }
}

function takeLive(ink: AuthorInk, { packet, surface, at }: InkEvent & { type: 'live' }): AuthorInk {
  const { n } = packet;
  const known = ink.live.get(n);
  const isLate = ink.settled.has(n) || ink.ended.has(n) || n < ink.endedBefore;
  if (isLate || !isPlausible(ink, known, packet, surface)) return ink;
  const { at: position, points: _, surfaceHash: __, ...look } = packet;
  const stroke: LiveStroke = {
    ...look,
    surface,
    heardAt: at,
    up: packet.up || known?.up === true,
    slots: slotsWith(known, packet),
    revision: Math.max(known?.revision ?? 0, position),
  };
  return { ...ink, live: withEntry(ink.live, n, stroke) };
}

/** A stroke can't change what it is, a shape does not go back, and there is a limit to hands. */
function isPlausible(ink: AuthorInk, known: LiveStroke | undefined, packet: LivePacket, surface: string): boolean {
  if (known === undefined) return ink.live.size < MAX_LIVE_STROKES;
  if (known.surface !== surface || known.tool !== packet.tool) return false;
  return isFreehand(packet.tool) || packet.at >= known.revision;
}

function slotsWith(known: LiveStroke | undefined, { tool, at, points }: LivePacket): LiveStroke['slots'] {
  const slots = isFreehand(tool) ? [...(known?.slots ?? [])] : [];
  const first = isFreehand(tool) ? at : 0;
  for (let index = 0; index * 3 < points.length; index++) {
    slots[first + index] = [points[index * 3] ?? 0, points[index * 3 + 1] ?? 0, points[index * 3 + 2] ?? 0];
  }
  return slots;
}

function settle(ink: AuthorInk, { stroke, at }: InkEvent & { type: 'stroke' }): AuthorInk {
  const ended = end(ink, stroke.n);
  if (ink.settled.has(stroke.n) || ink.ended.has(stroke.n)) return ended;
  const settled = new Map(ink.settled).set(stroke.n, { stroke, releasedAt: at });
  if (settled.size > MAX_STROKES_PER_AUTHOR) settled.delete(oldestOf(settled));
  return { ...ended, settled };
}

function oldestOf(settled: ReadonlyMap<number, SettledStroke>): number {
  let found: FinishedStroke | null = null;
  for (const { stroke } of settled.values()) if (found === null || isUnder(stroke, found)) found = stroke;
  return found?.n ?? 0;
}

const isUnder = (a: FinishedStroke, b: FinishedStroke): boolean =>
  a.order === b.order ? a.n < b.n : a.order < b.order;

function takeVisibility(ink: AuthorInk, event: InkEvent & { type: 'visibility' }): AuthorInk {
  const marks = new Map(ink.marks);
  const settled = new Map(ink.settled);
  const say = (n: number, shown: boolean) => {
    if ((marks.get(n)?.rev ?? -1) >= event.rev) return;
    // Deleted first, so that the map stays ordered by age of the last word.
    marks.delete(n);
    marks.set(n, { rev: event.rev, shown });
    const stroke = settled.get(n);
    if (shown && stroke !== undefined) settled.set(n, { ...stroke, releasedAt: event.at });
  };
  for (const n of event.hide) say(n, false);
  for (const n of event.show) say(n, true);
  for (const n of marks.keys()) {
    if (marks.size <= MAX_VISIBILITY_STROKES * 2) break;
    // What is hidden stays hidden: only words about strokes that are not here are forgotten.
    if (!settled.has(n)) marks.delete(n);
  }
  return { ...ink, marks, settled };
}

function takeTie(ink: AuthorInk, { n, tie }: InkEvent & { type: 'tie' }): AuthorInk {
  const ties = new Map(ink.ties);
  // Deleted first, so that the map stays ordered by age.
  ties.delete(n);
  ties.set(n, tie);
  const [oldest] = ties.keys();
  if (ties.size > MAX_STROKES_PER_AUTHOR && oldest !== undefined) ties.delete(oldest);
  return { ...ink, ties };
}

function lift(ink: AuthorInk, { n, at }: InkEvent & { type: 'lift' }): AuthorInk {
  const live = ink.live.get(n);
  const ended = end(ink, n);
  if (live?.tool !== 'laser') return ended;
  return { ...ended, lifted: withEntry(ended.lifted, n, { ...live, releasedAt: at }) };
}

function end(ink: AuthorInk, n: number): AuthorInk {
  if (ink.ended.has(n) && !ink.live.has(n)) return ink;
  const ended = new Set(ink.ended).add(n);
  let { endedBefore } = ink;
  if (ended.size > ENDED_MEMORY) {
    const smallest = Math.min(...ended);
    ended.delete(smallest);
    endedBefore = Math.max(endedBefore, smallest + 1);
  }
  return { ...ink, ended, endedBefore, live: withoutEntry(ink.live, n) };
}

function forgetFaded(ink: AuthorInk, at: number): AuthorInk {
  const settled = filterMap(ink.settled, ({ stroke, releasedAt }) => !isGone({ ...stroke, releasedAt }, at));
  const lifted = filterMap(ink.lifted, (stroke) => !isGone(stroke, at));
  const live = filterMap(ink.live, (stroke) => at - stroke.heardAt < LIVE_SILENCE_MS);
  if (settled === ink.settled && lifted === ink.lifted && live === ink.live) return ink;
  const faded = [...ink.settled.keys()].filter((n) => !settled.has(n));
  return faded.reduce((rest, n) => end(rest, n), { ...ink, settled, lifted, live });
}

function forgetSurface(ink: AuthorInk, surface: string): AuthorInk {
  const settled = filterMap(ink.settled, ({ stroke }) => stroke.surface !== surface);
  const lifted = filterMap(ink.lifted, (stroke) => stroke.surface !== surface);
  const live = filterMap(ink.live, (stroke) => stroke.surface !== surface);
  if (settled === ink.settled && lifted === ink.lifted && live === ink.live) return ink;
  return { ...ink, settled, lifted, live };
}

function withAuthor(log: InkLog, author: string, change: (ink: AuthorInk) => AuthorInk): InkLog {
  const before = log.get(author) ?? NOBODY;
  const after = change(before);
  return after === before ? log : new Map(log).set(author, after);
}

function everyAuthor(log: InkLog, change: (ink: AuthorInk) => AuthorInk): InkLog {
  let result = log;
  for (const author of log.keys()) result = withAuthor(result, author, change);
  return result;
}
