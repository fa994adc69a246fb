/** Waits before each new try at a link, ms. Short at first: a path that is back should carry media within a second. */
const REDIAL_DELAYS_MS = [0, 250, 500, 750, 1_000];

/** `attempt` counts from 0. */
export const redialDelayMs = (attempt: number): number =>
  REDIAL_DELAYS_MS[Math.min(attempt, REDIAL_DELAYS_MS.length - 1)] ?? 1_000;

/** How long one try at a link may take, ms: quick at first, for an offer may be lost with a stale socket; then patient. */
const DIAL_TIMEOUTS_MS = [4_000, 2_000, 3_000, 5_000, 8_000];

/** `attempt` counts from 0. */
export const dialTimeoutMs = (attempt: number): number =>
  DIAL_TIMEOUTS_MS[Math.min(attempt, DIAL_TIMEOUTS_MS.length - 1)] ?? 8_000;
