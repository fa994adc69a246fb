/**
 * The last two minutes of a mirror, in memory only: what was shown, in the order and at the times of its arrival. Pure
 * but for the list it keeps.
 */
import { foldEvents } from './fold-events.ts';
import type { SafeEvent } from './mirror-events.ts';

export const REWIND_MS = 120_000;
/** Events before the window that are kept as they are; folding many at once is cheaper than one by one. */
const FOLD_AFTER = 4_000;

export interface Rewind {
  /** `atMs`: this side's clock. The event's own time is a stranger's. */
  note(event: SafeEvent, atMs: number): void;
  /** Makes older events part of their snapshot. Called when there is time. */
  tidy(nowMs: number): void;
  /** Events to replay from `fromMs` on: first what was on show before, timed `fromMs`. Empty when nothing was. */
  list(nowMs: number): { readonly fromMs: number; readonly events: SafeEvent[] };
  clear(): void;
}

export function createRewind(): Rewind {
  let events: SafeEvent[] = [];

  /** Index of the last snapshot at or before `atMs`; -1 when there is none. */
  const snapshotBefore = (atMs: number): number =>
    events.findLastIndex((event) => event.type === 2 && event.timestamp <= atMs);

  const tidy = (nowMs: number) => {
    const cut = nowMs - REWIND_MS;
    const base = snapshotBefore(cut);
    if (base > 0) events = events.slice(base);
    const [snapshot] = events;
    if (snapshot?.type !== 2 || snapshot.timestamp > cut) return;
    let inside = events.findIndex((event) => event.timestamp > cut);
    if (inside < 0) inside = events.length;
    if (inside < FOLD_AFTER) return;
    const folded = foldEvents(snapshot, events.slice(1, inside));
    // Without a base there is no past until the next snapshot.
    events = folded === null ? [] : [...folded, ...events.slice(inside)];
  };

  return {
    note(event, atMs) {
      if (events.length === 0 && event.type !== 2) return;
      const last = events.at(-1)?.timestamp ?? 0;
      events.push({ ...event, timestamp: Math.max(atMs, last) });
    },
    tidy,
    list(nowMs) {
      const cut = nowMs - REWIND_MS;
      const kept = events.slice(Math.max(0, snapshotBefore(cut)));
      const fromMs = Math.max(cut, kept[0]?.timestamp ?? nowMs);
      return { fromMs, events: kept.map((event) => ({ ...event, timestamp: Math.max(event.timestamp, fromMs) })) };
    },
    clear() {
      events = [];
    },
  };
}
