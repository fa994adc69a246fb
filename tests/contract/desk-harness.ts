import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { decodeDeskEvent, decodeValue } from '../../lib/protocol/decode-desk.ts';
import { Admission, Credentials, type DeskEvent, type Role } from '../../lib/protocol/desk-messages.ts';
import { PROTOCOL_VERSION } from '../../lib/protocol/limits.ts';
import type { DeskOptions } from '../../server/options.ts';
import { startDesk, type Desk } from '../../server/start-desk.ts';
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts';

export interface TestDesk extends Desk {
  readonly clock: ManualClock;
}

/** A desk whose time stands still, closed when the test is over. */
export async function openDesk(options: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const clock = createManualClock(1_800_000_000_000);
  const desk = await startDesk({ port: 0, clock, ...options });
  onTestFinished(() => desk.close());
  return { ...desk, clock };
}

export async function post(desk: { url: string }, path: string, body: unknown, headers: HeadersInit = {}) {
  const response = await fetch(`${desk.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, value, headers: response.headers };
}

export const reasonIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'reason' in value ? value.reason : undefined;

function expectOk<T>(decoded: { ok: true; value: T } | { ok: false; reason: string; detail?: string }): T {
  if (!decoded.ok) throw new Error(`${decoded.reason} ${decoded.detail ?? ''}`);
  return decoded.value;
}

export async function becomes(desk: Desk, role: Role, name: string): Promise<Credentials> {
  const answer =
    role === 'customer'
      ? await post(desk, '/api/guest', { name })
      : await post(desk, '/api/enrol', { invite: desk.invite(role, name).replace(/.*#/, '') });
  return expectOk(decodeValue(Credentials, answer.value));
}

export async function admitted(
  desk: { url: string },
  { personId, key }: Credentials,
  peerId?: string,
): Promise<Admission> {
  const answer = await post(desk, '/api/admit', peerId === undefined ? { personId, key } : { personId, key, peerId });
  return expectOk(decodeValue(Admission, answer.value));
}

type Of<T extends DeskEvent['type']> = Extract<DeskEvent, { type: T }>;

export interface Person {
  readonly credentials: Credentials;
  readonly admission: Admission;
  readonly socket: WebSocket;
  readonly events: DeskEvent[];
  /** The reply to a request; `value` or `reason`. */
  ask(type: string, fields?: object): Promise<Of<'reply'>>;
  /** The next event of this type that was not taken before, now or when it comes. */
  next<T extends DeskEvent['type']>(type: T): Promise<Of<T>>;
  /** How many events of this type have not been taken. After `ask` all earlier events are there. */
  left(type: DeskEvent['type']): number;
  closed: Promise<number>;
}

/** Opens the desk socket and sends the ticket. Resolves after `welcome`, or when the socket was closed. */
export async function enter(
  desk: { url: string },
  credentials: Credentials,
  admission?: Admission,
  autoPong = true,
): Promise<Person> {
  const own = admission ?? (await admitted(desk, credentials));
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/desk`, { autoPong });
  onTestFinished(() => socket.terminate());
  const events: DeskEvent[] = [];
  const untaken: DeskEvent[] = [];
  const waiting = new Set<() => void>();
  let lastId = 0;
  socket.on('message', (data) => {
    const event = expectOk(decodeDeskEvent(Buffer.isBuffer(data) ? data.toString() : ''));
    events.push(event);
    untaken.push(event);
    for (const wake of [...waiting]) wake();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));

  function take(matches: (event: DeskEvent) => boolean): Promise<DeskEvent> {
    return new Promise((resolve) => {
      const look = () => {
        const index = untaken.findIndex(matches);
        const [event] = index < 0 ? [] : untaken.splice(index, 1);
        if (event === undefined) return;
        waiting.delete(look);
        resolve(event);
      };
      waiting.add(look);
      look();
    });
  }
  const isOf =
    <T extends DeskEvent['type']>(type: T) =>
    (event: DeskEvent): event is Of<T> =>
      event.type === type;

  const person: Person = {
    credentials,
    admission: own,
    socket,
    events,
    async ask(type, fields = {}) {
      const id = ++lastId;
      socket.send(JSON.stringify({ type, id, ...fields }));
      const reply = await take((event) => event.type === 'reply' && event.id === id);
      if (reply.type !== 'reply') throw new Error('not a reply');
      return reply;
    },
    async next(type) {
      const event = await take(isOf(type));
      if (!isOf(type)(event)) throw new Error('not of this type');
      return event;
    },
    left: (type) => untaken.filter(isOf(type)).length,
    closed,
  };
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'auth', ticket: own.ticket, protocol: PROTOCOL_VERSION }));
  await Promise.race([person.next('welcome'), closed]);
  return person;
}

export async function arrive(desk: Desk, role: Role, name: string): Promise<Person> {
  return enter(desk, await becomes(desk, role, name));
}

/** Lets time pass for people who renew their leases. */
export async function pass(desk: TestDesk, ms: number, people: readonly Person[]) {
  for (let left = ms; left > 0; left -= 2_000) {
    await Promise.all(people.map((person) => person.ask('ping')));
    desk.clock.advance(Math.min(2_000, left));
  }
}

/** A PeerJS socket as the PeerJS client opens it, with everything that it receives. */
export interface Signaller {
  readonly socket: WebSocket;
  readonly received: { type: string; src?: string; payload?: unknown }[];
  send(message: object): void;
  /** The first message of this type, now or when it comes. */
  next(type: string): Promise<{ type: string; src?: string; payload?: unknown }>;
  readonly closed: Promise<number>;
}

/** Resolves when the socket is open, or when the server refused it: then `refused` holds the HTTP status. */
export async function signal(
  base: string,
  { id, token, headers = {} }: { id: string; token: string; headers?: Record<string, string> },
): Promise<Signaller & { readonly refused: number | undefined }> {
  const query = new URLSearchParams({ key: 'peerjs', id, token, version: '1.5.5' });
  const socket = new WebSocket(`${base.replace('http', 'ws')}/peerjs?${query}`, { headers });
  onTestFinished(() => socket.terminate());
  const received: { type: string; src?: string; payload?: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    received.push(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''));
    for (const wake of [...waiting]) wake();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const refused = await new Promise<number | undefined>((resolve) => {
    socket.once('open', () => resolve(undefined));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', () => resolve(0));
  });
  return {
    ...{ socket, received, closed, refused },
    send: (message) => socket.send(JSON.stringify(message)),
    next: (type) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find((message) => message.type === type);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Opens the PeerJS socket of a person. */
export const signalAs = (desk: { url: string }, { peerId, ticket }: Admission) =>
  signal(desk.url, { id: peerId, token: ticket });

/** An expert and a customer whom the desk has introduced by a session code. */
export async function introduced(desk: Desk): Promise<{ expert: Person; customer: Person; sessionId: string }> {
  const [expert, customer] = [await arrive(desk, 'expert', 'Erin'), await arrive(desk, 'customer', 'Carl')];
  await expert.ask('code.create');
  const created = expert.events.findLast((event) => event.type === 'reply' && event.ok);
  const code = /"code":"(\d+)"/.exec(JSON.stringify(created))?.[1];
  await customer.ask('code.join', { code, name: 'Carl' });
  const { introduction } = await expert.next('ring');
  return { expert, customer, sessionId: introduction.sessionId };
}
