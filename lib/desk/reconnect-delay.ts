/** Waits before each new try at the desk, ms: at once, then ever slower, so that a restarted desk isn't run over. */
const DELAYS_MS = [0, 300, 1_200, 2_700, 5_000];

/** `attempt` counts from 0; `random` is in 0..1 and spreads clients over half as much again. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const delayMs = DELAYS_MS[Math.min(attempt, DELAYS_MS.length - 1)] ?? 5_000;
  return Math.round(delayMs * (1 + random / 2));
}
