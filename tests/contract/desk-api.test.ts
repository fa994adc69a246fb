import { expect, test } from 'vitest';
import { admitted, arrive, becomes, enter, openDesk, post, reasonIn } from './desk-harness.ts';
import { INVITATION_TTL_MS } from '../../server/store/invitations.ts';
import { PROTOCOL_VERSION, RESUME_WINDOW_MS } from '../../lib/protocol/limits.ts';

test('config names the desk, its protocol and its scenarios', async () => {
  const desk = await openDesk({ deskName: 'Northwind' });
  expect(await (await fetch(`${desk.url}/api/config`)).json()).toMatchObject({
    deskName: 'Northwind',
    protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
    scenarios: [{ id: 'remote-support' }, { id: 'product-advice' }, { id: 'maintenance' }],
  });
});

test('an invitation becomes credentials once', async () => {
  const desk = await openDesk();
  const invite = desk.invite('expert', 'Erin').replace(/.*#/, '');
  const first = await post(desk, '/api/enrol', { invite });
  expect(first.value).toMatchObject({ role: 'expert', name: 'Erin', deskName: 'Alongside' });
  const second = await post(desk, '/api/enrol', { invite });
  expect([second.status, reasonIn(second.value)]).toEqual([410, 'used-invite']);
});

test('the name of an invitation can be changed by who uses it', async () => {
  const desk = await openDesk();
  const invite = desk.invite('device', 'Headset 7').replace(/.*#/, '');
  const { value } = await post(desk, '/api/enrol', { invite, name: 'Hall 2' });
  expect(value).toMatchObject({ role: 'device', name: 'Hall 2' });
});

test('an unknown invitation and one that is too old are refused', async () => {
  const desk = await openDesk();
  const old = desk.invite('expert', 'Erin').replace(/.*#/, '');
  desk.clock.advance(INVITATION_TTL_MS);
  for (const invite of [old, 'x-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']) {
    const { status, value } = await post(desk, '/api/enrol', { invite });
    expect([status, reasonIn(value)]).toEqual([404, 'unknown-invite']);
  }
});

test('invitation links lead an expert to a page and a device to its post', async () => {
  const desk = await openDesk({ publicUrl: 'https://desk.example' });
  expect(desk.invite('expert', 'Erin')).toMatch(/^https:\/\/desk\.example\/invite#x-[a-z0-9]{32}$/);
  expect(desk.invite('device', 'Hall')).toMatch(/^https:\/\/desk\.example\/ready#d-[a-z0-9]{32}$/);
});

test('a wrong key and an unknown person look the same', async () => {
  const desk = await openDesk();
  const { personId } = await becomes(desk, 'customer', 'Carl');
  const key = 'k'.repeat(32);
  const answers = await Promise.all(
    [personId, 'nobody-at-all'].map((id) => post(desk, '/api/admit', { personId: id, key })),
  );
  expect(answers[0]).toMatchObject({ status: 401, value: { reason: 'unknown-person' } });
  expect(answers[1]?.value).toEqual(answers[0]?.value);
});

test('a ticket asks for an id to be kept, and gets it only for its owner', async () => {
  const desk = await openDesk();
  const [carl, mallory] = [await becomes(desk, 'customer', 'Carl'), await becomes(desk, 'customer', 'Mallory')];
  const { peerId } = (await enter(desk, carl)).admission;
  expect((await admitted(desk, carl, peerId)).peerId).toBe(peerId);
  expect((await admitted(desk, mallory, peerId)).peerId).not.toBe(peerId);
});

test('an id is given up when the resume window is over', async () => {
  const desk = await openDesk();
  const carl = await arrive(desk, 'customer', 'Carl');
  carl.socket.close();
  await carl.closed;
  await expect.poll(async () => (await fetch(`${desk.url}/metrics`)).text()).toContain('alongside_desk_sockets 0');
  desk.clock.advance(RESUME_WINDOW_MS);
  expect((await admitted(desk, carl.credentials, carl.admission.peerId)).peerId).not.toBe(carl.admission.peerId);
});

test('a guest is forgotten twelve hours after the last use, an expert is not', async () => {
  const desk = await openDesk();
  const [guest, expert] = [await becomes(desk, 'customer', 'Carl'), await becomes(desk, 'expert', 'Erin')];
  desk.clock.advance(12 * 3_600_000 + 60_000);
  expect((await post(desk, '/api/admit', { personId: guest.personId, key: guest.key })).status).toBe(401);
  expect((await post(desk, '/api/admit', { personId: expert.personId, key: expert.key })).status).toBe(200);
});

test('TURN credentials come with the ticket', async () => {
  const turn = { urls: ['turn:turn.example:3478'], secret: 'a-secret-of-the-desk', ttlSeconds: 600 };
  const desk = await openDesk({ turn, stunUrls: ['stun:turn.example:3478'] });
  const { iceServers, iceExpiresAt } = await admitted(desk, await becomes(desk, 'customer', 'Carl'));
  expect(iceServers).toMatchObject([{ urls: ['stun:turn.example:3478'] }, { urls: turn.urls }]);
  expect(iceExpiresAt).toBe(desk.clock.now() + 600_000);
  expect(JSON.stringify(iceServers)).not.toContain(turn.secret);
});

test.each([
  ['no JSON', 'x', 400, 'bad-message'],
  ['another shape', '{}', 400, 'bad-message'],
  ['an unknown key', '{"name":"Carl","role":"expert"}', 400, 'bad-message'],
  ['a prototype key', '{"name":"Carl","__proto__":{"role":"expert"}}', 400, 'bad-message'],
  ['an empty name', '{"name":"  "}', 400, 'bad-message'],
  ['a long name', JSON.stringify({ name: 'x'.repeat(81) }), 400, 'bad-message'],
  ['too much', JSON.stringify({ name: 'x'.repeat(5_000) }), 413, 'too-large'],
])('a body with %s is refused', async (_, body, status, reason) => {
  const desk = await openDesk();
  const answer = await post(desk, '/api/guest', body);
  expect([answer.status, reasonIn(answer.value)]).toEqual([status, reason]);
});

test('one address makes so many people and no more', async () => {
  const desk = await openDesk();
  const statuses = [];
  for (let count = 0; count < 62; count += 1) statuses.push((await post(desk, '/api/guest', { name: 'Carl' })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  expect(statuses.at(-1)).toBe(429);
  desk.clock.advance(1_000);
  expect((await post(desk, '/api/guest', { name: 'Carl' })).status).toBe(200);
});

test('pages of other origins are refused, extensions are let in', async () => {
  const desk = await openDesk();
  const from = (origin: string) => post(desk, '/api/guest', { name: 'Carl' }, { origin });
  expect(reasonIn((await from('https://evil.example')).value)).toBe('wrong-origin');
  const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
  const answer = await from(extension);
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, extension]);
  const preflight = await fetch(`${desk.url}/api/admit`, { method: 'OPTIONS', headers: { origin: extension } });
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type']);
});

test('other methods and other addresses are told apart', async () => {
  const desk = await openDesk();
  expect((await fetch(`${desk.url}/api/guest`)).status).toBe(405);
  expect((await fetch(`${desk.url}/api/nothing`)).status).toBe(404);
  expect((await fetch(`${desk.url}/peerjs/peers`)).status).toBe(404);
  expect((await fetch(`${desk.url}/peerjs/id`)).status).toBe(404);
});
