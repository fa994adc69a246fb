/** Time as a dependency, so that rules about time are tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` once after `delayMs`, unless `signal` is aborted first. */
  after(delayMs: number, run: () => void, signal?: AbortSignal): void;
  /** Calls `run` every `periodMs` until `signal` is aborted. */
  every(periodMs: number, run: () => void, signal: AbortSignal): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run, signal) {
    if (signal?.aborted) return;
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      run();
    }, delayMs);
    const stop = () => clearTimeout(timer);
    signal?.addEventListener('abort', stop, { once: true });
  },
  every(periodMs, run, signal) {
    if (signal.aborted) return;
    const timer = setInterval(run, periodMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  },
};
