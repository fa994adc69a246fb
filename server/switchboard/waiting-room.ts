import * as v from 'valibot';
import {
  answerRing,
  claimEntry,
  joinQueue,
  leaveQueue,
  planRings,
  positionOf,
  returnToHead,
  sparedRing,
  startRing,
  type FreeExpert,
  type Queue,
  type QueueRing,
} from '../../lib/desk/queue.ts';
import { Facts } from '../../lib/protocol/desk-messages.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import { createId } from '../../lib/shared/ids.ts';
import type { Result } from '../../lib/shared/result.ts';
import type { Database } from '../store/database.ts';
import { createDocuments } from '../store/documents.ts';

const StoredWaiting = v.object({
  queueId: v.string(),
  personId: v.string(),
  rank: v.number(),
  spared: v.record(v.string(), v.number()),
  scenarioId: v.string(),
  facts: Facts,
  since: v.number(),
  ring: v.nullable(v.object({ expertId: v.string(), sessionId: v.string(), claimed: v.boolean() })),
});
export type Waiting = v.InferOutput<typeof StoredWaiting>;

export interface WaitingRoom {
  entries(): Queue<Waiting>;
  find(personId: string): Waiting | undefined;
  join(personId: string, scenarioId: string, facts: Waiting['facts']): Waiting;
  leave(personId: string): void;
  plan(experts: readonly FreeExpert[]): ReturnType<typeof planRings>;
  ring(queueId: string, ring: QueueRing): void;
  claim(queueId: string, ring: Omit<QueueRing, 'claimed'>): Result<{ displaced: QueueRing | null }, 'already-claimed'>;
  /** How a ring ended. */
  settle(sessionId: string, outcome: 'answered' | 'refused' | 'expert-lost'): void;
}

/** The queue of those who asked for help, written through to the store. `onChange` runs after each change. */
export function createWaitingRoom(db: Database, clock: Clock, onChange: () => void): WaitingRoom {
  const documents = createDocuments(db, 'queue', StoredWaiting);
  let queue: Queue<Waiting> = documents.all().toSorted((a, b) => a.rank - b.rank);

  function set(next: Queue<Waiting>) {
    const before = new Map(queue.map((entry) => [entry.queueId, entry]));
    for (const entry of next) {
      if (before.get(entry.queueId) !== entry) documents.put(entry.queueId, entry);
      before.delete(entry.queueId);
    }
    for (const queueId of before.keys()) documents.remove(queueId);
    queue = next;
    onChange();
  }
  const find = (personId: string) => queue.find((entry) => entry.personId === personId);

  return {
    entries: () => queue,
    find,
    join(personId, scenarioId, facts) {
      const fresh = { queueId: createId(), personId, rank: 0, spared: {}, ring: null, scenarioId, facts };
      const waiting = find(personId) ?? { ...fresh, since: clock.now() };
      set(joinQueue(queue, waiting));
      return waiting;
    },
    leave: (personId) => positionOf(queue, personId) > 0 && set(leaveQueue(queue, personId)),
    plan: (experts) => planRings(queue, experts, clock.now()),
    ring: (queueId, ring) => set(startRing(queue, queueId, ring)),
    claim(queueId, ring) {
      const claimed = claimEntry(queue, queueId, ring);
      if (!claimed.ok) return claimed;
      set(claimed.value.queue);
      return { ok: true, value: { displaced: claimed.value.displaced } };
    },
    settle(sessionId, outcome) {
      if (outcome === 'answered') set(answerRing(queue, sessionId));
      else if (outcome === 'refused') set(sparedRing(queue, sessionId, clock.now()));
      else set(returnToHead(queue, sessionId));
    },
  };
}
