import type { Fetch } from '../rtc/desk-http.ts';
import type { Clock } from '../shared/clock.ts';

interface Pace {
  readonly firstAfterMs: number;
  readonly periodMs: number;
  /** The next try beyond these gives up the oldest. */
  readonly atOnce: number;
}

/**
 * Browsers open six connections to a host and let what comes next wait for one of them. Four hasty tries, a patient one,
 * and one to be let in again: no try ever waits for those that were lost.
 */
const PACES: readonly Pace[] = [
  // A SYN that was lost is sent again only after a second, a new one goes out at once.
  { firstAfterMs: 0, periodMs: 200, atOnce: 4 },
  // For a path on which no hasty try is answered in time: four round trips over a satellite take 2.4 s.
  { firstAfterMs: 800, periodMs: 10_000, atOnce: 1 },
];

/** Resolves true as soon as the desk answers a fresh connection, false when `signal` aborts first. */
export function whenDeskReachable(url: string, fetch: Fetch, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const finish = (reachable: boolean) => {
      if (over.signal.aborted) return;
      over.abort();
      resolve(reachable);
    };
    const probe = () => {
      const given = new AbortController();
      const until = AbortSignal.any([given.signal, over.signal]);
      fetch(new URL('/healthz', url).href, { cache: 'no-store', credentials: 'omit', signal: until }).then(
        () => finish(true),
        () => undefined,
      );
      return given;
    };
    const keepProbing = ({ periodMs, atOnce }: Pace) => {
      const tries: AbortController[] = [];
      const next = () => {
        if (tries.length === atOnce) tries.shift()?.abort();
        tries.push(probe());
      };
      next();
      clock.every(periodMs, next, over.signal);
    };
    if (signal.aborted) return finish(false);
    signal.addEventListener('abort', () => finish(false), { once: true, signal: over.signal });
    for (const pace of PACES) clock.after(pace.firstAfterMs, () => keepProbing(pace), over.signal);
  });
}
