import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { LEASE_MS, PROTOCOL_VERSION } from '../../lib/protocol/limits.ts';
import { openDatabase } from '../../server/store/database.ts';
import { createPeople } from '../../server/store/people.ts';
import { TICKET_TTL_MS } from '../../server/tickets.ts';
import { admitted, arrive, becomes, enter, introduced, openDesk, pass, type TestDesk } from './desk-harness.ts';

/** Sends one frame and answers with what came back and the close code. */
async function say(desk: TestDesk, frame: string | Buffer): Promise<{ said: unknown[]; code: number }> {
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/desk`);
  const said: unknown[] = [];
  socket.on('message', (data) => said.push(JSON.parse(Buffer.isBuffer(data) ? data.toString() : '')));
  socket.once('open', () => socket.send(frame));
  const code = await new Promise<number>((resolve) => socket.once('close', resolve));
  return { said, code };
}

const auth = (ticket: string, protocol = PROTOCOL_VERSION) => JSON.stringify({ type: 'auth', ticket, protocol });

test.each([
  ['a protocol that is too old', PROTOCOL_VERSION - 1, 'protocol-too-old'],
  ['a protocol that is too new', PROTOCOL_VERSION + 1, 'protocol-too-new'],
])('%s gives its reason', async (_, protocol, reason) => {
  const desk = await openDesk();
  const { ticket } = await admitted(desk, await becomes(desk, 'customer', 'Carl'));
  expect((await say(desk, auth(ticket, protocol))).said).toEqual([{ type: 'closing', reason }]);
});

test('a ticket of another desk and one that is too old are bad', async () => {
  const [desk, other] = [await openDesk(), await openDesk()];
  const foreign = await admitted(other, await becomes(other, 'customer', 'Carl'));
  const own = await admitted(desk, await becomes(desk, 'customer', 'Carl'));
  desk.clock.advance(TICKET_TTL_MS);
  for (const { ticket } of [foreign, own])
    expect((await say(desk, auth(ticket))).said).toEqual([{ type: 'closing', reason: 'bad-ticket' }]);
});

test.each([
  ['no JSON', 'hello', 'bad-message'],
  ['a request before the ticket', '{"type":"ping","id":1}', 'bad-ticket'],
  ['bytes', Buffer.from([1, 2, 3]), 'bad-message'],
])('%s ends the socket', async (_, frame, reason) => {
  const desk = await openDesk();
  expect((await say(desk, frame)).said).toEqual([{ type: 'closing', reason }]);
});

test('the policy’s masking is told to whoever comes in, and nothing when there is none', async () => {
  const masking = [{ pages: 'https://*.example/staff/', mode: 'strict' as const, hide: ['.salary'] }];
  const [desk, other] = [await openDesk({ masking }), await openDesk()];
  const [told, untold] = [await arrive(desk, 'device', 'Carl'), await arrive(other, 'device', 'Carl')];
  expect(told.events.find(({ type }) => type === 'welcome')).toMatchObject({ masking });
  expect(untold.events.find(({ type }) => type === 'welcome')).not.toHaveProperty('masking');
});

test('a frame that is too large ends the socket', async () => {
  const desk = await openDesk();
  expect((await say(desk, 'x'.repeat(70_000))).code).toBe(1009);
});

test('who shows no ticket is sent away after five seconds', async () => {
  const desk = await openDesk();
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/desk`);
  await new Promise((resolve) => socket.once('open', resolve));
  await expect.poll(async () => (await fetch(`${desk.url}/metrics`)).text()).toContain('alongside_desk_sockets 1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  desk.clock.advance(5_000);
  await closed;
});

test('a request that the desk does not understand is answered, and the socket stays', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  expect(await erin.ask('levitate')).toMatchObject({ ok: false, reason: 'bad-message' });
  expect(await erin.ask('status', { status: 'asleep' })).toMatchObject({ ok: false, reason: 'bad-message' });
  expect(await erin.ask('ping')).toMatchObject({ ok: true });
});

test('roles are kept apart', async () => {
  const desk = await openDesk();
  const { expert, customer, sessionId } = await introduced(desk);
  const stranger = await arrive(desk, 'customer', 'Mallory');
  const device = await arrive(desk, 'device', 'Hall 2');
  const to = expert.credentials.personId;
  for (const [type, fields] of [
    ['call', { to }],
    ['code.create', {}],
    ['claim', { queueId: 'abcdefgh' }],
    ['status', { status: 'busy' }],
  ] as const)
    expect(await customer.ask(type, fields)).toMatchObject({ reason: 'not-allowed' });
  expect(await device.ask('call', { to })).toMatchObject({ reason: 'not-allowed' });
  expect(await expert.ask('help', { scenario: 'maintenance', name: 'E' })).toMatchObject({ reason: 'not-allowed' });
  for (const type of ['answered', 'declined', 'cancel', 'ended'])
    expect(await stranger.ask(type, { sessionId })).toMatchObject({ reason: 'unknown-session' });
  expect(await customer.ask('answered', { sessionId })).toMatchObject({ reason: 'not-allowed' });
  expect(customer.events.map(({ type }) => type)).not.toContain('directory');
});

test('experts see the directory and every change of it, customers are not in it', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  expect((await erin.next('directory')).people).toEqual([]);
  const device = await becomes(desk, 'device', 'Hall 2');
  const changes = async () => (await erin.next('directory.change')).person;
  expect(await changes()).toMatchObject({ name: 'Hall 2', role: 'device', presence: 'offline' });
  const hall = await enter(desk, device);
  expect(await changes()).toMatchObject({ name: 'Hall 2', presence: 'available' });
  await arrive(desk, 'customer', 'Carl');
  await hall.ask('status', { status: 'busy' });
  expect(await changes()).toMatchObject({ name: 'Hall 2', presence: 'busy' });
  expect(erin.left('directory.change')).toBe(0);
});

test('whoever goes silent is offline within the lease, also with an open socket', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const flo = await enter(desk, await becomes(desk, 'expert', 'Flo'), undefined, false);
  await pass(desk, LEASE_MS - 2_000, [erin]);
  expect(erin.events.at(-1)).not.toMatchObject({ person: { presence: 'offline' } });
  await pass(desk, 2_000, [erin]);
  await expect.poll(() => erin.events.at(-1)).toMatchObject({ person: { name: 'Flo', presence: 'offline' } });
  await flo.closed;
});

test('answering pings is enough to stay, as for a page whose timers sleep', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const flo = await arrive(desk, 'expert', 'Flo');
  for (let round = 0; round < 8; round += 1) {
    const ponged = new Promise((resolve) => flo.socket.once('ping', resolve));
    await pass(desk, 6_000, [erin]);
    await ponged;
    await erin.ask('ping');
  }
  expect(await erin.ask('call', { to: flo.credentials.personId })).toMatchObject({ ok: true });
});

test('whoever is removed is struck off the directory and sent away', async () => {
  const store = join(mkdtempSync(join(tmpdir(), 'desk-socket-')), 'desk.sqlite');
  const desk = await openDesk({ store });
  const erin = await arrive(desk, 'expert', 'Erin');
  const hall = await arrive(desk, 'device', 'Hall 2');
  const { personId } = hall.credentials;
  const db = openDatabase(store);
  createPeople(db).remove(personId);
  db.close();
  await pass(desk, 60_000, [erin]);
  expect(await erin.next('directory.gone')).toEqual({ type: 'directory.gone', personId });
});

test("a person's newest socket replaces the older one", async () => {
  const desk = await openDesk();
  const first = await arrive(desk, 'expert', 'Erin');
  const second = await enter(desk, first.credentials);
  expect(await first.next('closing')).toMatchObject({ reason: 'displaced' });
  await first.closed;
  expect(await second.ask('ping')).toMatchObject({ ok: true });
});

test('too many requests are answered with the reason, and a flood ends the socket', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  const replies = await Promise.all(Array.from({ length: 62 }, () => erin.ask('ping')));
  expect(replies.filter(({ ok }) => ok)).toHaveLength(59);
  expect(replies.at(-1)).toMatchObject({ reason: 'too-many-requests' });
  for (let more = 0; more < 200; more += 1) erin.socket.send('{"type":"ping","id":1}');
  expect(await erin.next('closing')).toMatchObject({ reason: 'too-many-requests' });
});

test('a desk that stops says so', async () => {
  const desk = await openDesk();
  const erin = await arrive(desk, 'expert', 'Erin');
  await desk.close();
  expect(await erin.next('closing')).toMatchObject({ reason: 'shutting-down' });
});
