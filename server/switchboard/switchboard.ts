import { RING_GRACE_MS } from '../../lib/desk/session.ts';
import type { Logger } from 'pino';
import type { DeskReason, ScenarioCard } from '../../lib/protocol/desk-messages.ts';
import type { DeskMaskingRule } from '../../lib/protocol/masking-rules.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import type { Result } from '../../lib/shared/result.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/database.ts';
import type { People, Person } from '../store/people.ts';
import { createCodeDesk } from './code-desk.ts';
import { createDispatcher } from './dispatcher.ts';
import { createIntroductions } from './introductions.ts';
import { createRequestHandler, type Asker, type PersonRequest } from './requests.ts';
import { createRoster, type Line, type Roster } from './roster.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

interface SwitchboardDeps {
  readonly db: Database;
  readonly people: People;
  readonly clock: Clock;
  /** Gets the ids of sessions and nothing else. */
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly scenarios: readonly ScenarioCard[];
  readonly masking: readonly DeskMaskingRule[];
  readonly publicUrl: () => string;
}

/** The desk itself, without sockets: who is here, who waits, who rings whom. */
export interface Switchboard {
  readonly roster: Roster;
  readonly sessions: Sessions;
  readonly room: WaitingRoom;
  arrive(person: Person, line: Line): void;
  handle(asker: Asker, request: PersonRequest): Result<unknown, DeskReason>;
  /** Ends leases and rings whose time is over. */
  sweep(): void;
}

export function createSwitchboard(deps: SwitchboardDeps): Switchboard {
  const { db, people, clock, log, metrics, scenarios, masking, publicUrl } = deps;
  const sessions = createSessions({
    db,
    clock,
    log,
    onGone(personId, sessionId, reason) {
      metrics.rings.inc({ result: reason });
      roster.send(personId, { type: 'gone', sessionId, reason });
    },
    onChange({ callerId, calleeId }, wasCall) {
      for (const personId of [callerId, calleeId]) {
        if (wasCall) roster.callEnded(personId);
        roster.refresh(personId);
      }
    },
  });
  const roster = createRoster({ people, clock, isInCall: sessions.isInCall });
  const room = createWaitingRoom(db, clock, () => dispatcher.announce());
  const introductions = createIntroductions({ roster, sessions, scenarios });
  const dispatcher = createDispatcher({ room, roster, sessions, introductions, scenarios });
  const codes = createCodeDesk(db, clock);
  const handle = createRequestHandler({
    ...{ roster, sessions, room, codes, introductions, dispatcher, scenarios, publicUrl },
  });

  for (const { personId } of room.entries()) roster.expect(personId);
  for (const { callerId, calleeId } of sessions.ringing()) [callerId, calleeId].forEach(roster.expect);

  function lose(personId: string) {
    for (const session of sessions.of(personId)) {
      const { sessionId, state, callerId } = session;
      if (state !== 'ringing') continue;
      sessions.step(sessionId, { type: 'lost', who: personId });
      dispatcher.settle(session, personId === callerId ? 'customer-left' : 'expert-lost');
    }
    room.leave(personId);
  }

  return {
    roster,
    sessions,
    room,
    arrive(person, line) {
      const { personId } = line;
      roster.arrive(person, line);
      line.send({
        type: 'welcome',
        person: person.card,
        presence: roster.shown(personId),
        scenarios: [...scenarios],
        ...(masking.length > 0 && { masking: [...masking] }),
      });
      if (person.card.role === 'expert') {
        line.send({ type: 'directory', people: roster.directoryFor(personId) });
        line.send({ type: 'waiting', entries: dispatcher.waitingList() });
      }
      introductions.remind(personId);
      dispatcher.forgetTold(personId);
      if (room.find(personId) !== undefined) dispatcher.announce();
      dispatcher.route();
    },
    handle,
    sweep() {
      roster.sweep().forEach(lose);
      for (const session of sessions.ringing()) {
        if (session.ringEndsAt + RING_GRACE_MS > clock.now()) continue;
        sessions.step(session.sessionId, { type: 'rung-out' });
        dispatcher.settle(session, 'refused');
      }
      sessions.sweep(roster.isHere);
      codes.sweep();
      dispatcher.route();
    },
  };
}
