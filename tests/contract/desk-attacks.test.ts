import { PeerServer } from 'peer';
import { DEFAULT_RATES } from '../../server/options.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { admitted, arrive, becomes, enter, introduced, openDesk, signal, signalAs } from './desk-harness.ts';

/** PeerServer as it comes, but for a port of its own and how long it keeps messages for somebody who is not there. */
async function stockServer({ keepMs = 60_000 } = {}): Promise<string> {
  const options = { host: '127.0.0.1', port: 0, expire_timeout: keepMs, cleanup_out_msgs: 100 };
  return new Promise((resolve) => {
    PeerServer(options, (server) => {
      onTestFinished(() => void server.close());
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

const offerTo = (dst: string, text = 'private sdp') => ({ type: 'OFFER', dst, payload: { sdp: text } });

describe('taking over the id of somebody who dropped out', () => {
  test('works on a stock PeerServer: the thief gets the id and the offer', async () => {
    const url = await stockServer();
    const caller = await signal(url, { id: 'caller-1', token: 'a' });
    const victim = await signal(url, { id: 'victim-1', token: 'b' });
    victim.socket.close();
    await victim.closed;
    caller.send(offerTo('victim-1'));
    const thief = await signal(url, { id: 'victim-1', token: 'stolen' });
    expect(await thief.next('OPEN')).toBeTruthy();
    expect((await thief.next('OFFER')).payload).toEqual({ sdp: 'private sdp' });
    const back = await signal(url, { id: 'victim-1', token: 'b' });
    expect(await back.next('ID-TAKEN')).toBeTruthy();
  });

  test('fails here: the id and the offer wait for their owner', async () => {
    const desk = await openDesk();
    const { expert, customer } = await introduced(desk);
    const caller = await signalAs(desk, customer.admission);
    const victim = await signalAs(desk, expert.admission);
    await victim.next('OPEN');
    victim.socket.terminate();
    await victim.closed;
    await expect.poll(async () => (await fetch(`${desk.url}/metrics`)).text()).toContain('signalling_sockets 1');
    caller.send(offerTo(expert.admission.peerId));

    const mallory = await admitted(desk, await becomes(desk, 'customer', 'Mallory'));
    for (const token of ['stolen', mallory.ticket])
      expect((await signal(desk.url, { id: expert.admission.peerId, token })).refused).toBe(403);

    const fresh = await admitted(desk, expert.credentials, expert.admission.peerId);
    const back = await signalAs(desk, fresh);
    expect(await back.next('OPEN')).toBeTruthy();
    expect(await back.next('OFFER')).toMatchObject({ src: customer.admission.peerId, payload: { sdp: 'private sdp' } });
  });
});

describe('coming back while the old socket hangs', () => {
  test('a stock PeerServer says nothing', async () => {
    const url = await stockServer();
    const old = await signal(url, { id: 'owner-01', token: 'a' });
    await old.next('OPEN');
    const back = await signal(url, { id: 'owner-01', token: 'a' });
    const caller = await signal(url, { id: 'caller-1', token: 'b' });
    caller.send(offerTo('owner-01'));
    await back.next('OFFER');
    expect(back.received.map(({ type }) => type)).not.toContain('OPEN');
  });

  test.each(['a fresh ticket', 'the same ticket'])(
    'here the owner gets OPEN with %s, and the old socket ends',
    async (kind) => {
      const desk = await openDesk();
      const { expert, customer } = await introduced(desk);
      const old = await signalAs(desk, expert.admission);
      await old.next('OPEN');
      const { peerId } = expert.admission;
      if (kind === 'the same ticket') desk.clock.advance(5_000);
      const again = kind === 'the same ticket' ? expert.admission : await admitted(desk, expert.credentials, peerId);
      const back = await signalAs(desk, again);
      expect(await back.next('OPEN')).toBeTruthy();
      expect(await old.closed).toBe(4001);
      const caller = await signalAs(desk, customer.admission);
      caller.send(offerTo(peerId));
      expect(await back.next('OFFER')).toBeTruthy();
      expect(old.received.map(({ type }) => type)).toEqual(['OPEN']);
    },
  );
});

describe('finding out who is there', () => {
  test('works on a stock PeerServer', async () => {
    const url = await stockServer({ keepMs: 200 });
    await signal(url, { id: 'present1', token: 'a' });
    const answers = await Promise.all(
      ['present1', 'absent-1'].map(async (id) => {
        const probe = await signal(url, { id, token: 'probe' });
        return Promise.race([probe.next('OPEN'), probe.next('ID-TAKEN')]);
      }),
    );
    expect(answers.map(({ type }) => type)).toEqual(['ID-TAKEN', 'OPEN']);
    const prober = await signal(url, { id: 'prober-1', token: 'c' });
    prober.send(offerTo('absent-2'));
    expect(await prober.next('EXPIRE')).toMatchObject({ src: 'absent-2' });
  });

  test('fails here: present, absent and forbidden look the same', async () => {
    const desk = await openDesk();
    const present = await arrive(desk, 'expert', 'Erin');
    const watched = await signalAs(desk, present.admission);
    await watched.next('OPEN');
    const { customer: prober, expert: friend } = await introduced(desk);
    const ids = [present.admission.peerId, 'a'.repeat(26)];
    for (const token of [prober.admission.ticket, 'noise'])
      expect(await Promise.all(ids.map(async (id) => (await signal(desk.url, { id, token })).refused))).toEqual([
        403, 403,
      ]);

    const probing = await signalAs(desk, prober.admission);
    const friendly = await signalAs(desk, friend.admission);
    await friendly.next('OPEN');
    for (const id of ids) probing.send(offerTo(id));
    // Messages are handled in order: when the friend has this one, the others have been dealt with.
    probing.send(offerTo(friend.admission.peerId));
    await friendly.next('OFFER');
    expect(probing.received.map(({ type }) => type)).toEqual(['OPEN']);
    expect(watched.received.map(({ type }) => type)).toEqual(['OPEN']);
    const metrics = await (await fetch(`${desk.url}/metrics`)).text();
    expect(metrics).toContain('alongside_signals_total{result="dropped"} 2');
  });

  test('a PeerServer that lists its peers is not to be found here', async () => {
    const desk = await openDesk();
    for (const path of ['/peerjs/peers', '/peerjs/peerjs/peers', '/peers', '/peerjs/id'])
      expect((await fetch(`${desk.url}${path}`)).status).toBe(404);
  });
});

describe('flooding', () => {
  const text = 'x'.repeat(50_000);

  test('a stock PeerServer keeps whatever is sent to an id that does not exist', async () => {
    const url = await stockServer();
    const flooder = await signal(url, { id: 'flooder1', token: 'a' });
    const listener = await signal(url, { id: 'fence-01', token: 'c' });
    for (let count = 0; count < 100; count += 1) flooder.send({ type: 'ANSWER', dst: 'invented', payload: text });
    flooder.send(offerTo('fence-01'));
    await listener.next('OFFER');
    const heir = await signal(url, { id: 'invented', token: 'b' });
    await expect.poll(() => heir.received.filter(({ type }) => type === 'ANSWER').length).toBe(100);
  });

  test('nothing is kept here for ids that do not exist, and little for those that do', async () => {
    const desk = await openDesk();
    const { expert, customer } = await introduced(desk);
    const flooder = await signalAs(desk, customer.admission);
    await flooder.next('OPEN');
    for (let count = 0; count < 100; count += 1) flooder.send({ type: 'ANSWER', dst: 'invented-id', payload: text });
    for (let count = 0; count < 100; count += 1)
      flooder.send({ type: 'ANSWER', dst: expert.admission.peerId, payload: `${count}${text}` });
    await expect
      .poll(async () => (await fetch(`${desk.url}/metrics`)).text())
      .toContain('alongside_signals_total{result="kept"} 100');
    const back = await signalAs(desk, expert.admission);
    flooder.send(offerTo(expert.admission.peerId));
    await back.next('OFFER');
    const kept = back.received.filter(({ type }) => type === 'ANSWER');
    expect(kept.length).toBeLessThanOrEqual(5);
    expect(String(kept.at(-1)?.payload).slice(0, 2)).toBe('99');
  });

  test('who sends too much is cut off', async () => {
    const desk = await openDesk();
    const { customer } = await introduced(desk);
    const flooder = await signalAs(desk, customer.admission);
    for (let count = 0; count < 400; count += 1) flooder.send({ type: 'HEARTBEAT' });
    expect(await flooder.closed).toBe(1008);
  });

  test('a message of a megabyte passes through a stock PeerServer and ends the socket here', async () => {
    const payload = 'x'.repeat(1_000_000);
    const url = await stockServer();
    const [sender, receiver] = [
      await signal(url, { id: 'sender-1', token: 'a' }),
      await signal(url, { id: 'receive1', token: 'b' }),
    ];
    sender.send({ type: 'OFFER', dst: 'receive1', payload });
    expect(await receiver.next('OFFER')).toMatchObject({ payload });

    const desk = await openDesk();
    const { expert, customer } = await introduced(desk);
    const large = await signalAs(desk, customer.admission);
    large.send({ type: 'OFFER', dst: expert.admission.peerId, payload });
    expect(await large.closed).toBe(1009);
  });

  test('one address opens so many sockets and no more', async () => {
    const desk = await openDesk({
      rates: { ...DEFAULT_RATES, connections: { capacity: 3, perSecond: 1 } },
    });
    const statuses = [];
    for (let count = 0; count < 5; count += 1)
      statuses.push((await signal(desk.url, { id: 'whoever-it-is', token: 'x' })).refused);
    expect(statuses).toEqual(Array(5).fill(403));
    expect(await (await fetch(`${desk.url}/metrics`)).text()).toContain(
      'alongside_refusals_total{reason="too-many-requests"} 2',
    );
  });
});

describe('a page of another origin', () => {
  const headers = { origin: 'https://evil.example' };

  test('may use a stock PeerServer', async () => {
    const stolen = await signal(await stockServer(), { id: 'victim-1', token: 'a', headers });
    expect(await stolen.next('OPEN')).toBeTruthy();
  });

  test('is refused here, with a good ticket too', async () => {
    const desk = await openDesk();
    const { peerId, ticket } = await admitted(desk, await becomes(desk, 'customer', 'Carl'));
    expect((await signal(desk.url, { id: peerId, token: ticket, headers })).refused).toBe(403);
    const extension = { origin: 'moz-extension://8b1a7a4e-0b5f-4c1e-9d3e-5a5b5c5d5e5f' };
    expect((await signal(desk.url, { id: peerId, token: ticket, headers: extension })).refused).toBeUndefined();
  });
});

test('malformed signals change nothing and are counted', async () => {
  const desk = await openDesk();
  const { expert, customer } = await introduced(desk);
  const [sender, receiver] = [await signalAs(desk, customer.admission), await signalAs(desk, expert.admission)];
  await receiver.next('OPEN');
  const dst = expert.admission.peerId;
  const bad = [
    'x',
    '[]',
    'null',
    '{}',
    '{"type":"EXPIRE","dst":"x"}',
    JSON.stringify({ type: 'OPEN', dst }),
    '{"type":"LEAVE"}',
  ];
  for (const frame of bad) sender.socket.send(frame);
  sender.socket.send(Buffer.from('{"type":"HEARTBEAT"}'));
  sender.send({ ...offerTo(dst), src: 'somebody-else' });
  expect(await receiver.next('OFFER')).toMatchObject({ src: customer.admission.peerId });
  expect(receiver.received).toHaveLength(2);
  expect(await (await fetch(`${desk.url}/metrics`)).text()).toContain(
    `alongside_signals_total{result="malformed"} ${bad.length + 1}`,
  );
});

test('people who are no longer introduced reach each other no longer', async () => {
  const desk = await openDesk();
  const { expert, customer, sessionId } = await introduced(desk);
  const [caller, callee] = [await signalAs(desk, customer.admission), await signalAs(desk, expert.admission)];
  await callee.next('OPEN');
  await customer.ask('ended', { sessionId });
  caller.send(offerTo(expert.admission.peerId));
  await expect
    .poll(async () => (await fetch(`${desk.url}/metrics`)).text())
    .toContain('alongside_signals_total{result="dropped"} 1');
  expect(callee.received.map(({ type }) => type)).toEqual(['OPEN']);
});

test('a ticket that is too old opens nothing new', async () => {
  const desk = await openDesk();
  const carl = await becomes(desk, 'customer', 'Carl');
  const admission = await admitted(desk, carl);
  await enter(desk, carl, admission);
  desk.clock.advance(60_000);
  expect((await signalAs(desk, admission)).refused).toBe(403);
});
