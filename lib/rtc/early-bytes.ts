/** More than a few frames of a link that is just being made; what goes beyond is lost, and found out as a gap. */
const MAX_HELD_BYTES = 1024 * 1024;

export interface EarlyBytes {
  /** Something has come. */
  put(bytes: Uint8Array<ArrayBuffer>): void;
  onBytes(run: (bytes: Uint8Array<ArrayBuffer>) => void): void;
}

/**
 * One side of a link may be ready before the other: what it sends at once is kept for those who begin to listen, all in the
 * same task as the first of them.
 */
export function createEarlyBytes(): EarlyBytes {
  const listeners: ((bytes: Uint8Array<ArrayBuffer>) => void)[] = [];
  let held: Uint8Array<ArrayBuffer>[] | null = [];
  let heldBytes = 0;

  const deliver = (bytes: Uint8Array<ArrayBuffer>) => {
    for (const run of listeners) run(bytes);
  };
  const release = () => {
    const early = held ?? [];
    held = null;
    for (const bytes of early) deliver(bytes);
  };
  return {
    put(bytes) {
      if (held === null) return deliver(bytes);
      heldBytes += bytes.length;
      if (heldBytes <= MAX_HELD_BYTES) held.push(bytes);
    },
    onBytes(run) {
      listeners.push(run);
      if (listeners.length === 1) queueMicrotask(release);
    },
  };
}
