import type { Phase } from '../call/phase.ts';
import type { CallState, Identity } from './api.ts';

type Pause = { readonly by: string; readonly mine: boolean } | null;

/** The call as views see it. */
export function toCallState(phase: Phase, pause: Pause, identity: Identity): CallState {
  switch (phase.kind) {
    case 'idle':
      return phase;
    case 'dialling': {
      const { kind, person, linked, since } = phase;
      return { kind, person, linked, since };
    }
    case 'ringing': {
      const { kind, person, scenario, linked, since, answering } = phase;
      return { kind, person, scenario, linked, since, answering };
    }
    case 'active': {
      const { kind, person, scenario, startedAt, lostSince } = phase;
      return { kind, person, scenario, startedAt, reconnectingSince: lostSince, pause };
    }
    case 'ended': {
      const { kind, person, reason, mine, durationMs, sessionId } = phase;
      const isExpert = identity.kind === 'known' && identity.role === 'expert';
      const engagementId = isExpert && durationMs > 0 ? sessionId : null;
      return { kind, person, reason, mine, durationMs, engagementId };
    }
  }
}
