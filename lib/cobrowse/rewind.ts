/**
 * The last two minutes of a mirror, in memory only: what was shown, in the order and at the times of its arrival. Pure
 * but for the list it keeps. What is older is one page, the beginning of that time; it takes what a page takes, however
 * long the session.
 */
import { weighData } from './event-weight.ts';
import { createFold, type Fold } from './fold-events.ts';
import type { SafeEvent } from './mirror-events.ts';

export const REWIND_MS = 120_000;
/** What the events of that time may take, by `weighData`. A page that tells more is kept for a shorter time. */
export const REWIND_BYTES = 16 * 1024 * 1024;
/** What is left when that was too much, so that not every further event has to make room. */
const ROOM_BYTES = (REWIND_BYTES * 3) / 4;

export interface Rewind {
  /** `atMs`: this side's clock. The event's own time is a stranger's. */
  note(event: SafeEvent, atMs: number): void;
  /** Makes older events part of the page they begin with. Called when there is time. */
  tidy(nowMs: number): void;
  /**
   * Events to replay from `fromMs` on: first what was on show before, timed `fromMs`. Empty when nothing was. What they
   * hold is still in use: to be copied before it is changed or kept.
   */
  list(nowMs: number): { readonly fromMs: number; readonly events: SafeEvent[] };
  /** What the events after the beginning take, by `weighData`. */
  readonly bytes: number;
}

export function createRewind(): Rewind {
  let base: Fold | null = null;
  const recent: { readonly event: SafeEvent; readonly bytes: number }[] = [];
  let bytes = 0;
  let lastMs = 0;

  /** Takes the first events out. */
  const take = (count: number): SafeEvent[] => {
    const taken = recent.splice(0, count);
    for (const old of taken) bytes -= old.bytes;
    return taken.map(({ event }) => event);
  };

  /** Makes the first `count` events part of the beginning. */
  const advance = (count: number) => {
    for (const event of take(count)) {
      if (event.type === 2) base = createFold(event);
      else if (base?.add(event) === false) base = null;
    }
    if (base !== null) return;
    // Without a beginning there is no past until the next page.
    const next = recent.findIndex(({ event }) => event.type === 2);
    take(next < 0 ? recent.length : next);
  };

  const tidy = (nowMs: number) => {
    const young = recent.findIndex(({ event }) => event.timestamp > nowMs - REWIND_MS);
    advance(young < 0 ? recent.length : young);
  };

  const makeRoom = () => {
    let left = bytes;
    const count = recent.findIndex((old) => {
      if (left <= ROOM_BYTES) return true;
      left -= old.bytes;
      return false;
    });
    advance(count < 0 ? recent.length : count);
  };

  return {
    note(event, atMs) {
      if (base === null && recent.length === 0 && event.type !== 2) return;
      lastMs = Math.max(atMs, lastMs);
      const weight = weighData(event);
      recent.push({ event: { ...event, timestamp: lastMs }, bytes: weight });
      bytes += weight;
      if (bytes > REWIND_BYTES) makeRoom();
    },
    tidy,
    list(nowMs) {
      tidy(nowMs);
      const events = [...(base?.events() ?? []), ...recent.map(({ event }) => event)];
      const fromMs = Math.max(nowMs - REWIND_MS, events[0]?.timestamp ?? nowMs);
      return { fromMs, events: events.map((event) => ({ ...event, timestamp: Math.max(event.timestamp, fromMs) })) };
    },
    get bytes() {
      return bytes;
    },
  };
}
