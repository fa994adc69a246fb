/** Whether a verb may be tried at all, before the page is looked at. reference/cobrowse.md §5.2, §5.5. */
import { CONTROL_PREEMPT_MS, MAX_VERB_AGE_MS, MAX_VERBS_PER_SECOND } from '../protocol/cobrowse-limits.ts';
import type { ControlScope, ControlVerb, RefusalReason } from '../protocol/cobrowse-control-messages.ts';

/** What is known when a verb comes in. */
export interface Gate {
  readonly scopes: ReadonlySet<ControlScope>;
  readonly isPaused: boolean;
  /** Epoch ms of the customer's own last move. */
  readonly handAt: number;
  /** Epoch ms of the verbs of the last second. */
  readonly recent: readonly number[];
}

export const SHUT_GATE: Gate = { scopes: new Set(), isPaused: false, handAt: Number.NEGATIVE_INFINITY, recent: [] };

const SCOPES: Readonly<Record<ControlVerb['type'], ControlScope>> = {
  point: 'point',
  hover: 'click',
  scroll: 'scroll',
  click: 'click',
  choose: 'click',
  edit: 'type',
  key: 'type',
  pick: 'type',
  go: 'navigate',
};
export const scopeOf = (verb: ControlVerb): ControlScope => SCOPES[verb.type];

export interface Arrival {
  readonly verb: ControlVerb;
  readonly now: number;
  /** How old what the expert saw is, ms. */
  readonly ageMs: number;
  readonly epoch: number;
  readonly currentEpoch: number;
}

/** Null when the verb may be tried; otherwise why not. */
export function refuseAtGate(gate: Gate, { verb, now, ageMs, epoch, currentEpoch }: Arrival): RefusalReason | null {
  if (gate.scopes.size === 0) return 'no-grant';
  if (!gate.scopes.has(scopeOf(verb))) return 'scope';
  if (gate.isPaused) return 'paused';
  if (now - gate.handAt < CONTROL_PREEMPT_MS && verb.type !== 'point') return 'busy-customer';
  if (gate.recent.filter((at) => now - at < 1_000).length >= MAX_VERBS_PER_SECOND) return 'too-fast';
  if (ageMs > MAX_VERB_AGE_MS) return 'too-late';
  return epoch === currentEpoch || verb.type === 'go' ? null : 'stale';
}

/** The gate after a verb was tried. */
export const noteVerb = (gate: Gate, now: number): Gate => ({
  ...gate,
  recent: [...gate.recent.filter((at) => now - at < 1_000), now],
});
