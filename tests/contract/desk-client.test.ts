import { connect, createServer, type Socket } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Credentials } from '../../lib/protocol/desk-messages.ts';
import { LEASE_RENEW_MS } from '../../lib/protocol/limits.ts';
import { createDeskClient, type DeskClientState, type DeskPush } from '../../lib/rtc/desk-client.ts';
import { admit, enrol, guest, testDesk } from '../../lib/rtc/desk-http.ts';
import { startDesk } from '../../server/start-desk.ts';
import { createManualClock } from '../fakes/manual-clock.ts';
import { arrive, becomes, openDesk } from './desk-harness.ts';

function start(url: string, credentials: Credentials, peerId?: string) {
  const clock = createManualClock();
  const life = new AbortController();
  onTestFinished(() => life.abort());
  const states: DeskClientState[] = [];
  const events: DeskPush[] = [];
  const peerIds: string[] = [];
  const client = createDeskClient({
    ...{ url, credentials, fetch, WebSocket, clock },
    ...(peerId === undefined ? {} : { peerId }),
    random: () => 0,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onAdmission: (admission) => peerIds.push(admission.peerId),
    signal: life.signal,
  });
  const reaches = (kind: DeskClientState['kind']) => expect.poll(() => states.at(-1)?.kind).toBe(kind);
  return { client, clock, life, states, events, peerIds, reaches };
}

test('the helpers answer with values, or with the reason of the desk', async () => {
  const desk = await openDesk();
  const deps = { url: desk.url, fetch };
  expect(await testDesk(deps)).toMatchObject({ ok: true, value: { deskName: 'Alongside' } });
  const invite = desk.invite('expert', 'Erin');
  expect(await enrol(deps, ` ${invite} `, 'Erin E.')).toMatchObject({ ok: true, value: { name: 'Erin E.' } });
  expect(await enrol(deps, invite)).toMatchObject({ ok: false, reason: 'used-invite' });
  expect(await enrol(deps, 'x-aaaaaaaaaaaaaaaaaaaaaaaa')).toMatchObject({ ok: false, reason: 'unknown-invite' });
  expect(await guest(deps, 'Carl')).toMatchObject({ ok: true, value: { role: 'customer' } });
  expect(await guest(deps, '')).toMatchObject({ ok: false, reason: 'bad-message' });
  expect(await admit(deps, { personId: 'nobody-at-all', key: 'k'.repeat(20) })).toMatchObject({
    reason: 'unknown-person',
  });
});

test.each([
  ['not an address', 'bad-address'],
  ['ftp://desk.example', 'bad-address'],
  ['http://127.0.0.1:1', 'unreachable'],
])('testing %s: %s', async (url, reason) => {
  expect(await testDesk({ url, fetch })).toMatchObject({ ok: false, reason });
});

test.each([
  ['a page', '<html>', 'not-a-desk'],
  ['an older desk', '{"deskName":"D","protocol":{"min":0,"max":0},"scenarios":[]}', 'protocol-too-new'],
  ['a newer desk', '{"deskName":"D","protocol":{"min":9,"max":9},"scenarios":[]}', 'protocol-too-old'],
])('testing %s: %s', async (_, body, reason) => {
  expect(await testDesk({ url: 'http://desk.example', fetch: async () => new Response(body) })).toMatchObject({
    reason,
  });
});

test('a client comes online, asks, and hears what happens', async () => {
  const desk = await openDesk();
  const { client, events, reaches } = start(desk.url, await becomes(desk, 'expert', 'Erin'));
  expect(await client.request('code.create', {})).toMatchObject({ ok: false, reason: 'unreachable' });
  await reaches('online');
  expect(events.map(({ type }) => type)).toEqual(['welcome', 'directory', 'waiting']);
  const created = await client.request('code.create', {});
  expect(created).toMatchObject({ ok: true, value: { code: expect.stringMatching(/^\d{9}$/) } });
  expect(await client.request('call', { to: 'nobody-at-all' })).toEqual({ ok: false, reason: 'unknown-person' });
  expect(await client.request('status', { status: 'away' })).toEqual({ ok: true, value: undefined });
});

test('it comes back after a restart of the desk: same id, same status', async () => {
  const store = join(mkdtempSync(join(tmpdir(), 'desk-client-')), 'desk.sqlite');
  const before = await startDesk({ port: 0, store });
  const { client, clock, events, peerIds, states, reaches } = start(
    before.url,
    await becomes(before, 'expert', 'Erin'),
  );
  await reaches('online');
  await client.request('status', { status: 'away' });
  const waits = client.request('code.create', {});
  await before.close();
  await waits;
  await expect.poll(() => states.at(-1)).toEqual({ kind: 'offline', reason: 'shutting-down', final: false });

  // The first try is at once and fails, the second one waits.
  clock.advance(0);
  await expect.poll(() => states.at(-1)).toMatchObject({ reason: 'unreachable' });
  const after = await startDesk({ port: before.port, store });
  onTestFinished(() => after.close());
  clock.advance(300);
  await reaches('online');
  expect(new Set(peerIds).size).toBe(1);
  await expect.poll(() => events.findLast(({ type }) => type === 'welcome')).toMatchObject({ presence: 'away' });
});

test('what became of a session is told again after an outage, other requests are not', async () => {
  const store = join(mkdtempSync(join(tmpdir(), 'desk-client-')), 'desk.sqlite');
  const before = await startDesk({ port: 0, store });
  const expert = await becomes(before, 'expert', 'Erin');
  const carl = await arrive(before, 'customer', 'Carl');
  const { client, clock, events, states, reaches } = start(before.url, expert);
  await reaches('online');
  await carl.ask('help', { scenario: 'maintenance', name: 'Carl' });
  const ring = () => events.find((event) => event.type === 'ring');
  await expect.poll(ring).toBeDefined();
  const sessionId = ring()?.introduction.sessionId ?? '';
  await before.close();
  await reaches('offline');
  expect(await client.request('answered', { sessionId })).toEqual({ ok: false, reason: 'unreachable' });
  expect(await client.request('code.create', {})).toEqual({ ok: false, reason: 'unreachable' });

  const after = await startDesk({ port: before.port, store });
  onTestFinished(() => after.close());
  await expect.poll(() => (clock.advance(1_000), states.at(-1)?.kind)).toBe('online');
  await expect.poll(async () => (await fetch(`${after.url}/metrics`)).text()).toContain('alongside_calls 1');
  const metrics = await (await fetch(`${after.url}/metrics`)).text();
  expect(metrics).toContain('alongside_requests_total{type="answered",result="ok"} 1');
  expect(metrics).not.toContain('code.create');
});

test('the id of an earlier life is kept when its owner asks for it', async () => {
  const desk = await openDesk();
  const credentials = await becomes(desk, 'customer', 'Carl');
  const first = start(desk.url, credentials);
  await first.reaches('online');
  first.life.abort();
  const second = start(desk.url, credentials, first.peerIds[0]);
  await second.reaches('online');
  expect(second.peerIds).toEqual(first.peerIds);
  const ticket = await second.client.admit();
  expect(ticket).toMatchObject({ ok: true, value: { peerId: first.peerIds[0] } });
});

test('who is displaced stays away until somebody asks for it', async () => {
  const desk = await openDesk();
  const credentials = await becomes(desk, 'expert', 'Erin');
  const first = start(desk.url, credentials);
  await first.reaches('online');
  const second = start(desk.url, credentials);
  await expect.poll(() => first.states.at(-1)).toEqual({ kind: 'offline', reason: 'displaced', final: true });
  await second.reaches('online');
  first.clock.advance(60_000);
  first.client.wake();
  await expect.poll(() => second.states.at(-1)).toMatchObject({ reason: 'displaced' });
});

test('credentials that the desk does not know are final, too', async () => {
  const desk = await openDesk();
  const credentials = { ...(await becomes(desk, 'customer', 'Carl')), key: 'k'.repeat(32) };
  const { states } = start(desk.url, credentials);
  await expect.poll(() => states.at(-1)).toEqual({ kind: 'offline', reason: 'unknown-person', final: true });
});

/** A way to the desk that can go dead without a word, as a network does. */
async function deadableProxy(port: number) {
  const pairs: [Socket, Socket][] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pairs.push([near, far]);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => to.write(data));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    server.close();
  });
  const address = server.address();
  const goDead = () =>
    pairs.splice(0).forEach((pair) => pair.forEach((socket) => socket.removeAllListeners('data').pause()));
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, goDead };
}

test.each([
  ['the next renewal of the lease', (clock: { advance(ms: number): void }) => clock.advance(LEASE_RENEW_MS), 8_000],
  ['a wake-up call', undefined, 2_000],
])('a network that went dead is found out by %s', async (_, notice, timeoutMs) => {
  const desk = await openDesk();
  const proxy = await deadableProxy(desk.port);
  const { client, clock, states, reaches } = start(proxy.url, await becomes(desk, 'expert', 'Erin'));
  await reaches('online');
  proxy.goDead();
  const asked = client.request('code.create', {});
  if (notice === undefined) client.wake();
  else notice(clock);
  expect(states.at(-1)).toEqual({ kind: 'online' });
  clock.advance(timeoutMs);
  expect(await asked).toEqual({ ok: false, reason: 'unreachable' });
  expect(states.at(-1)).toEqual({ kind: 'offline', reason: 'unreachable', final: false });
  // The first tries may go over connections that died with the network.
  await expect.poll(() => (clock.advance(1_000), states.at(-1)?.kind)).toBe('online');
});

test('aborting leaves no timer and no socket', async () => {
  const desk = await openDesk();
  const { client, clock, life, states, reaches } = start(desk.url, await becomes(desk, 'expert', 'Erin'));
  await reaches('online');
  life.abort();
  expect(clock.waiting()).toBe(0);
  await expect.poll(async () => (await fetch(`${desk.url}/metrics`)).text()).toContain('alongside_desk_sockets 0');
  expect(await client.request('help.cancel', {})).toEqual({ ok: false, reason: 'unreachable' });
  expect(states.at(-1)).toEqual({ kind: 'online' });
});

test('events of a newer desk are skipped, and wrong replies are failures', async () => {
  const desk = await openDesk();
  const credentials = await becomes(desk, 'expert', 'Erin');
  await arrive(desk, 'customer', 'Carl');
  /** A desk that says more than this client knows. */
  class Chatty extends WebSocket {
    constructor(url: string) {
      super(url);
      this.addEventListener('open', () => {
        for (const data of ['x', '{"type":"weather"}', '{"type":"reply","id":77,"ok":true}'])
          this.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }
  const life = new AbortController();
  onTestFinished(() => life.abort());
  const states: DeskClientState[] = [];
  createDeskClient({
    ...{ url: desk.url, credentials, fetch, WebSocket: Chatty, clock: createManualClock() },
    onEvent: () => undefined,
    onState: (state) => states.push(state),
    signal: life.signal,
  });
  await expect.poll(() => states.at(-1)?.kind).toBe('online');
});
