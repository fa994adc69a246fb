import type { PersonCard, ScenarioCard } from '../protocol/desk-messages.ts';

/** Why a call ended, in the order people ask: somebody pressed something, nobody did, or something broke. */
export type EndReason =
  | 'exited'
  | 'left'
  | 'declined'
  | 'cancelled'
  | 'missed'
  | 'busy'
  | 'unavailable'
  | 'lost'
  | 'version'
  | 'untrusted'
  | 'answered-elsewhere';

export interface Parties {
  readonly sessionId: string;
  readonly person: PersonCard;
  readonly scenario: ScenarioCard;
}

/** The life of one call at one end: idle → dialling | ringing → active → ended → idle. */
export type Phase =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'dialling'; readonly since: number; readonly linked: boolean } & Parties)
  | ({
      readonly kind: 'ringing';
      readonly since: number;
      readonly linked: boolean;
      /** Answer was pressed; the call opens as soon as the link is up. */
      readonly answering: boolean;
    } & Parties)
  | ({
      readonly kind: 'active';
      readonly direction: 'incoming' | 'outgoing';
      readonly startedAt: number;
      readonly lostSince: number | null;
    } & Parties)
  | ({
      readonly kind: 'ended';
      readonly direction: 'incoming' | 'outgoing';
      readonly startedAt: number;
      readonly durationMs: number;
      readonly reason: EndReason;
      readonly mine: boolean;
    } & Parties);

export type PhaseEvent =
  | ({ readonly type: 'dial'; readonly at: number } & Parties)
  | ({ readonly type: 'ring'; readonly at: number; readonly answering: boolean } & Parties)
  /** A link with a proven peer is up. */
  | { readonly type: 'linked'; readonly at: number }
  | { readonly type: 'link-lost'; readonly at: number }
  /** Answer was pressed here. */
  | { readonly type: 'answer'; readonly at: number }
  /** The other side answered. */
  | { readonly type: 'answered'; readonly at: number }
  | { readonly type: 'end'; readonly at: number; readonly reason: EndReason; readonly mine: boolean }
  /** A session from before a reload goes on. */
  | ({
      readonly type: 'resume';
      readonly at: number;
      readonly direction: 'incoming' | 'outgoing';
      readonly startedAt: number;
    } & Parties)
  | { readonly type: 'dismiss' };

const IDLE: Phase = { kind: 'idle' };

/** An event that makes no sense in a phase returns the same object. */
export function nextPhase(phase: Phase, event: PhaseEvent): Phase {
  switch (event.type) {
    case 'dial':
      return isFree(phase) ? { kind: 'dialling', since: event.at, linked: false, ...parties(event) } : phase;
    case 'ring':
      return isFree(phase)
        ? { kind: 'ringing', since: event.at, linked: false, answering: event.answering, ...parties(event) }
        : phase;
    case 'linked':
      return nextLinked(phase, event.at);
    case 'link-lost':
      if (phase.kind === 'dialling' || phase.kind === 'ringing') return { ...phase, linked: false };
      return phase.kind === 'active' && phase.lostSince === null ? { ...phase, lostSince: event.at } : phase;
    case 'answer':
      if (phase.kind !== 'ringing') return phase;
      return phase.linked ? active(phase, 'incoming', event.at) : { ...phase, answering: true };
    case 'answered':
      return phase.kind === 'dialling' ? active(phase, 'outgoing', event.at) : phase;
    case 'end':
      return nextEnded(phase, event);
    case 'resume':
      return isFree(phase) ? { ...active(event, event.direction, event.startedAt), lostSince: event.at } : phase;
    case 'dismiss':
      return phase.kind === 'ended' ? IDLE : phase;
  }
}

/** Whether a new call may begin: wrap-up of the last one is left behind by it. */
export const isFree = (phase: Phase): phase is Extract<Phase, { kind: 'idle' | 'ended' }> =>
  phase.kind === 'idle' || phase.kind === 'ended';

function nextLinked(phase: Phase, at: number): Phase {
  if (phase.kind === 'dialling') return { ...phase, linked: true };
  if (phase.kind === 'ringing') {
    return phase.answering ? active(phase, 'incoming', at) : { ...phase, linked: true };
  }
  return phase.kind === 'active' && phase.lostSince !== null ? { ...phase, lostSince: null } : phase;
}

function nextEnded(phase: Phase, event: Extract<PhaseEvent, { type: 'end' }>): Phase {
  if (isFree(phase)) return phase;
  const startedAt = phase.kind === 'active' ? phase.startedAt : phase.since;
  return {
    kind: 'ended',
    direction: phase.kind === 'active' ? phase.direction : phase.kind === 'dialling' ? 'outgoing' : 'incoming',
    startedAt,
    durationMs: phase.kind === 'active' ? Math.max(0, event.at - phase.startedAt) : 0,
    reason: event.reason,
    mine: event.mine,
    ...parties(phase),
  };
}

const active = (from: Parties, direction: 'incoming' | 'outgoing', startedAt: number) =>
  ({ kind: 'active', direction, startedAt, lostSince: null, ...parties(from) }) as const;

const parties = ({ sessionId, person, scenario }: Parties): Parties => ({ sessionId, person, scenario });
