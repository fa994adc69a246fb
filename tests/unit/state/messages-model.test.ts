import { describe, expect, test, vi } from 'vitest';
import { MAX_CHAT_CHARS } from '../../../lib/protocol/limits.ts';
import { createMessagesModel, type Messages } from '../../../lib/state/messages-model.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { type CallPair, createCallPair } from '../../fakes/fake-call.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** Ravi calls Marta. Their clock is the models' alone: the call itself runs in real time. */
function createScene(pair: CallPair) {
  const clock = createManualClock();
  const ravi = createMessagesModel({ call: pair.caller.call, clock, ownName: () => 'Ravi' });
  const marta = createMessagesModel({ call: pair.callee.call, clock, ownName: () => 'Marta' });
  return { ...pair, clock, ravi, marta };
}

const inCall = async () => createScene(await createActiveCall());
const textsOf = (messages: Messages) => messages.items.peek().map(({ text }) => text);
const deliveriesOf = (messages: Messages) => messages.items.peek().map(({ delivery }) => delivery);

describe('a message', () => {
  test('arrives with its author, and is told delivered and seen', async () => {
    const { ravi, marta } = await inCall();
    ravi.send('Which part is it?');
    expect(deliveriesOf(ravi)).toEqual(['sending']);
    await vi.waitFor(() => expect(marta.items.peek()).toMatchObject([{ mine: false, author: 'Ravi' }]));
    await vi.waitFor(() => expect(deliveriesOf(ravi)).toEqual(['delivered']));
    expect(marta.unread.peek()).toBe(1);
    marta.setOpen(true);
    expect(marta.unread.peek()).toBe(0);
    await vi.waitFor(() => expect(deliveriesOf(ravi)).toEqual(['seen']));
  });

  test('that arrives while the list is open is seen at once', async () => {
    const { ravi, marta } = await inCall();
    marta.setOpen(true);
    ravi.send('one');
    ravi.send('two');
    await vi.waitFor(() => expect(deliveriesOf(ravi)).toEqual(['seen', 'seen']));
    marta.setOpen(false);
    ravi.send('three');
    await vi.waitFor(() => expect(marta.unread.peek()).toBe(1));
    expect(deliveriesOf(ravi)).toEqual(['seen', 'seen', expect.not.stringMatching('seen')]);
  });

  test('of spaces is none, and an endless one is cut', async () => {
    const { ravi, marta } = await inCall();
    ravi.send('   ');
    ravi.send(`  ${'x'.repeat(2 * MAX_CHAT_CHARS)}`);
    await vi.waitFor(() => expect(marta.items.peek()).toHaveLength(1));
    expect(textsOf(ravi)).toEqual(['x'.repeat(MAX_CHAT_CHARS)]);
    expect(textsOf(marta)).toEqual(textsOf(ravi));
  });

  test('can’t be sent outside a call', () => {
    const { ravi } = createScene(createCallPair());
    ravi.send('anybody?');
    expect(ravi.items.peek()).toEqual([]);
  });

  test('with an id that is there already changes nothing', async () => {
    const { caller, ravi, marta } = await inCall();
    const twin = { type: 'chat', id: 'the-same-id', at: 1 } as const;
    caller.call.send({ ...twin, text: 'first' });
    caller.call.send({ ...twin, text: 'second' });
    ravi.send('last');
    await vi.waitFor(() => expect(textsOf(marta)).toEqual(['first', 'last']));
  });

  test('“seen” of a message that nobody sent changes nothing', async () => {
    const { callee, ravi, marta } = await inCall();
    ravi.send('one');
    await vi.waitFor(() => expect(deliveriesOf(ravi)).toEqual(['delivered']));
    callee.call.send({ type: 'seen', id: 'no-such-message' });
    marta.send('two');
    await vi.waitFor(() => expect(textsOf(ravi)).toEqual(['one', 'two']));
    expect(deliveriesOf(ravi)[0]).toBe('delivered');
  });
});

describe('“typing”', () => {
  test('is told once while keys come, and over when they stop', async () => {
    const { clock, callee, ravi, marta } = await inCall();
    const told: boolean[] = [];
    callee.call.on('typing', ({ on }) => told.push(on));
    ravi.typing();
    ravi.typing();
    await vi.waitFor(() => expect(marta.remoteTyping.peek()).toBe(true));
    clock.advance(3_000);
    ravi.typing();
    await vi.waitFor(() => expect(told).toEqual([true, true]));
    clock.advance(5_000);
    await vi.waitFor(() => expect(marta.remoteTyping.peek()).toBe(false));
    expect(told).toEqual([true, true, false]);
  });

  test('is over with the message itself', async () => {
    const { ravi, marta } = await inCall();
    ravi.typing();
    await vi.waitFor(() => expect(marta.remoteTyping.peek()).toBe(true));
    ravi.send('done');
    await vi.waitFor(() => expect(textsOf(marta)).toEqual(['done']));
    expect(marta.remoteTyping.peek()).toBe(false);
  });

  test('is over by itself when the other side never says so', async () => {
    const { clock, caller, marta } = await inCall();
    caller.call.send({ type: 'typing', on: true });
    await vi.waitFor(() => expect(marta.remoteTyping.peek()).toBe(true));
    clock.advance(8_000);
    expect(marta.remoteTyping.peek()).toBe(false);
  });
});

test('what was said before a reload is put back as it was, and nothing of it is unread', async () => {
  const { ravi, marta } = await inCall();
  const one = { id: 'aaaa', mine: true, author: 'Ravi', text: 'one', at: 1, delivery: 'seen' } as const;
  const two = { id: 'bbbb', mine: false, author: 'Marta', text: 'two', at: 2, delivery: 'delivered' } as const;
  const three = { id: 'cccc', mine: true, author: 'Ravi', text: 'three', at: 3, delivery: 'delivered' } as const;
  ravi.restore([one, two, three]);
  expect(ravi.items.peek()).toEqual([one, two, three]);
  expect(ravi.unread.peek()).toBe(0);
  marta.send('four');
  await vi.waitFor(() => expect(ravi.unread.peek()).toBe(1));
  ravi.restore([]);
  expect([ravi.items.peek(), ravi.unread.peek()]).toEqual([[], 0]);
});
