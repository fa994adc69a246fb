import { findScenario } from '../../lib/desk/scenarios.ts';
import { createId } from '../../lib/shared/ids.ts';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import type { ScenarioCard, WaitingEntry } from '../../lib/protocol/desk-messages.ts';
import type { Introductions } from './introductions.ts';
import type { Roster } from './roster.ts';
import type { Sessions, StoredSession } from './sessions.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface Dispatcher {
  /** Rings free experts for those who wait. To be called whenever either side may have changed. */
  route(): void;
  claim(expertId: string, queueId: string): Result<undefined, 'already-claimed' | 'busy'>;
  /** What the end of a ring means for the queue. */
  settle(session: StoredSession, outcome: 'answered' | 'refused' | 'expert-lost' | 'customer-left'): void;
  /** Tells experts the list and customers their places, where they changed. Several changes at once are told once. */
  announce(): void;
  waitingList(): WaitingEntry[];
  /** The customer's place is told (again) by the next `announce`. */
  forgetTold(personId: string): void;
}

interface DispatcherDeps {
  readonly room: WaitingRoom;
  readonly roster: Roster;
  readonly sessions: Sessions;
  readonly introductions: Introductions;
  readonly scenarios: readonly ScenarioCard[];
}

export function createDispatcher({ room, roster, sessions, introductions, scenarios }: DispatcherDeps): Dispatcher {
  const toldPosition = new Map<string, number>();
  let pending = false;

  const waitingList = (): WaitingEntry[] =>
    room.entries().map(({ queueId, personId, scenarioId, since, ring }) => ({
      queueId,
      name: roster.card(personId)?.name ?? '?',
      scenario: findScenario(scenarios, scenarioId) ?? { id: scenarioId, name: scenarioId },
      since,
      ringing: ring !== null,
    }));

  function tell() {
    pending = false;
    const entries = waitingList();
    for (const expertId of roster.experts()) roster.send(expertId, { type: 'waiting', entries });
    const positions = new Map(room.entries().map(({ personId }, index) => [personId, index + 1]));
    for (const [personId, position] of positions)
      if (toldPosition.get(personId) !== position && roster.send(personId, { type: 'queue', position }))
        toldPosition.set(personId, position);
    for (const personId of toldPosition.keys()) if (!positions.has(personId)) toldPosition.delete(personId);
  }

  function introduce(queueId: string, expertId: string, ring: { sessionId: string; claimed: boolean }) {
    const entry = room.entries().find((one) => one.queueId === queueId);
    if (entry === undefined) return;
    const { personId: callerId, scenarioId, facts } = entry;
    introductions.introduce({ ...ring, origin: 'queue', callerId, calleeId: expertId, scenarioId, facts });
  }

  return {
    route() {
      if (room.entries().length === 0) return;
      const free = roster.availableExperts().filter(({ personId }) => sessions.of(personId).length === 0);
      for (const { queueId, expertId } of room.plan(free)) {
        const ring = { sessionId: createId(), claimed: false };
        room.ring(queueId, { ...ring, expertId });
        introduce(queueId, expertId, ring);
      }
    },
    claim(expertId, queueId) {
      const rung = room.entries().find(({ ring }) => ring?.expertId === expertId);
      if (sessions.of(expertId).some(({ sessionId }) => sessionId !== rung?.ring?.sessionId)) return fail('busy');
      const sessionId = createId();
      const claimed = room.claim(queueId, { expertId, sessionId });
      if (!claimed.ok) return claimed;
      const { displaced } = claimed.value;
      if (displaced !== null) sessions.step(displaced.sessionId, { type: 'taken-over' });
      // The claimer was being rung for somebody else: that one goes on to the next expert.
      if (rung?.ring !== undefined && rung.ring !== null && rung.queueId !== queueId) {
        const left = sessions.step(rung.ring.sessionId, { type: 'declined', by: expertId });
        if (left.ok) room.settle(rung.ring.sessionId, 'refused');
      }
      introduce(queueId, expertId, { sessionId, claimed: true });
      return ok(undefined);
    },
    settle({ origin, callerId, sessionId }, outcome) {
      if (origin !== 'queue') return;
      // They were told of an expert meanwhile: whoever waits again is told the place, also when it is the same one.
      toldPosition.delete(callerId);
      if (outcome === 'customer-left') room.leave(callerId);
      else room.settle(sessionId, outcome);
    },
    announce() {
      if (pending) return;
      pending = true;
      queueMicrotask(tell);
    },
    waitingList,
    forgetTold: (personId) => void toldPosition.delete(personId),
  };
}
