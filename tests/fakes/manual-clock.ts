import type { Clock } from '../../lib/shared/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time, running what falls due on the way, in order. */
  advance(ms: number): void;
  /** How many timers wait. */
  waiting(): number;
}

interface Timer {
  at: number;
  readonly periodMs: number | null;
  readonly run: () => void;
}

/** A clock that stands still until it is moved. */
export function createManualClock(startAt = 1_000_000): ManualClock {
  let now = startAt;
  const timers = new Set<Timer>();
  const add = (timer: Timer, signal: AbortSignal | undefined) => {
    if (signal?.aborted) return;
    timers.add(timer);
    signal?.addEventListener('abort', () => timers.delete(timer), { once: true });
  };
  return {
    now: () => now,
    after: (delayMs, run, signal) => add({ at: now + delayMs, periodMs: null, run }, signal),
    every: (periodMs, run, signal) => add({ at: now + periodMs, periodMs, run }, signal),
    waiting: () => timers.size,
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        if (due.periodMs === null) timers.delete(due);
        else due.at += due.periodMs;
        due.run();
      }
      now = end;
    },
  };
}
