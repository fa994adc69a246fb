import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { MayAnswer } from '../../../lib/rtc/link.ts';
import { createOfferGate } from '../../../lib/rtc/offer-gate.ts';

const FRIEND = 'peer-of-a-friend';
/** The bound in offer-gate.ts: an offer and its candidates. */
const MAX_HELD = 64;

/** A gate before a Peer that notes what gets through. */
function createScene(first: ReturnType<MayAnswer>) {
  let verdict = first;
  const asked: string[] = [];
  const delivered: unknown[] = [];
  const missed: string[] = [];
  const socket = new EventEmitter();
  socket.on('message', (message) => delivered.push(message));
  const gate = createOfferGate((peerId) => {
    asked.push(peerId);
    return verdict;
  });
  gate.guard(socket);
  const release = gate.onMissed((peerId) => missed.push(peerId));
  return {
    ...{ gate, asked, delivered, missed, release },
    arrives: (message: unknown) => void socket.emit('message', message),
    decide(next: ReturnType<MayAnswer>) {
      verdict = next;
      gate.reconsider();
    },
  };
}

const offer = (n = 1, src = FRIEND) => ({ type: 'OFFER', src, payload: { n } });
const candidate = (n: number, src = FRIEND) => ({ type: 'CANDIDATE', src, payload: { n } });

describe('an offer', () => {
  test('that may be answered goes through, and its candidates after it', () => {
    const scene = createScene('yes');
    for (const message of [offer(), candidate(1), candidate(2)]) scene.arrives(message);
    expect(scene.delivered).toEqual([offer(), candidate(1), candidate(2)]);
  });

  test('that may not be answered is never seen by the Peer', () => {
    const scene = createScene('no');
    scene.arrives(offer());
    scene.decide('yes');
    expect(scene.delivered).toEqual([]);
  });

  test('waits with its candidates while it is undecided, and then goes through in order', () => {
    const scene = createScene('hold');
    for (const message of [offer(), candidate(1), candidate(2)]) scene.arrives(message);
    scene.decide('hold');
    expect(scene.delivered).toEqual([]);
    scene.decide('yes');
    expect(scene.delivered).toEqual([offer(), candidate(1), candidate(2)]);
    scene.gate.reconsider();
    expect(scene.delivered).toHaveLength(3);
  });

  test('that waited is dropped with its candidates when the answer is no', () => {
    const scene = createScene('hold');
    for (const message of [offer(), candidate(1)]) scene.arrives(message);
    scene.decide('no');
    scene.decide('yes');
    expect(scene.delivered).toEqual([]);
  });

  test('takes the place of an earlier one of the same peer, candidates and all', () => {
    const scene = createScene('hold');
    for (const message of [offer(1), candidate(1), offer(2), candidate(2)]) scene.arrives(message);
    scene.decide('yes');
    expect(scene.delivered).toEqual([offer(2), candidate(2)]);
  });

  test('of one peer says nothing about another', () => {
    const scene = createScene('hold');
    scene.arrives(offer(1, 'peer-of-a'));
    scene.arrives(offer(1, 'peer-of-b'));
    scene.arrives(candidate(1, 'peer-of-a'));
    expect(new Set(scene.asked)).toEqual(new Set(['peer-of-a', 'peer-of-b']));
    scene.decide('yes');
    expect(scene.delivered).toHaveLength(3);
  });

  test('keeps a bounded number of candidates waiting', () => {
    const scene = createScene('hold');
    scene.arrives(offer());
    for (let n = 1; n <= 10 * MAX_HELD; n += 1) scene.arrives(candidate(n));
    scene.decide('yes');
    expect(scene.delivered).toHaveLength(MAX_HELD);
    expect(scene.delivered[0]).toEqual(offer());
  });
});

describe('what is no offer', () => {
  test('goes through: answers, candidates for a link that is being made, and the server’s own words', () => {
    const scene = createScene('no');
    const messages = [{ type: 'ANSWER', src: FRIEND }, candidate(1), { type: 'OPEN' }];
    for (const message of messages) scene.arrives(message);
    expect(scene.delivered).toEqual(messages);
    expect(scene.asked).toEqual([]);
  });

  test.each(['LEAVE', 'EXPIRE'])('%s is told to whoever dials, and not to the Peer', (type) => {
    const scene = createScene('yes');
    scene.arrives({ type, src: FRIEND });
    expect(scene.missed).toEqual([FRIEND]);
    scene.release();
    scene.arrives({ type, src: FRIEND });
    expect(scene.missed).toHaveLength(1);
    expect(scene.delivered).toEqual([]);
  });

  test.each([null, 'OFFER', 1, [], {}, { type: 1 }, { type: null, src: FRIEND }])('%j is dropped', (message) => {
    const scene = createScene('yes');
    scene.arrives(message);
    expect(scene.delivered).toEqual([]);
  });
});

test('a socket without a listener means that PeerJS has changed, and is said at once', () => {
  const gate = createOfferGate(() => 'yes');
  expect(() => gate.guard(new EventEmitter())).toThrow('PeerJS changed');
});

test('strangers without end fill no memory: only so many wait at once', () => {
  const scene = createScene('hold');
  for (let n = 0; n < 1_000; n += 1) scene.arrives(offer(n, `stranger-${n}`));
  scene.decide('yes');
  expect(scene.delivered).toHaveLength(16);
});
