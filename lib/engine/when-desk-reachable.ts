import type { Fetch } from '../rtc/desk-http.ts';
import type { Clock } from '../shared/clock.ts';

/** A fresh try this often: a SYN that was lost is sent again only after a second, a new one goes out at once. */
const PROBE_MS = 200;
/** Browsers open six connections to a host; five lost ones leave room for the one that gets through. */
const PROBE_TIMEOUT_MS = 1_500;

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
      const timeout = AbortSignal.any([AbortSignal.timeout(PROBE_TIMEOUT_MS), over.signal]);
      fetch(new URL('/healthz', url).href, { cache: 'no-store', credentials: 'omit', signal: timeout }).then(
        () => finish(true),
        () => undefined,
      );
    };
    if (signal.aborted) return finish(false);
    signal.addEventListener('abort', () => finish(false), { once: true, signal: over.signal });
    clock.every(PROBE_MS, probe, over.signal);
    probe();
  });
}
