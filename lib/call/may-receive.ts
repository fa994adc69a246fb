import type { SessionMessage } from '../protocol/peer-messages.ts';
import type { Phase } from './phase.ts';

type Side = 'caller' | 'callee';

interface Rule {
  /** Phases of the receiving side in which the message means something. */
  readonly phases: readonly Phase['kind'][];
  /** Which end of the call may send it; both when absent. */
  readonly from?: Side;
}

const IN_CALL = ['active'] as const;
const BEFORE_AND_IN_CALL = ['dialling', 'ringing', 'active'] as const;

/** Who may send what, and when: the one table that decides (ARCHITECTURE §4). Grants are checked where the grant lives. */
const RULES: Readonly<Record<SessionMessage['type'], Rule>> = {
  answer: { phases: ['dialling'], from: 'callee' },
  decline: { phases: ['dialling'], from: 'callee' },
  cancel: { phases: ['ringing'], from: 'caller' },
  exit: { phases: BEFORE_AND_IN_CALL },
  leave: { phases: BEFORE_AND_IN_CALL },
  media: { phases: IN_CALL },
  pause: { phases: IN_CALL },
  chat: { phases: IN_CALL },
  typing: { phases: IN_CALL },
  seen: { phases: IN_CALL },
  facts: { phases: BEFORE_AND_IN_CALL },
  ask: { phases: IN_CALL },
  'ask.withdrawn': { phases: IN_CALL },
  consent: { phases: IN_CALL },
  'grant.ended': { phases: IN_CALL },
  'ink.stroke': { phases: IN_CALL },
  'ink.visibility': { phases: IN_CALL },
  'ink.lift': { phases: IN_CALL },
  'ink.painted': { phases: IN_CALL },
  'ink.tie': { phases: IN_CALL },
  'still.ask': { phases: IN_CALL },
  'still.refused': { phases: IN_CALL },
  'still.offer': { phases: IN_CALL },
  'still.want': { phases: IN_CALL },
  'still.got': { phases: IN_CALL },
  'still.show': { phases: IN_CALL },
};

/** True when a message of `type` from the `from` end may be acted on in `phase`. */
export function mayReceive(type: SessionMessage['type'], phase: Phase['kind'], from: Side): boolean {
  const rule = RULES[type];
  return rule.phases.includes(phase) && (rule.from === undefined || rule.from === from);
}
