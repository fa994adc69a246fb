import { describe, expect, test, vi } from 'vitest';
import type { OutgoingAsk } from '../../../lib/engine/api.ts';
import { CONSENT_TIMEOUT_MS } from '../../../lib/protocol/limits.ts';
import { createConsentModel, type GrantHandler } from '../../../lib/state/consent-model.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** Ravi asks, Marta is asked; `grant` is what her yes to a screen does. */
async function createScene(grant: GrantHandler | null = () => Promise.resolve(true)) {
  const pair = await createActiveCall();
  const clock = createManualClock();
  const asker = createConsentModel(pair.caller.call, clock);
  const asked = createConsentModel(pair.callee.call, clock);
  if (grant) asked.handle('screen', grant);
  const answers: OutgoingAsk[] = [];
  asker.onAnswer((ask) => answers.push(ask));
  return {
    ...{ ...pair, clock, asker, asked, answers },
    /** Asks, and returns the question as it lies before Marta. */
    async ask() {
      asker.ask('screen', { forMs: 60_000 });
      const question = await vi.waitUntil(() => asked.incoming.peek()[0]);
      return question.id;
    },
    /** Waits for the answer to the only question. */
    answered: () => vi.waitUntil(() => answers[0]?.state),
  };
}

describe('an ask', () => {
  test('lies before the other person with all that they must know', async () => {
    const { clock, asker, asked, ask } = await createScene();
    const id = await ask();
    expect(asked.incoming.peek()).toEqual([
      {
        id,
        kind: 'screen',
        from: { personId: 'person-ravi', name: 'Ravi', role: 'expert' },
        scopes: [],
        forMs: 60_000,
        expiresAt: clock.now() + CONSENT_TIMEOUT_MS,
      },
    ]);
    expect(asker.outgoing.peek()).toEqual([{ id, kind: 'screen', state: 'waiting' }]);
  });

  test('allowed is carried out in the task of the click, and then granted', async () => {
    const grant = vi.fn<GrantHandler>(() => Promise.resolve(true));
    const { asker, asked, ask, answered } = await createScene(grant);
    asked.answer(await ask(), true);
    expect(grant).toHaveBeenCalledOnce();
    expect(asked.incoming.peek()).toEqual([]);
    expect(await answered()).toBe('granted');
    expect(asker.outgoing.peek()).toMatchObject([{ state: 'granted' }]);
  });

  test('refused does nothing but say so', async () => {
    const grant = vi.fn<GrantHandler>(() => Promise.resolve(true));
    const { asked, ask, answered } = await createScene(grant);
    asked.answer(await ask(), false);
    expect(await answered()).toBe('refused');
    expect(grant).not.toHaveBeenCalled();
  });

  test.each([
    ['can’t be done after all', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(new Error('no chooser'))],
  ] satisfies [string, GrantHandler][])('allowed that %s is unavailable', async (_, grant) => {
    const { asked, ask, answered } = await createScene(grant);
    asked.answer(await ask(), true);
    expect(await answered()).toBe('unavailable');
  });

  test('for what can’t be done here is answered without troubling anybody', async () => {
    const { asker, asked, answered } = await createScene(null);
    asker.ask('screen');
    expect(await answered()).toBe('unavailable');
    expect(asked.incoming.peek()).toEqual([]);
  });

  test('that is left lying is a no', async () => {
    const { clock, asked, ask, answered } = await createScene();
    const id = await ask();
    clock.advance(CONSENT_TIMEOUT_MS - 1);
    expect(asked.incoming.peek()).toHaveLength(1);
    clock.advance(1);
    expect(asked.incoming.peek()).toEqual([]);
    expect(await answered()).toBe('timed-out');
    // Too late is too late.
    asked.answer(id, true);
    expect(asked.incoming.peek()).toEqual([]);
  });

  test('withdrawn goes away at both ends', async () => {
    const { asker, asked, ask } = await createScene();
    asker.withdraw(await ask());
    await vi.waitUntil(() => asked.incoming.peek().length === 0);
    expect(asker.outgoing.peek()).toEqual([]);
  });

  test('is not repeated while it waits, and may be after its answer', async () => {
    const { asker, asked, ask, answered } = await createScene();
    const first = await ask();
    asker.ask('screen');
    expect(asker.outgoing.peek()).toHaveLength(1);
    asked.answer(first, false);
    await answered();
    asker.ask('screen');
    await vi.waitUntil(() => asked.incoming.peek()[0]);
    expect(asker.outgoing.peek()).toMatchObject([{ state: 'waiting' }]);
  });

  test('ends with the call, at both ends, and what was asked can’t be allowed any more', async () => {
    const grant = vi.fn<GrantHandler>(() => Promise.resolve(true));
    const { caller, callee, asker, asked, ask } = await createScene(grant);
    const id = await ask();
    caller.call.end('exited', true, { type: 'exit' });
    await vi.waitUntil(() => callee.call.phase.peek().kind === 'ended');
    expect([asker.outgoing.peek(), asked.incoming.peek()]).toEqual([[], []]);
    asked.answer(id, true);
    expect(grant).not.toHaveBeenCalled();
  });
});

describe('a hostile asker', () => {
  const screen = (id: string) => ({ type: 'ask', id, kind: 'screen', forMs: 0 }) as const;

  test('can’t bury a person in questions', async () => {
    const { caller, callee, asked } = await createScene();
    const refusals: string[] = [];
    caller.call.on('consent', ({ id, result }) => refusals.push(`${id} ${result}`));
    for (let n = 0; n < 20; n += 1) caller.call.send(screen(`ask-${n}`));
    await vi.waitUntil(() => refusals.length === 16);
    expect(asked.incoming.peek().map(({ id }) => id)).toEqual(['ask-0', 'ask-1', 'ask-2', 'ask-3']);
    expect(refusals[0]).toBe('ask-4 unavailable');
    expect(callee.call.phase.peek().kind).toBe('active');
  });

  test('can’t ask twice under one name, or settle what nobody asked', async () => {
    const { caller, callee, asked, asker, answers } = await createScene();
    caller.call.send(screen('ask-1'));
    caller.call.send(screen('ask-1'));
    caller.call.send(screen('ask-2'));
    await vi.waitUntil(() => asked.incoming.peek().length === 2);
    callee.call.send({ type: 'consent', id: 'ask-9', result: 'granted' });
    callee.call.send({ type: 'typing', on: true });
    await vi.waitUntil(() => callee.call.pending.peek().length === 0);
    expect([answers, asker.outgoing.peek()]).toEqual([[], []]);
  });
});

test('control is asked for by the scopes that exist, and no others', async () => {
  const { asker, asked } = await createScene();
  asked.handle('control', () => Promise.resolve(true));
  asker.ask('control', { scopes: ['click', 'format-disk', 'type'] });
  const question = await vi.waitUntil(() => asked.incoming.peek()[0]);
  expect(question.scopes).toEqual(['click', 'type']);
});
