import { OWN_SNAPSHOT_GAP_MS, RESYNC_MAX_MS, RESYNC_MIN_MS } from '../protocol/cobrowse-limits.ts';
import type { Clock } from '../shared/clock.ts';

/** When the next full snapshot of a frame's page is taken. Wishes that come before it are met by it. */
export interface SnapshotPlan {
  /** The other side, or the page itself, wants one: the gap doubles while such wishes follow each other, and shrinks in peace. */
  wish(): void;
  /** The person whose page it is has changed what may be seen: almost at once, however often. */
  decide(): void;
}

export interface SnapshotPlanParts {
  readonly clock: Clock;
  /** While it is, nothing is planned. */
  readonly isStopped: () => boolean;
  readonly take: () => void;
  readonly signal: AbortSignal;
}

export function createSnapshotPlan({ clock, isStopped, take, signal }: SnapshotPlanParts): SnapshotPlan {
  let takenAt = Number.NEGATIVE_INFINITY;
  let wishedAt = Number.NEGATIVE_INFINITY;
  let gapMs = RESYNC_MIN_MS;
  let next: { readonly at: number; readonly replaced: AbortController } | null = null;

  const plan = (at: number, onTaken: (now: number) => void) => {
    if (isStopped() || (next !== null && next.at <= at)) return;
    next?.replaced.abort();
    const replaced = new AbortController();
    next = { at, replaced };
    const run = () => {
      next = null;
      if (isStopped()) return;
      takenAt = clock.now();
      onTaken(takenAt);
      take();
    };
    clock.after(at - clock.now(), run, AbortSignal.any([signal, replaced.signal]));
  };

  return {
    wish() {
      plan(Math.max(clock.now(), wishedAt + gapMs), (now) => {
        const isInARow = now - wishedAt < gapMs * 4;
        gapMs = isInARow ? Math.min(gapMs * 2, RESYNC_MAX_MS) : RESYNC_MIN_MS;
        wishedAt = now;
      });
    },
    decide() {
      plan(Math.max(clock.now(), takenAt + OWN_SNAPSHOT_GAP_MS), () => {});
    },
  };
}
