/**
 * How old is what the expert sees? The two clocks are unknown to each other, but the fastest frame so far took half a
 * round trip at least; every other one is late by what it took longer. Pure.
 */
export interface DelayState {
  /** Smallest difference so far between this side's clock at arrival and the sender's stamp. */
  readonly leastMs: number;
  readonly lastMs: number | null;
  readonly lastSentAtMs: number;
  readonly lastArrivedAtMs: number;
}

export const NO_DELAY: DelayState = {
  leastMs: Number.POSITIVE_INFINITY,
  lastMs: null,
  lastSentAtMs: 0,
  lastArrivedAtMs: 0,
};

/** Clocks drift apart by some ms an hour; the least is let go a little with every frame. */
const FORGET = 0.001;

export function nextDelay(state: DelayState, frame: { sentAtMs: number; arrivedAtMs: number }): DelayState {
  const difference = frame.arrivedAtMs - frame.sentAtMs;
  const leastMs = Math.min(difference, Number.isFinite(state.leastMs) ? state.leastMs + FORGET : difference);
  return {
    leastMs,
    lastMs: Math.max(0, difference - leastMs),
    lastSentAtMs: frame.sentAtMs,
    lastArrivedAtMs: frame.arrivedAtMs,
  };
}

/** The sender's clock as it is seen on this side's screen now. */
export const seenAtMs = (state: DelayState, nowMs: number): number =>
  Math.max(0, Math.round(state.lastSentAtMs + Math.max(0, nowMs - state.lastArrivedAtMs)));
