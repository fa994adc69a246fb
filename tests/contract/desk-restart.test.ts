import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { Credentials, SessionCodeValue } from '../../lib/protocol/desk-messages.ts';
import { openDatabase } from '../../server/store/database.ts';
import { admitted, enter, post, signal, signalAs, type Person } from './desk-harness.ts';

const MAIN = join(import.meta.dirname, '../../server/main.ts');
const Started = v.looseObject({ msg: v.literal('desk started'), port: v.number() });

interface Running {
  readonly url: string;
  readonly process: ChildProcess;
  readonly log: string[];
}

async function run(store: string): Promise<Running> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--store', store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const log: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      const started = v.safeParse(Started, JSON.parse(line));
      if (started.success) resolve(started.output.port);
    });
    child.once('exit', (code) => reject(new Error(`the desk ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, process: child, log };
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

async function killed({ process: child }: Running) {
  const exit = ended(child);
  child.kill('SIGKILL');
  await exit;
}

async function command(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...args]);
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  expect(await ended(child)).toBe(0);
  return said.trim();
}

const invite = async (store: string) =>
  (await command('invite', '--role', 'expert', '--name', 'Erin', '--store', store)).replace(/.*#/, '');

/** Ids are written a moment after they were opened, many at once. */
function isKept(store: string, peerId: string): boolean {
  const db = openDatabase(store);
  const row = db.get(v.object({ peer_id: v.string() }), 'SELECT peer_id FROM kept_ids WHERE peer_id = ?', peerId);
  db.close();
  return row !== undefined;
}

async function killedOnceKept(desk: Running, store: string, ...people: Person[]) {
  for (const { admission } of people) await expect.poll(() => isKept(store, admission.peerId)).toBe(true);
  await killed(desk);
}

const storeFile = () => join(mkdtempSync(join(tmpdir(), 'desk-store-')), 'desk.sqlite');

async function twoPeople(desk: { url: string }, store: string) {
  const expert = await post(desk, '/api/enrol', { invite: await invite(store) });
  const guest = await post(desk, '/api/guest', { name: 'Carl' });
  return { expert: v.parse(Credentials, expert.value), guest: v.parse(Credentials, guest.value) };
}

test('after kill -9, credentials work, ids belong to their owners, and an unused code still joins', async () => {
  const store = storeFile();
  const before = await run(store);
  const { expert, guest } = await twoPeople(before, store);
  const erin = await enter(before, expert);
  const { code } = v.parse(SessionCodeValue, (await erin.ask('code.create')).value);
  await (await signalAs(before, erin.admission)).next('OPEN');
  await killedOnceKept(before, store, erin);

  const after = await run(store);
  // The ticket that opened the id is good for it still, as PeerJS's own reconnect uses it.
  const same = await signalAs(after, erin.admission);
  expect(await same.next('OPEN')).toBeTruthy();
  const kept = await admitted(after, expert, erin.admission.peerId);
  expect(kept.peerId).toBe(erin.admission.peerId);
  const thief = await admitted(after, guest, erin.admission.peerId);
  expect(thief.peerId).not.toBe(erin.admission.peerId);
  expect((await signal(after.url, { id: kept.peerId, token: thief.ticket })).refused).toBe(403);

  const erinBack = await enter(after, expert, kept);
  const carl = await enter(after, guest, thief);
  expect(await carl.ask('code.join', { code, name: 'Carl' })).toMatchObject({ ok: true });
  expect((await erinBack.next('ring')).introduction.person.name).toBe('Carl');
});

test('after kill -9, an answered call is still known, and its people may signal to each other', async () => {
  const store = storeFile();
  const before = await run(store);
  const { expert, guest } = await twoPeople(before, store);
  const [erin, carl] = [await enter(before, expert), await enter(before, guest)];
  await carl.ask('help', { scenario: 'maintenance', name: 'Carl' });
  const { introduction } = await erin.next('ring');
  await erin.ask('answered', { sessionId: introduction.sessionId });
  await killedOnceKept(before, store, erin, carl);

  const after = await run(store);
  const [a, b] = [
    await admitted(after, expert, erin.admission.peerId),
    await admitted(after, guest, carl.admission.peerId),
  ];
  const [callee, caller] = [await signalAs(after, a), await signalAs(after, b)];
  await callee.next('OPEN');
  caller.send({ type: 'OFFER', dst: a.peerId, payload: { sdp: 'again' } });
  expect(await callee.next('OFFER')).toMatchObject({ src: b.peerId });
  const back = await enter(after, expert, a);
  expect(await back.ask('ended', { sessionId: introduction.sessionId })).toMatchObject({ ok: true });
});

test('an answer that the desk was not there to hear counts when it is back', async () => {
  const store = storeFile();
  const before = await run(store);
  const { expert, guest } = await twoPeople(before, store);
  const [erin, carl] = [await enter(before, expert), await enter(before, guest)];
  await carl.ask('help', { scenario: 'maintenance', name: 'Carl' });
  const { introduction } = await erin.next('ring');
  await killedOnceKept(before, store, erin, carl);

  const after = await run(store);
  const erinBack = await enter(after, expert, await admitted(after, expert, erin.admission.peerId));
  expect((await erinBack.next('ring')).introduction).toEqual(introduction);
  expect(await erinBack.ask('answered', { sessionId: introduction.sessionId })).toMatchObject({ ok: true });
  await enter(after, guest, await admitted(after, guest, carl.admission.peerId));
  expect(await erinBack.ask('ended', { sessionId: introduction.sessionId })).toMatchObject({ ok: true });
});

test('after kill -9, customers keep their places in the queue', async () => {
  const store = storeFile();
  const before = await run(store);
  const { expert, guest } = await twoPeople(before, store);
  const dora = v.parse(Credentials, (await post(before, '/api/guest', { name: 'Dora' })).value);
  const [carlThere, doraThere] = [await enter(before, guest), await enter(before, dora)];
  await carlThere.ask('help', { scenario: 'maintenance', name: 'Carl' });
  await doraThere.ask('help', { scenario: 'maintenance', name: 'Dora' });
  await killed(before);

  const after = await run(store);
  const doraBack = await enter(after, dora);
  expect((await doraBack.next('queue')).position).toBe(2);
  const carlBack = await enter(after, guest);
  expect((await carlBack.next('queue')).position).toBe(1);
  const erin = await enter(after, expert);
  expect((await erin.next('ring')).introduction.person.name).toBe('Carl');
});

test('people can be listed and removed while the desk runs', async () => {
  const store = storeFile();
  const desk = await run(store);
  const { expert } = await twoPeople(desk, store);
  expect(await command('people', '--store', store)).toBe(`${expert.personId}  expert  Erin`);
  await command('remove', '--person', expert.personId, '--store', store);
  expect(await command('people', '--store', store)).toBe('');
  expect((await post(desk, '/api/admit', { personId: expert.personId, key: expert.key })).status).toBe(401);
});

test('Ctrl-C ends the desk cleanly, and its log names nobody', async () => {
  const store = storeFile();
  const desk = await run(store);
  const { expert } = await twoPeople(desk, store);
  const erin = await enter(desk, expert);
  const exit = ended(desk.process);
  desk.process.kill('SIGINT');
  expect(await erin.next('closing')).toMatchObject({ reason: 'shutting-down' });
  expect(await exit).toBe(0);
  expect(desk.log.join('\n')).toContain('desk stopped');
  expect(desk.log.join('\n')).not.toMatch(new RegExp(`Erin|Carl|${expert.personId}|${expert.key}`));
});

test.each([
  [['--port', 'ninety'], '--port: must be a number'],
  [['--frobnicate'], 'frobnicate'],
  [['dance'], 'Unknown command: dance'],
  [['invite', '--role', 'king', '--name', 'X'], '--role: must be expert or device'],
  [['invite', '--role', 'expert'], '--name: must not be empty'],
  [['remove', '--person', 'nobody', '--store', join(tmpdir(), 'desk-empty', 'desk.sqlite')], 'nobody with the id'],
  [['people', '--store', ':memory:'], 'this needs the store file'],
  [['--config', '/nowhere.jsonc'], "/nowhere.jsonc: can't be read"],
])('%j is refused with a sentence', async (args, sentence) => {
  const child = spawn(process.execPath, [MAIN, ...args]);
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  expect(await ended(child)).toBe(2);
  expect(said).toContain(sentence);
});
