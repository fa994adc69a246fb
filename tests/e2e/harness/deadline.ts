/** How often a state is looked at while it is waited for. */
const LOOK_AGAIN_MS = 50;
/** Long, because nothing is asserted by it: a machine with much to do is slow, not wrong. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** What was waited for and did not come, with what was there instead. */
export class Overdue extends Error {
  constructor(what: string, timeoutMs: number, last: string) {
    super(`Waited ${timeoutMs} ms for ${what}. Last seen: ${last}`);
    this.name = 'Overdue';
  }
}

/**
 * Waits until `look` gives something other than null or undefined, and returns it. `look` may throw while things are still
 * moving (a page that navigates); the last reason is told when time is up.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null | undefined>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  let last = 'nothing';
  for (;;) {
    try {
      const found = await withLimit(look(), Math.max(1_000, end - performance.now()));
      if (found !== null && found !== undefined) return found;
    } catch (error) {
      last = String(error);
    }
    if (performance.now() >= end) throw new Overdue(what, timeoutMs, last);
    await pause(LOOK_AGAIN_MS);
  }
}

/** Rejects when `work` takes longer than `limitMs`: a browser that hangs must not hang a test. */
export async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${Math.round(limitMs)} ms`)), limitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
