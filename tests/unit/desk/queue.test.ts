import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerRing,
  claimEntry,
  joinQueue,
  leaveQueue,
  planRings,
  positionOf,
  returnToHead,
  sparedRing,
  SPARE_MS,
  startRing,
  type Queue,
  type QueueEntry,
} from '../../../lib/desk/queue.ts';

const entry = (name: string): QueueEntry => ({ queueId: `q-${name}`, personId: name, rank: 0, ring: null, spared: {} });
const queueOf = (...names: string[]): Queue => names.reduce<Queue>((queue, name) => joinQueue(queue, entry(name)), []);
const ringing = (queue: Queue, name: string, expertId: string): Queue =>
  startRing(queue, `q-${name}`, { expertId, sessionId: `${name}>${expertId}`, claimed: false });
const names = (queue: Queue) => queue.map(({ personId }) => personId);
const experts = (...list: [personId: string, idleSince: number][]) =>
  list.map(([personId, idleSince]) => ({ personId, idleSince }));

describe('who rings where', () => {
  test('the first customer rings at the expert who has been idle longest', () => {
    expect(planRings(queueOf('ann', 'ben'), experts(['x', 20], ['y', 10]), 0)).toEqual([
      { queueId: 'q-ann', expertId: 'y' },
      { queueId: 'q-ben', expertId: 'x' },
    ]);
  });

  test('nobody rings twice, and an expert for one customer at a time', () => {
    const queue = ringing(queueOf('ann', 'ben', 'cem'), 'ann', 'x');
    expect(planRings(queue, experts(['y', 0]), 0)).toEqual([{ queueId: 'q-ben', expertId: 'y' }]);
  });

  test('after a decline the next expert, and the same one only after a while', () => {
    const queue = sparedRing(ringing(queueOf('ann'), 'ann', 'x'), 'ann>x', 1_000);
    expect(planRings(queue, experts(['x', 0], ['y', 5]), 1_000)).toEqual([{ queueId: 'q-ann', expertId: 'y' }]);
    expect(planRings(queue, experts(['x', 0]), 1_000 + SPARE_MS - 1)).toEqual([]);
    expect(planRings(queue, experts(['x', 0]), 1_000 + SPARE_MS)).toEqual([{ queueId: 'q-ann', expertId: 'x' }]);
  });

  test('an expert who is spared by the first customer is there for the second', () => {
    const queue = sparedRing(ringing(queueOf('ann', 'ben'), 'ann', 'x'), 'ann>x', 0);
    expect(planRings(queue, experts(['x', 0]), 1)).toEqual([{ queueId: 'q-ben', expertId: 'x' }]);
  });
});

describe('places', () => {
  test('count from one; joining twice keeps the place', () => {
    const queue = joinQueue(queueOf('ann', 'ben'), { ...entry('ann'), queueId: 'q-other' });
    expect(names(queue)).toEqual(['ann', 'ben']);
    expect(['ann', 'ben', 'eve'].map((name) => positionOf(queue, name))).toEqual([1, 2, 0]);
  });

  test('the customer of a lost expert goes to the head', () => {
    const queue = ringing(queueOf('ann', 'ben', 'cem'), 'cem', 'x');
    expect(names(returnToHead(queue, 'cem>x'))).toEqual(['cem', 'ann', 'ben']);
  });

  test('a declined customer keeps the place, an answered one leaves', () => {
    const queue = ringing(queueOf('ann', 'ben'), 'ann', 'x');
    expect(names(sparedRing(queue, 'ann>x', 0))).toEqual(['ann', 'ben']);
    expect(names(answerRing(queue, 'ann>x'))).toEqual(['ben']);
  });
});

describe('claims', () => {
  test('stop a ring elsewhere', () => {
    const claimed = claimEntry(ringing(queueOf('ann'), 'ann', 'x'), 'q-ann', { expertId: 'y', sessionId: 's' });
    expect(claimed).toMatchObject({ ok: true, value: { displaced: { expertId: 'x' } } });
  });

  test('have one winner, whatever the order', () => {
    const claimers = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(claimers, fc.boolean(), (list, isRinging) => {
        let queue = isRinging ? ringing(queueOf('ann', 'ben'), 'ann', 'somebody') : queueOf('ann', 'ben');
        const winners = list.filter((expertId) => {
          const claimed = claimEntry(queue, 'q-ann', { expertId, sessionId: expertId });
          if (claimed.ok) queue = claimed.value.queue;
          return claimed.ok;
        });
        expect(winners).toEqual([list[0]]);
        expect(queue.filter(({ ring }) => ring?.claimed === true)).toHaveLength(1);
      }),
    );
  });

  test('of somebody who is gone fail', () => {
    expect(claimEntry(queueOf('ann'), 'q-eve', { expertId: 'x', sessionId: 's' })).toMatchObject({
      reason: 'already-claimed',
    });
  });
});

type Step = { readonly type: string; readonly who: number; readonly by: number };

test('whatever happens, a customer stands in the queue exactly once from asking until answered or gone', () => {
  const step = fc.record({
    type: fc.constantFrom('join', 'leave', 'route', 'refuse', 'lose', 'claim', 'answer'),
    who: fc.nat(4),
    by: fc.nat(2),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), checkHistory), { numRuns: 500 });
});

function checkHistory(steps: readonly Step[]) {
  let queue: Queue = [];
  const waiting = new Set<string>();
  for (const [now, { type, who, by }] of steps.entries()) {
    const person = `person-${who}`;
    const expertId = `expert-${by}`;
    const ring = queue.find(({ personId }) => personId === person)?.ring ?? null;
    const busy = new Set(queue.map((one) => one.ring?.expertId));
    if (type === 'join') {
      queue = joinQueue(queue, { ...entry(person), queueId: `q-${now}` });
      waiting.add(person);
    } else if (type === 'leave') {
      queue = leaveQueue(queue, person);
      waiting.delete(person);
    } else if (type === 'route') {
      const free = ['expert-0', 'expert-1', 'expert-2'].filter((id) => !busy.has(id));
      for (const { queueId, expertId } of planRings(
        queue,
        free.map((personId) => ({ personId, idleSince: 0 })),
        now,
      ))
        queue = startRing(queue, queueId, { expertId, sessionId: `s-${now}-${queueId}`, claimed: false });
    } else if (type === 'refuse' && ring) queue = sparedRing(queue, ring.sessionId, now);
    else if (type === 'lose' && ring) {
      queue = returnToHead(queue, ring.sessionId);
      expect(queue[0]?.personId).toBe(person);
    } else if (type === 'claim' && !busy.has(expertId)) {
      const target = queue.find(({ personId }) => personId === person);
      const claimed = claimEntry(queue, target?.queueId ?? '', { expertId, sessionId: `s-${now}` });
      if (claimed.ok) queue = claimed.value.queue;
    } else if (type === 'answer' && ring) {
      queue = answerRing(queue, ring.sessionId);
      waiting.delete(person);
    }
    expect([...names(queue)].sort()).toEqual([...waiting].sort());
    const rung = queue.flatMap((one) => one.ring?.expertId ?? []);
    expect(new Set(rung).size).toBe(rung.length);
    expect(queue.map(({ rank }) => rank)).toEqual(queue.map(({ rank }) => rank).toSorted((a, b) => a - b));
  }
}
