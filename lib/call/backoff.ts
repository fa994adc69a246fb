/** Waits before each new try at a link, ms. Short at first: a path that is back should carry media within a second. */
const REDIAL_DELAYS_MS = [0, 250, 500, 750, 1_000];

/** `attempt` counts from 0. */
export const redialDelayMs = (attempt: number): number =>
  REDIAL_DELAYS_MS[Math.min(attempt, REDIAL_DELAYS_MS.length - 1)] ?? 1_000;
