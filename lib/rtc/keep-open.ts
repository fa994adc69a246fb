import type { Clock } from '../shared/clock.ts';

export interface KeptOpen {
  /** Asks to be let in and begins to open. False when that can't be now. Does nothing once `signal` aborts. */
  readonly begin: (signal: AbortSignal) => Promise<boolean>;
  readonly isOpen: () => boolean;
  /** Gives up a connection that is open or opening; `lost` may be called from within. */
  readonly drop: () => void;
  readonly clock: Clock;
  /** 0..1, for jitter. */
  readonly random?: () => number;
  readonly until: AbortSignal;
}

/** What keeps a connection open; it is told how the connection fares. */
export interface OpenKeeper {
  start(): void;
  opened(): void;
  lost(): void;
  /** The path is back: whatever was begun before may hang on the dead one, so that all of it is begun anew, at once. */
  startAnew(): void;
}

/** PeerServer sends no OPEN while it holds a half-open socket of the same id (platform.md §10). */
const OPEN_TIMEOUT_MS = 5_000;
const RETRY_DELAYS_MS = [0, 300, 1_200, 2_700, 4_800];

/** One step at a time: a wait, or a try. The next step ends the one before, and with it its timers. */
export function keepOpen({ begin, isOpen, drop, clock, random = Math.random, until }: KeptOpen): OpenKeeper {
  let step = new AbortController();
  let attempt = 0;
  let isWaiting = false;

  const nextStep = () => {
    step.abort();
    step = new AbortController();
    return AbortSignal.any([step.signal, until]);
  };

  const connect = async () => {
    isWaiting = false;
    const signal = nextStep();
    if (signal.aborted || isOpen()) return;
    const begun = await begin(signal);
    if (signal.aborted) return;
    if (!begun) return lost();
    const giveUp = () => {
      if (isOpen()) return;
      drop();
      lost();
    };
    clock.after(OPEN_TIMEOUT_MS, giveUp, signal);
  };

  const lost = () => {
    // One loss may be told more than once.
    if (isWaiting) return;
    isWaiting = true;
    const signal = nextStep();
    const delayMs = RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 0;
    attempt += 1;
    clock.after(delayMs * (1 + random() * 0.2), () => void connect(), signal);
  };

  return {
    start: () => void connect(),
    opened() {
      attempt = 0;
    },
    lost,
    startAnew() {
      attempt = 0;
      drop();
      void connect();
    },
  };
}
