/**
 * The expert's hand in the customer's page. Every verb is checked here, at the customer, against the page as it is now,
 * and answered with exactly one outcome; a proposal is carried out when the customer says yes. reference/cobrowse.md §5.
 */
import { noteVerb, refuseAtGate, SHUT_GATE } from '../cobrowse/control-gate.ts';
import type {
  ControlOutcome,
  ControlScope,
  ControlVerb,
  ProposalKind,
  RefusalReason,
} from '../protocol/cobrowse-control-messages.ts';
import type { ControlLogEntry } from '../protocol/cobrowse-port.ts';
import type { Clock } from '../shared/clock.ts';
import { createActions, type Deed } from './control-actions.ts';
import { labelOf } from './control-label.ts';
import type { TargetDeps } from './control-target.ts';

export interface ExecutorDeps extends TargetDeps {
  readonly clock: Clock;
  readonly currentEpoch: () => number;
  readonly log: (entry: ControlLogEntry) => void;
  readonly onProposal: (proposal: OpenProposal) => void;
  readonly onProposalOver: (proposal: OpenProposal, state: 'confirmed' | 'declined' | 'expired') => void;
  /** Only a real hand can press this. */
  readonly onNeedsHand: (element: Element) => void;
  /** The expert points at a place in an element. */
  readonly onPoint: (place: PointedPlace) => void;
  readonly view: Window;
  readonly signal: AbortSignal;
}

export interface OpenProposal {
  readonly expert: string;
  readonly requestId: number;
  readonly kind: ProposalKind;
  readonly label: string;
  readonly element: Element;
}

export interface PointedPlace {
  readonly expert: string;
  readonly element: Element;
  readonly fx: number;
  readonly fy: number;
}

export interface IncomingVerb {
  readonly expert: string;
  readonly epoch: number;
  readonly requestId: number;
  readonly verb: ControlVerb;
  readonly ageMs: number;
}

export interface ControlExecutor {
  setGrant(expert: string, scopes: readonly ControlScope[]): void;
  setPaused(paused: boolean): void;
  /** The customer's own hand did something. */
  noteHand(): void;
  perform(verb: IncomingVerb): ControlOutcome;
  /** The customer's answer to a proposal. */
  answer(expert: string, requestId: number, yes: boolean): void;
}

/** A proposal that nobody answers is a no. */
const PROPOSAL_MS = 30_000;

export function createControlExecutor(deps: ExecutorDeps): ControlExecutor {
  const { clock, log } = deps;
  const grants = new Map<string, ReadonlySet<ControlScope>>();
  const proposals = new Map<string, OpenProposal & { readonly run: () => Deed; readonly over: AbortController }>();
  const actions = createActions(deps);
  let gate = SHUT_GATE;

  const note = (what: ControlLogEntry['what'], label: string, detail?: string) =>
    log({ at: clock.now(), what, label, ...(detail !== undefined && { detail }) });
  const refused = (requestId: number, reason: RefusalReason, label: string): ControlOutcome => {
    note('refused', label, reason);
    return { kind: 'refused', requestId, reason, label };
  };

  const toOutcome = ({ expert, requestId }: IncomingVerb, deed: Deed): ControlOutcome => {
    const label = deed.element === null ? '' : labelOf(deed.element, deed.isMasked);
    switch (deed.kind) {
      case 'done':
        if (deed.what !== 'pointed' && deed.what !== 'hovered') note(deed.what, label, deed.detail);
        return { kind: 'done', requestId, label };
      case 'refused':
        return refused(requestId, deed.reason, label);
      case 'hand':
        deps.onNeedsHand(deed.element);
        return { kind: 'needs-hand', requestId, label };
      case 'propose': {
        const proposal = { expert, requestId, kind: deed.proposal, label, element: deed.element };
        propose({ ...proposal, run: deed.run, over: new AbortController() });
        note('proposed', label);
        return { kind: 'proposed', requestId, proposal: deed.proposal, label };
      }
    }
  };

  const propose = (proposal: OpenProposal & { readonly run: () => Deed; readonly over: AbortController }) => {
    const key = keyOf(proposal.expert, proposal.requestId);
    proposals.set(key, proposal);
    deps.onProposal(proposal);
    clock.after(PROPOSAL_MS, () => settle(key, 'expired'), AbortSignal.any([proposal.over.signal, deps.signal]));
  };

  const settle = (key: string, state: 'confirmed' | 'declined' | 'expired') => {
    const proposal = proposals.get(key);
    if (proposal === undefined) return;
    proposals.delete(key);
    proposal.over.abort();
    const deed = state === 'confirmed' ? proposal.run() : null;
    const isDone = deed?.kind === 'done';
    note(isDone ? 'confirmed' : 'declined', proposal.label);
    deps.onProposalOver(proposal, state === 'confirmed' && !isDone ? 'expired' : state);
  };

  return {
    setGrant(expert, scopes) {
      if (scopes.length > 0) grants.set(expert, new Set(scopes));
      else grants.delete(expert);
      if (scopes.length > 0) return;
      actions.leave();
      for (const [key, proposal] of proposals) if (proposal.expert === expert) settle(key, 'expired');
    },
    setPaused(paused) {
      gate = { ...gate, isPaused: paused };
    },
    noteHand() {
      gate = { ...gate, handAt: clock.now() };
    },
    perform(incoming) {
      const now = clock.now();
      const scopes = grants.get(incoming.expert) ?? new Set();
      const arrival = { ...incoming, now, currentEpoch: deps.currentEpoch() };
      const reason = refuseAtGate({ ...gate, scopes }, arrival);
      if (reason !== null) return refused(incoming.requestId, reason, '');
      gate = noteVerb(gate, now);
      const deed = actions.perform(incoming.verb, scopes);
      if (incoming.verb.type === 'point' && deed.kind === 'done' && deed.element !== null) {
        const { fx, fy } = incoming.verb;
        deps.onPoint({ expert: incoming.expert, element: deed.element, fx, fy });
      }
      return toOutcome(incoming, deed);
    },
    answer(expert, requestId, yes) {
      settle(keyOf(expert, requestId), yes ? 'confirmed' : 'declined');
    },
  };
}

const keyOf = (expert: string, requestId: number): string => `${expert}:${requestId}`;
