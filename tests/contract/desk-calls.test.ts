import { expect, test } from 'vitest';
import * as v from 'valibot';
import { SWEEP_MS } from '../../lib/desk/presence.ts';
import { RING_GRACE_MS } from '../../lib/desk/session.ts';
import { Introduction, SessionCodeValue } from '../../lib/protocol/desk-messages.ts';
import { CODE_TTL_MS, LEASE_MS, RESUME_WINDOW_MS, RING_TIMEOUT_MS } from '../../lib/protocol/limits.ts';
import { admitted, arrive, enter, introduced, openDesk, pass, type Person } from './desk-harness.ts';

const RUNG_OUT_MS = RING_TIMEOUT_MS + RING_GRACE_MS + SWEEP_MS;

const codeOf = async (expert: Person) => v.parse(SessionCodeValue, (await expert.ask('code.create')).value);
const help = (customer: Person, name = 'Carl') => customer.ask('help', { scenario: 'maintenance', name });

test('a session code brings two people together', async () => {
  const desk = await openDesk();
  const [expert, customer] = [await arrive(desk, 'expert', 'Erin'), await arrive(desk, 'customer', 'Guest')];
  const { code, link, expiresAt } = await codeOf(expert);
  expect(link).toBe(`${desk.url}/j/${code}`);
  expect(expiresAt).toBe(desk.clock.now() + CODE_TTL_MS);
  const facts = [{ key: 'browser', value: 'Firefox', source: 'collected' }];
  const joined = v.parse(Introduction, (await customer.ask('code.join', { code, name: 'Carl', facts })).value);
  const { introduction, claimed } = await expert.next('ring');
  expect(joined).toMatchObject({ person: { name: 'Erin', role: 'expert' }, peerId: expert.admission.peerId });
  expect(introduction).toMatchObject({
    person: { name: 'Carl', role: 'customer' },
    peerId: customer.admission.peerId,
    facts,
  });
  expect([introduction.secret, introduction.sessionId]).toEqual([joined.secret, joined.sessionId]);
  expect(claimed).toBe(false);
  expect(await expert.next('code.used')).toMatchObject({ code });
});

test('a code works once, for ten minutes, and says why it does not', async () => {
  const desk = await openDesk();
  const [expert, carl, dora] = [
    await arrive(desk, 'expert', 'Erin'),
    await arrive(desk, 'customer', 'Carl'),
    await arrive(desk, 'customer', 'Dora'),
  ];
  const join = (person: Person, code: string) => person.ask('code.join', { code, name: 'X' });
  const first = await codeOf(expert);
  expect(await join(carl, first.code)).toMatchObject({ ok: true });
  expect(await join(dora, first.code)).toMatchObject({ ok: false, reason: 'used-code' });
  const second = await codeOf(expert);
  const third = await codeOf(expert);
  expect(await join(dora, second.code)).toMatchObject({ ok: false, reason: 'unknown-code' });
  expect(await expert.ask('code.cancel', { code: third.code })).toMatchObject({ ok: true });
  expect(await join(dora, third.code)).toMatchObject({ reason: 'unknown-code' });
  const fourth = await codeOf(expert);
  await pass(desk, CODE_TTL_MS, [expert, dora]);
  expect(await join(dora, fourth.code)).toMatchObject({ reason: 'expired-code' });
});

test('a lost reply can be asked for again: the same person gets the same session', async () => {
  const desk = await openDesk();
  const [expert, customer] = [await arrive(desk, 'expert', 'Erin'), await arrive(desk, 'customer', 'Carl')];
  const { code } = await codeOf(expert);
  const first = await customer.ask('code.join', { code, name: 'Carl' });
  const again = await customer.ask('code.join', { code, name: 'Carl' });
  expect(again.value).toEqual(first.value);
});

test('five wrong codes a minute, counted by address: a sixth is not even looked at', async () => {
  const desk = await openDesk();
  const expert = await arrive(desk, 'expert', 'Erin');
  const guessers = await Promise.all(['A', 'B'].map((name) => arrive(desk, 'customer', name)));
  const { code } = await codeOf(expert);
  const reasons = [];
  for (let guess = 0; guess < 6; guess += 1) {
    const wrong = String((Number(code) + 1 + guess) % 1e9).padStart(9, '0');
    reasons.push((await guessers[guess % 2]?.ask('code.join', { code: wrong, name: 'X' }))?.reason);
  }
  expect(reasons).toEqual([...Array<string>(5).fill('unknown-code'), 'too-many-guesses']);
  expect(await guessers[0]?.ask('code.join', { code, name: 'X' })).toMatchObject({ reason: 'too-many-guesses' });
  await pass(desk, 12_000, [expert, ...guessers]);
  expect(await guessers[0]?.ask('code.join', { code, name: 'X' })).toMatchObject({ ok: true });
});

test('a call rings the other one, and both learn how it ends', async () => {
  const desk = await openDesk();
  const [erin, dev] = [await arrive(desk, 'expert', 'Erin'), await arrive(desk, 'device', 'Hall 2')];
  const call = () => erin.ask('call', { to: dev.credentials.personId, scenario: 'maintenance' });
  const declined = v.parse(Introduction, (await call()).value);
  await dev.next('ring');
  await dev.ask('declined', { sessionId: declined.sessionId });
  expect(await erin.next('gone')).toMatchObject({ sessionId: declined.sessionId, reason: 'declined' });

  const cancelled = v.parse(Introduction, (await call()).value);
  await erin.ask('cancel', { sessionId: cancelled.sessionId });
  expect(await dev.next('gone')).toMatchObject({ sessionId: cancelled.sessionId, reason: 'cancelled' });

  const missed = v.parse(Introduction, (await call()).value);
  await pass(desk, RUNG_OUT_MS, [erin, dev]);
  for (const person of [erin, dev])
    expect(await person.next('gone')).toMatchObject({ sessionId: missed.sessionId, reason: 'missed' });

  const answered = v.parse(Introduction, (await call()).value);
  expect(await dev.ask('answered', { sessionId: answered.sessionId })).toMatchObject({ ok: true });
  await pass(desk, RUNG_OUT_MS, [erin, dev]);
  expect(erin.left('gone')).toBe(0);
  await erin.ask('ended', { sessionId: answered.sessionId });
  expect(await dev.next('gone')).toMatchObject({ sessionId: answered.sessionId, reason: 'ended' });
});

test('nobody rings whoever is on a call, wraps up, is away or has gone', async () => {
  const desk = await openDesk();
  const [erin, flo] = [await arrive(desk, 'expert', 'Erin'), await arrive(desk, 'expert', 'Flo')];
  const call = async () => (await erin.ask('call', { to: flo.credentials.personId })).reason;
  for (const [status, reason] of [
    ['busy', 'busy'],
    ['on-call', 'busy'],
    ['wrap-up', 'busy'],
    ['away', 'unavailable'],
    ['offline', 'unavailable'],
  ] as const) {
    await flo.ask('status', { status });
    expect(await call()).toBe(reason);
  }
  await flo.ask('status', { status: 'available' });
  expect(await call()).toBeUndefined();
  expect(await call()).toBe('busy');
  expect((await erin.ask('call', { to: 'nobody-at-all' })).reason).toBe('unknown-person');
  expect((await erin.ask('call', { to: flo.credentials.personId, scenario: 'no-such-thing' })).reason).toBe(
    'unknown-scenario',
  );
});

test('somebody in an answered call is shown as on a call, without having said so', async () => {
  const desk = await openDesk();
  const watcher = await arrive(desk, 'expert', 'Wim');
  const { expert, sessionId } = await introduced(desk);
  await expert.ask('answered', { sessionId });
  await expect
    .poll(() => watcher.events.at(-1))
    .toMatchObject({
      type: 'directory.change',
      person: { name: 'Erin', presence: 'on-call' },
    });
  const { personId } = expert.credentials;
  expect(await watcher.ask('call', { to: personId })).toMatchObject({ reason: 'busy' });
});

test('help rings at the expert who has been idle longest, then at the next, and goes on when declined', async () => {
  const desk = await openDesk();
  const first = await arrive(desk, 'expert', 'First');
  desk.clock.advance(1_000);
  const second = await arrive(desk, 'expert', 'Second');
  const carl = await arrive(desk, 'customer', 'Carl');
  expect(await help(carl)).toMatchObject({ ok: true, value: { queueId: expect.any(String) } });
  const { introduction } = await first.next('ring');
  const offer = await carl.next('offer');
  expect(offer.introduction).toMatchObject({ sessionId: introduction.sessionId, person: { name: 'First' } });
  expect(second.left('ring')).toBe(0);

  await first.ask('declined', { sessionId: introduction.sessionId });
  const next = await second.next('ring');
  expect((await carl.next('gone')).reason).toBe('declined');
  expect((await carl.next('offer')).introduction.person.name).toBe('Second');

  await second.ask('answered', { sessionId: next.introduction.sessionId });
  await expect.poll(() => second.events.findLast(({ type }) => type === 'waiting')).toMatchObject({ entries: [] });
});

test('an expert who does not answer in 30 s is passed over', async () => {
  const desk = await openDesk();
  const first = await arrive(desk, 'expert', 'First');
  desk.clock.advance(1_000);
  const second = await arrive(desk, 'expert', 'Second');
  const carl = await arrive(desk, 'customer', 'Carl');
  await help(carl);
  const ring = await first.next('ring');
  expect(ring.expiresAt).toBe(desk.clock.now() + RING_TIMEOUT_MS);
  await pass(desk, RUNG_OUT_MS, [first, second, carl]);
  expect((await first.next('gone')).reason).toBe('missed');
  expect((await second.next('ring')).introduction.person.name).toBe('Carl');
});

test('those who wait know their place, experts see the list', async () => {
  const desk = await openDesk();
  const [carl, dora] = [await arrive(desk, 'customer', 'Carl'), await arrive(desk, 'customer', 'Dora')];
  await help(carl, 'Carl');
  await help(dora, 'Dora');
  expect((await carl.next('queue')).position).toBe(1);
  expect((await dora.next('queue')).position).toBe(2);
  const erin = await arrive(desk, 'expert', 'Erin');
  expect((await erin.next('waiting')).entries.map(({ name }) => name)).toEqual(['Carl', 'Dora']);
  await carl.ask('help.cancel');
  expect((await dora.next('queue')).position).toBe(1);
});

test('asking twice keeps one place', async () => {
  const desk = await openDesk();
  const carl = await arrive(desk, 'customer', 'Carl');
  const [first, second] = [await help(carl), await help(carl)];
  expect(second.value).toEqual(first.value);
});

test('a claim takes a customer out of turn; the first one wins, also over a ring elsewhere', async () => {
  const desk = await openDesk();
  const carl = await arrive(desk, 'customer', 'Carl');
  const reply = await help(carl);
  const queueId = v.parse(v.object({ queueId: v.string() }), reply.value).queueId;
  const erin = await arrive(desk, 'expert', 'Erin');
  await erin.next('ring');
  const [flo, gus] = [await arrive(desk, 'expert', 'Flo'), await arrive(desk, 'expert', 'Gus')];
  const claims = await Promise.all([flo, gus].map((expert) => expert.ask('claim', { queueId })));
  expect(claims.map(({ ok, reason }) => [ok, reason])).toEqual([
    [true, undefined],
    [false, 'already-claimed'],
  ]);
  expect((await erin.next('gone')).reason).toBe('answered-elsewhere');
  expect(await flo.next('ring')).toMatchObject({ claimed: true, introduction: { person: { name: 'Carl' } } });
  await carl.next('offer');
  expect((await carl.next('offer')).introduction.person.name).toBe('Flo');
  expect(gus.left('ring')).toBe(0);
});

test("a lost expert's customer goes back to the head", async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const [carl, dora] = [await arrive(desk, 'customer', 'Carl'), await arrive(desk, 'customer', 'Dora')];
  await help(carl, 'Carl');
  await erin.next('ring');
  await help(dora, 'Dora');
  expect((await dora.next('queue')).position).toBe(2);
  erin.socket.terminate();
  await erin.closed;
  await pass(desk, LEASE_MS, [carl, dora]);
  expect((await carl.next('gone')).reason).toBe('unavailable');
  const flo = await arrive(desk, 'expert', 'Flo');
  expect((await flo.next('ring')).introduction.person.name).toBe('Carl');
});

test('a customer who is gone stops ringing and leaves the queue', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const carl = await arrive(desk, 'customer', 'Carl');
  await help(carl);
  await erin.next('ring');
  carl.socket.terminate();
  await pass(desk, LEASE_MS, [erin]);
  expect((await erin.next('gone')).reason).toBe('cancelled');
  await expect.poll(() => erin.events.findLast(({ type }) => type === 'waiting')).toMatchObject({ entries: [] });
});

test('a short absence changes nothing: the ring is repeated to whoever comes back', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const carl = await arrive(desk, 'customer', 'Carl');
  await help(carl);
  const { introduction } = await erin.next('ring');
  erin.socket.terminate();
  carl.socket.terminate();
  await Promise.all([erin.closed, carl.closed]);
  desk.clock.advance(5_000);
  const back = await enter(desk, erin.credentials, await admitted(desk, erin.credentials, erin.admission.peerId));
  expect((await back.next('ring')).introduction).toEqual(introduction);
  const carlBack = await enter(desk, carl.credentials, await admitted(desk, carl.credentials, carl.admission.peerId));
  expect((await carlBack.next('offer')).introduction.sessionId).toBe(introduction.sessionId);
  expect((await carlBack.next('queue')).position).toBe(1);
});

test('after a call an expert is left alone for a moment', async () => {
  const desk = await openDesk();
  const { expert, customer, sessionId } = await introduced(desk);
  await expert.ask('answered', { sessionId });
  const dora = await arrive(desk, 'customer', 'Dora');
  await help(dora, 'Dora');
  await customer.ask('ended', { sessionId });
  await expert.next('gone');
  await expert.ask('status', { status: 'wrap-up' });
  await pass(desk, 10_000, [expert, dora]);
  expect(expert.left('ring')).toBe(0);
  await expert.ask('status', { status: 'available' });
  expect((await expert.next('ring')).introduction.person.name).toBe('Dora');
});

test('an answer in the last moment counts', async () => {
  const desk = await openDesk();
  const { expert, customer, sessionId } = await introduced(desk);
  await pass(desk, RING_TIMEOUT_MS, [expert, customer]);
  expect(await expert.ask('answered', { sessionId })).toMatchObject({ ok: true });
  await pass(desk, RUNG_OUT_MS, [expert, customer]);
  expect([expert.left('gone'), customer.left('gone')]).toEqual([0, 0]);
});

test('a customer who gives up one expert still waits, and is told the place again', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const carl = await arrive(desk, 'customer', 'Carl');
  await help(carl);
  const { introduction } = await carl.next('offer');
  await carl.next('queue');
  await carl.ask('cancel', { sessionId: introduction.sessionId });
  expect((await erin.next('gone')).reason).toBe('cancelled');
  expect((await carl.next('queue')).position).toBe(1);
  const flo = await arrive(desk, 'expert', 'Flo');
  expect((await flo.next('ring')).introduction.person.name).toBe('Carl');
  await carl.ask('help.cancel');
  expect((await flo.next('gone')).reason).toBe('cancelled');
});

test('a call of which one side stays away is forgotten after the resume window, not before', async () => {
  const desk = await openDesk();
  const { expert, customer, sessionId } = await introduced(desk);
  await expert.ask('answered', { sessionId });
  customer.socket.terminate();
  await pass(desk, RESUME_WINDOW_MS, [expert]);
  const calls = async () => /alongside_calls (\d)/.exec(await (await fetch(`${desk.url}/metrics`)).text())?.[1];
  expect(await calls()).toBe('1');
  await pass(desk, LEASE_MS + 2_000, [expert]);
  expect(await calls()).toBe('0');
  expect(await expert.ask('ended', { sessionId })).toMatchObject({ reason: 'unknown-session' });
});
