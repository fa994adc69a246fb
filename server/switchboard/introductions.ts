import { findScenario } from '../../lib/desk/scenarios.ts';
import type { Introduction, PersonCard, ScenarioCard } from '../../lib/protocol/desk-messages.ts';
import { createId } from '../../lib/shared/ids.ts';
import type { Roster } from './roster.ts';
import type { Sessions, StoredSession } from './sessions.ts';

export type Meeting = Pick<StoredSession, 'origin' | 'callerId' | 'calleeId' | 'scenarioId' | 'facts' | 'claimed'> & {
  readonly sessionId?: string;
};

export interface Introductions {
  /** Opens a session and rings the callee. A waiting customer is told by an `offer`, others by the reply to their request. */
  introduce(meeting: Meeting): StoredSession;
  forCaller(session: StoredSession): Introduction;
  /** Repeats what this person may have missed: rings and offers that still stand. */
  remind(personId: string): void;
}

interface IntroductionsDeps {
  readonly roster: Roster;
  readonly sessions: Sessions;
  readonly scenarios: readonly ScenarioCard[];
}

const nobody = (personId: string): PersonCard => ({ personId, name: '?', role: 'customer' });

export function createIntroductions({ roster, sessions, scenarios }: IntroductionsDeps): Introductions {
  function introductionOf(session: StoredSession, other: 'caller' | 'callee'): Introduction {
    const personId = other === 'caller' ? session.callerId : session.calleeId;
    const known = other === 'caller' ? session.callerPeerId : session.calleePeerId;
    return {
      sessionId: session.sessionId,
      secret: session.secret,
      person: roster.card(personId) ?? nobody(personId),
      peerId: roster.peerId(personId) ?? known,
      // A scenario that went from the configuration meanwhile still has to be called something.
      scenario: findScenario(scenarios, session.scenarioId) ?? { id: session.scenarioId, name: session.scenarioId },
      // Facts are about the one who calls.
      facts: other === 'caller' ? session.facts : [],
    };
  }

  const ring = (session: StoredSession) =>
    roster.send(session.calleeId, {
      type: 'ring',
      introduction: introductionOf(session, 'caller'),
      claimed: session.claimed,
      expiresAt: session.ringEndsAt,
    });
  const offer = (session: StoredSession) =>
    session.origin === 'queue' &&
    roster.send(session.callerId, { type: 'offer', introduction: introductionOf(session, 'callee') });

  return {
    introduce({ sessionId = createId(), ...meeting }) {
      const callerPeerId = roster.peerId(meeting.callerId) ?? '';
      const calleePeerId = roster.peerId(meeting.calleeId) ?? '';
      const session = sessions.open({ ...meeting, sessionId, callerPeerId, calleePeerId });
      ring(session);
      offer(session);
      return session;
    },
    forCaller: (session) => introductionOf(session, 'callee'),
    remind(personId) {
      for (const session of sessions.of(personId)) {
        if (session.state !== 'ringing') continue;
        if (session.calleeId === personId) ring(session);
        else offer(session);
      }
    },
  };
}
