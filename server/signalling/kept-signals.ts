import { MAX_KEPT_SIGNAL_BYTES, MAX_KEPT_SIGNALS, RING_TIMEOUT_MS } from '../../lib/protocol/limits.ts';

/** All owners' waiting messages together; beyond it new ones are dropped. */
const MAX_TOTAL_BYTES = 64_000_000;

interface Kept {
  readonly text: string;
  readonly at: number;
}

/** Messages for an owner who is away for a moment. Bounded for each id and in all; the oldest goes first. */
export interface KeptSignals {
  keep(peerId: string, text: string, now: number): void;
  /** What waits for this id, oldest first, without what nobody needs any more. Empties it. */
  take(peerId: string, now: number): string[];
  sweep(now: number): void;
  bytes(): number;
}

export function createKeptSignals(): KeptSignals {
  const byId = new Map<string, Kept[]>();
  let total = 0;

  const drop = (list: Kept[]) => {
    total -= list.shift()?.text.length ?? 0;
  };
  // An offer that is older than a ring belongs to a call that is over.
  const isStale = (kept: Kept | undefined, now: number) => kept !== undefined && now - kept.at > RING_TIMEOUT_MS;
  const prune = (list: Kept[], now: number) => {
    while (isStale(list[0], now)) drop(list);
  };
  const sizeOf = (list: readonly Kept[]) => list.reduce((sum, { text }) => sum + text.length, 0);

  return {
    keep(peerId, text, now) {
      if (total + text.length > MAX_TOTAL_BYTES) return;
      const list = byId.get(peerId) ?? [];
      byId.set(peerId, list);
      list.push({ text, at: now });
      total += text.length;
      prune(list, now);
      while (list.length > MAX_KEPT_SIGNALS || sizeOf(list) > MAX_KEPT_SIGNAL_BYTES) drop(list);
    },
    take(peerId, now) {
      const list = byId.get(peerId) ?? [];
      prune(list, now);
      byId.delete(peerId);
      total -= sizeOf(list);
      return list.map(({ text }) => text);
    },
    sweep(now) {
      for (const [peerId, list] of byId) {
        prune(list, now);
        if (list.length === 0) byId.delete(peerId);
      }
    },
    bytes: () => total,
  };
}
