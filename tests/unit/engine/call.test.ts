import { describe, expect, test, vi } from 'vitest';
import type { Call } from '../../../lib/engine/create-call.ts';
import { PROTOCOL_VERSION } from '../../../lib/protocol/limits.ts';
import { createMessagesModel } from '../../../lib/state/messages-model.ts';
import { systemClock } from '../../../lib/shared/clock.ts';
import { createCallPair, type PairOptions } from '../../fakes/fake-call.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const kindOf = (call: Call) => call.phase.peek().kind;

async function ringingPair(options?: PairOptions) {
  const pair = createCallPair(options);
  pair.ring();
  await vi.waitFor(() => {
    expect(pair.caller.call.link.peek()).not.toBeNull();
    expect(pair.callee.call.link.peek()).not.toBeNull();
  });
  return pair;
}

async function activePair(options?: PairOptions) {
  const pair = await ringingPair(options);
  pair.callee.call.answer();
  await vi.waitFor(() => expect([kindOf(pair.caller.call), kindOf(pair.callee.call)]).toEqual(['active', 'active']));
  return pair;
}

describe('a call', () => {
  test('is linked while it rings, and shows both ends the same code', async () => {
    const { caller, callee } = await ringingPair();
    expect(caller.call.phase.peek()).toMatchObject({ kind: 'dialling', linked: true });
    expect(callee.call.phase.peek()).toMatchObject({ kind: 'ringing', linked: true });
    expect(caller.call.verification.peek()).toHaveLength(3);
    expect(caller.call.verification.peek()).toEqual(callee.call.verification.peek());
  });

  test('opens at both ends by Answer, and ends at both by Exit', async () => {
    const { caller, callee } = await activePair();
    caller.call.end('exited', true, { type: 'exit' });
    await vi.waitFor(() => expect(kindOf(callee.call)).toBe('ended'));
    expect(caller.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'exited', mine: true });
    expect(callee.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'exited', mine: false });
    expect([caller.stored(), callee.stored()]).toEqual([null, null]);
  });

  test('declined is declined at the other end', async () => {
    const { caller, callee } = await ringingPair();
    callee.call.end('declined', true, { type: 'decline' });
    await vi.waitFor(() => expect(caller.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'declined' }));
  });

  test('gives no address away before Answer where the callee wants that', async () => {
    const pair = createCallPair({ hideAddressUntilAnswer: true });
    pair.ring();
    const stillRings = () => expect(pair.callee.call.phase.peek()).toMatchObject({ kind: 'ringing', linked: false });
    await vi.waitFor(stillRings);
    pair.callee.call.answer();
    await vi.waitFor(() => expect(kindOf(pair.caller.call)).toBe('active'));
  });

  test('nobody who lacks the secret of the session gets a link', async () => {
    const pair = createCallPair({ calleeSecret: 'another-secret-altogether' });
    pair.ring();
    await vi.waitFor(() => expect(pair.caller.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'untrusted' }));
    expect(pair.callee.call.link.peek()).toBeNull();
  });

  test('nobody answers: missed at both ends', async () => {
    const clock = createManualClock();
    const pair = createCallPair({ clock });
    pair.ring();
    await vi.waitFor(() => expect(pair.callee.call.link.peek()).not.toBeNull());
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(pair.caller.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'missed' });
    }, 10_000);
    await vi.waitFor(() => expect(pair.callee.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'missed' }));
  });

  test('a pause is known at both ends, and either may end it', async () => {
    const { caller, callee } = await activePair();
    caller.call.setPaused(true);
    await vi.waitFor(() => expect(callee.call.pause.peek()).toEqual({ by: 'Ravi', mine: false }));
    expect(caller.call.pause.peek()).toEqual({ by: 'Ravi', mine: true });
    callee.call.setPaused(false);
    await vi.waitFor(() => expect(caller.call.pause.peek()).toBeNull());
  });
});

test('what is sent while a message is being handled is numbered after it, and arrives', async () => {
  const { caller, callee } = await activePair();
  const [asker, answerer] = [caller, callee].map(({ call }) =>
    createMessagesModel({ call, clock: systemClock, ownName: () => 'me' }),
  );
  callee.call.on('pause', ({ on }) => answerer?.send(on ? 'paused' : 'resumed'));
  caller.call.setPaused(true);
  caller.call.setPaused(false);
  await vi.waitFor(() => expect(asker?.items.peek().map(({ text }) => text)).toEqual(['paused', 'resumed']));
  answerer?.send('done');
  await vi.waitFor(() => expect(asker?.items.peek()).toHaveLength(3));
});

describe('an outage', () => {
  test('is bridged by a new link, and what was said meanwhile arrives once and in order', async () => {
    const { caller, callee, network } = await activePair();
    const ends = [caller, callee].map(({ call }) =>
      createMessagesModel({ call, clock: systemClock, ownName: () => 'me' }),
    );
    ends[0]?.send('one');
    network.setUp(false);
    network.cut();
    await vi.waitFor(() =>
      expect(caller.call.phase.peek()).toMatchObject({ kind: 'active', lostSince: expect.any(Number) }),
    );
    ends[0]?.send('two');
    ends[1]?.send('three');
    network.setUp(true);
    const textsAt = (end: number) => ends[end]?.items.peek().map(({ text }) => text);
    await vi.waitFor(() => {
      expect(textsAt(0)).toEqual(['one', 'two', 'three']);
      expect(textsAt(1)?.toSorted()).toEqual(['one', 'three', 'two']);
      expect(ends[0]?.items.peek().map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered', 'delivered']);
    }, 5_000);
    expect(caller.call.phase.peek()).toMatchObject({ lostSince: null });
  });

  test('silence is noticed within three seconds, and a link that comes back by itself is kept', async () => {
    const clock = createManualClock();
    const { caller, network } = await activePair({ clock });
    const link = caller.call.link.peek();
    network.setUp(false);
    clock.advance(3_000);
    expect(caller.call.phase.peek()).toMatchObject({ lostSince: expect.any(Number) });
    network.setUp(true);
    await vi.waitFor(() => {
      clock.advance(500);
      expect(caller.call.phase.peek()).toMatchObject({ lostSince: null });
    });
    expect(link).not.toBeNull();
  });

  test('ten minutes without a link end the session', async () => {
    const clock = createManualClock();
    const { caller, network } = await activePair({ clock });
    network.setUp(false);
    clock.advance(600_000 + 4_000);
    expect(caller.call.phase.peek()).toMatchObject({ kind: 'ended', reason: 'lost' });
  });

  test('a side that lost its page goes on from what it stored', async () => {
    const { caller, callee, network, introductions } = await activePair();
    const record = caller.stored();
    if (!record) throw new Error('nothing was stored');
    network.cut();
    const again = createCallPair();
    // The same network would hand the id to the new page; here its session record is what matters.
    again.caller.call.resume(structuredClone({ ...record, chat: [] }));
    expect(again.caller.call.phase.peek()).toMatchObject({
      kind: 'active',
      sessionId: introductions.toCaller.sessionId,
    });
    expect(callee.call.phase.peek()).toMatchObject({ kind: 'active' });
  });
});

describe('a hostile peer', () => {
  test('changes nothing with messages that are not its to send, malformed, or from another version', async () => {
    const { caller, callee } = await activePair();
    const link = caller.call.link.peek();
    const before = callee.call.phase.peek();
    const hostile: unknown[] = [
      { type: 'answer', at: 1 },
      { type: 'cancel', reason: 'cancelled' },
      { type: 'chat', id: 'abcd', at: 1, text: 'x'.repeat(5_000) },
      { type: 'chat', id: 'abcd', at: -1, text: 'x' },
      { type: 'media', state: { mic: 'on', camera: 'on', screen: 'off', extra: 1 } },
      JSON.parse('{"type":"pause","on":true,"__proto__":{"on":false},"constructor":1}'),
      { type: 'no-such-message' },
      null,
      [],
      'chat',
    ];
    hostile.forEach((body, index) => link?.send({ type: 'numbered', seq: 1 + index, body }));
    await vi.waitFor(() => expect(callee.call.rejected()).toBeGreaterThanOrEqual(8));
    expect(callee.call.phase.peek()).toEqual(before);
    expect(callee.call.pause.peek()).toBeNull();
    expect(Object.prototype).not.toHaveProperty('on');
  });

  test('a message out of order ends the link, not the session', async () => {
    const { caller, callee } = await activePair();
    const first = callee.call.link.peek();
    caller.call.link.peek()?.send({ type: 'numbered', seq: 1_000, body: { type: 'exit' } });
    await vi.waitFor(() => {
      expect(callee.call.link.peek()).not.toBeNull();
      expect(callee.call.link.peek()).not.toBe(first);
    }, 5_000);
    expect(kindOf(callee.call)).toBe('active');
  });

  test('another protocol version is told apart from a wrong secret', async () => {
    const pair = createCallPair();
    const refusals: string[] = [];
    pair.callee.call.begin(pair.introductions.toCallee, 'incoming', false);
    const dialled = await pair.network.hub('peer-of-caller').dial('peer-of-callee', new AbortController().signal);
    if (!dialled.ok) throw new Error(dialled.reason);
    dialled.value.onMessage((message) => message.type === 'refuse' && refusals.push(message.reason));
    dialled.value.send({
      type: 'hello',
      version: PROTOCOL_VERSION + 1,
      sessionId: 'session-00000001',
      name: 'Ravi',
      proof: '0'.repeat(64),
      received: 0,
      commitment: '0'.repeat(64),
    });
    await vi.waitFor(() => expect(refusals).toEqual(['version']));
  });
});
