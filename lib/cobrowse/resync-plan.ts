/**
 * When a mirror that has gone wrong asks for a new snapshot: at once, then not more often than every second and ever
 * more rarely while it does not help. Pure; one plan for each frame.
 */
import { RESYNC_MAX_MS, RESYNC_MIN_MS } from '../protocol/cobrowse-limits.ts';

export type ResyncReason = 'gap' | 'corrupt' | 'unknown-node' | 'hash' | 'asked' | 'joined' | 'visible';

export interface ResyncPlan {
  /** A reason to ask, not followed by a snapshot yet. */
  readonly due: ResyncReason | null;
  readonly askedAtMs: number | null;
  readonly waitMs: number;
}

/** This long without trouble and a mirror counts as healthy again. */
const HEALTHY_MS = 10_000;
/** Nodes that were not found: one now and then is a race inside the page (reference/cobrowse.md §1.3). */
export const MAX_UNKNOWN_PER_SECOND = 3;

export const CALM: ResyncPlan = { due: null, askedAtMs: null, waitMs: RESYNC_MIN_MS };

export type ResyncEvent =
  | { readonly type: 'trouble'; readonly reason: ResyncReason; readonly atMs: number }
  | { readonly type: 'snapshot'; readonly atMs: number }
  | { readonly type: 'tick'; readonly atMs: number };

/** The next plan, and the reason to ask with now, if any. */
export function nextResync(plan: ResyncPlan, event: ResyncEvent): { plan: ResyncPlan; ask: ResyncReason | null } {
  if (event.type === 'snapshot') return { plan: { ...plan, due: null }, ask: null };
  const due = event.type === 'trouble' ? (plan.due ?? event.reason) : plan.due;
  if (due === null) return { plan, ask: null };
  const sinceMs = plan.askedAtMs === null ? Number.POSITIVE_INFINITY : event.atMs - plan.askedAtMs;
  if (sinceMs < plan.waitMs) return { plan: { ...plan, due }, ask: null };
  const waitMs = sinceMs > HEALTHY_MS + plan.waitMs ? RESYNC_MIN_MS : Math.min(plan.waitMs * 2, RESYNC_MAX_MS);
  return { plan: { due, askedAtMs: event.atMs, waitMs }, ask: due };
}
