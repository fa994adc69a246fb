import { fail, ok, type Result } from '../shared/result.ts';

/** Where a waiting customer rings now. */
export interface QueueRing {
  readonly expertId: string;
  readonly sessionId: string;
  readonly claimed: boolean;
}

export interface QueueEntry {
  readonly queueId: string;
  readonly personId: string;
  /** Order in the queue; smaller is nearer to the head. */
  readonly rank: number;
  readonly ring: QueueRing | null;
  /** Experts who declined or did not answer, and until when (epoch ms) they are not rung for this customer again. */
  readonly spared: Readonly<Record<string, number>>;
}

/** Ordered by rank. A person stands in it once at most. */
export type Queue<E extends QueueEntry = QueueEntry> = readonly E[];

export interface FreeExpert {
  readonly personId: string;
  /** Since when they have had nothing to do, epoch ms. */
  readonly idleSince: number;
}

/** A customer who was declined by the only expert rings there again after this time. */
export const SPARE_MS = 60_000;

/** Adds `entry` at the end. A person who already waits keeps their place, and `entry` is dropped. */
export function joinQueue<E extends QueueEntry>(queue: Queue<E>, entry: E): Queue<E> {
  if (queue.some(({ personId }) => personId === entry.personId)) return queue;
  const last = queue.at(-1)?.rank ?? 0;
  return [...queue, { ...entry, rank: last + 1 }];
}

export const leaveQueue = <E extends QueueEntry>(queue: Queue<E>, personId: string): Queue<E> =>
  queue.filter((entry) => entry.personId !== personId);

/** 1 for the next in turn, 0 for somebody who doesn't wait. */
export const positionOf = (queue: Queue, personId: string): number =>
  queue.findIndex((entry) => entry.personId === personId) + 1;

/** Who rings where: first come, first served, each at the expert who has been idle longest. Every expert at most once. */
export function planRings(
  queue: Queue,
  experts: readonly FreeExpert[],
  now: number,
): readonly { readonly queueId: string; readonly expertId: string }[] {
  const free = experts.toSorted((a, b) => a.idleSince - b.idleSince);
  const plan = [];
  for (const { queueId, ring, spared } of queue) {
    if (ring !== null) continue;
    const index = free.findIndex(({ personId }) => (spared[personId] ?? 0) <= now);
    const [expert] = index < 0 ? [] : free.splice(index, 1);
    if (expert !== undefined) plan.push({ queueId, expertId: expert.personId });
  }
  return plan;
}

/** Starts a ring that `planRings` chose. Nothing happens to an entry that rings already. */
export const startRing = <E extends QueueEntry>(queue: Queue<E>, queueId: string, ring: QueueRing): Queue<E> =>
  update(queue, queueId, (entry) => (entry.ring === null ? { ...entry, ring } : entry));

/** Declined or not answered: the customer keeps the place, the expert is spared for a while. */
export function sparedRing<E extends QueueEntry>(queue: Queue<E>, sessionId: string, now: number): Queue<E> {
  return updateRing(queue, sessionId, (entry, { expertId }) => ({
    ...entry,
    ring: null,
    spared: { ...entry.spared, [expertId]: now + SPARE_MS },
  }));
}

/** The expert was lost: their customer goes to the head. */
export function returnToHead<E extends QueueEntry>(queue: Queue<E>, sessionId: string): Queue<E> {
  const head = (queue[0]?.rank ?? 0) - 1;
  const returned = updateRing(queue, sessionId, (entry) => ({ ...entry, ring: null, rank: head }));
  return returned.toSorted((a, b) => a.rank - b.rank);
}

export const answerRing = <E extends QueueEntry>(queue: Queue<E>, sessionId: string): Queue<E> =>
  queue.filter(({ ring }) => ring?.sessionId !== sessionId);

/**
 * An expert takes a customer out of turn. The first claim wins, also over a ring that goes on elsewhere; `displaced` is
 * the ring that has to stop.
 */
export function claimEntry<E extends QueueEntry>(
  queue: Queue<E>,
  queueId: string,
  claim: { readonly expertId: string; readonly sessionId: string },
): Result<{ readonly queue: Queue<E>; readonly displaced: QueueRing | null }, 'already-claimed'> {
  const entry = queue.find((one) => one.queueId === queueId);
  if (entry === undefined || entry.ring?.claimed === true) return fail('already-claimed');
  const ring = { ...claim, claimed: true };
  return ok({ queue: update(queue, queueId, (one) => ({ ...one, ring })), displaced: entry.ring });
}

const update = <E extends QueueEntry>(queue: Queue<E>, queueId: string, change: (entry: E) => E): Queue<E> =>
  queue.map((entry) => (entry.queueId === queueId ? change(entry) : entry));

const updateRing = <E extends QueueEntry>(
  queue: Queue<E>,
  sessionId: string,
  change: (entry: E, ring: QueueRing) => E,
): Queue<E> => queue.map((entry) => (entry.ring?.sessionId === sessionId ? change(entry, entry.ring) : entry));
