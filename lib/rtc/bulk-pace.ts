/**
 * How much of `bulk` may be on its way. SCTP fills whatever the path can hold before it slows down, and a voice behind that
 * stutters; so pictures and files take as much as makes nobody wait (as LEDBAT does, RFC 6817). After each part comes a mark
 * that the other end echoes, and how long that takes tells how much waits in between.
 */
export interface BulkPace {
  /** Resolves when there is room for more. */
  room(): Promise<void>;
  /** So many bytes have gone. */
  left(bytes: number): void;
  /** The echo of the oldest mark is here. */
  echoed(): void;
}

const START_BYTES = 16 * 1024;
const MIN_BYTES = 8 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
/** A quarter of the delay from which a conversation feels indirect (quality.ts). */
const MAX_QUEUE_MS = 50;
/** Of what has arrived, so much more while nothing waits, and so much more or less, by what waits, from then on. */
const RISE = 0.5;
const STEER = 0.15;
/** After as long without anything to send the way may be another one. */
const FORGET_MS = 10_000;
/** Whoever has not answered any mark by then is of a version that does not know them. */
const NO_ECHO_MS = 3_000;

/** `mark` sends one. After `closed` nobody waits any more. */
export function createBulkPace(mark: () => void, closed: AbortSignal, now = () => performance.now()): BulkPace {
  const marks: { readonly atMs: number; readonly bytes: number }[] = [];
  let windowBytes = START_BYTES;
  /** Sent and not known to have arrived. */
  let unseen = 0;
  /** The shortest time that an echo took: the way with nothing on it. */
  let emptyMs = Number.POSITIVE_INFINITY;
  let echoedAtMs = Number.NEGATIVE_INFINITY;
  let isEchoed = false;
  let isOn = true;
  let wake = () => {};

  const markNow = (bytes: number) => {
    if (!isOn) return;
    marks.push({ atMs: now(), bytes });
    mark();
  };
  const giveUp = () => {
    isOn = false;
    wake();
  };
  closed.addEventListener('abort', giveUp);

  return {
    async room() {
      if (marks.length === 0) {
        if (now() - echoedAtMs > FORGET_MS) emptyMs = Number.POSITIVE_INFINITY;
        markNow(0);
      }
      while (isOn && unseen >= windowBytes) {
        const timer = isEchoed ? undefined : setTimeout(giveUp, NO_ECHO_MS);
        await new Promise<void>((done) => {
          wake = done;
        });
        clearTimeout(timer);
      }
    },
    left(bytes) {
      unseen += bytes;
      markNow(bytes);
    },
    echoed() {
      const first = marks.shift();
      if (first === undefined) return;
      isEchoed = true;
      const { bytes } = first;
      echoedAtMs = now();
      const tookMs = echoedAtMs - first.atMs;
      emptyMs = Math.min(emptyMs, tookMs);
      const free = 1 - (tookMs - emptyMs) / MAX_QUEUE_MS;
      const isUsed = unseen >= windowBytes;
      const step = free > 0.75 ? RISE : STEER * Math.max(-1, free);
      if (isUsed || step < 0) windowBytes += bytes * step;
      windowBytes = Math.min(MAX_BYTES, Math.max(MIN_BYTES, windowBytes));
      unseen -= bytes;
      wake();
    },
  };
}
