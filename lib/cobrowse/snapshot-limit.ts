import { RESYNC_MAX_MS, RESYNC_MIN_MS } from '../protocol/cobrowse-limits.ts';

/** When a full snapshot was last taken, and how far the next one has to be from it. */
export interface SnapshotPace {
  readonly takenAt: number;
  readonly gapMs: number;
}

export const FIRST_PACE: SnapshotPace = { takenAt: Number.NEGATIVE_INFINITY, gapMs: RESYNC_MIN_MS };

/** How long to wait before the next snapshot, ms. */
export const waitForSnapshot = ({ takenAt, gapMs }: SnapshotPace, now: number): number =>
  Math.max(0, takenAt + gapMs - now);

/** After a snapshot: the gap doubles while they come one after the other, and shrinks again in peace. */
export function nextPace(pace: SnapshotPace, now: number): SnapshotPace {
  const isInARow = now - pace.takenAt < pace.gapMs * 4;
  return { takenAt: now, gapMs: isInARow ? Math.min(pace.gapMs * 2, RESYNC_MAX_MS) : RESYNC_MIN_MS };
}
