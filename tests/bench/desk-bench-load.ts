/** The clients' side of the desk bench: people, sockets and messages. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { textOf } from '../../server/ws-details.ts';
import { PROTOCOL_VERSION } from '../../lib/protocol/limits.ts';

export type Kind = 'ours' | 'stock';

export interface Server {
  readonly kind: Kind;
  readonly port: number;
  ask(question: 'invite'): Promise<string>;
  ask(question: 'memory' | 'cpu'): Promise<number>;
  end(): Promise<void>;
}

export async function startServer(kind: Kind, maxSockets: number): Promise<Server> {
  const file = join(import.meta.dirname, 'desk-bench-server.ts');
  const child = fork(file, [kind, String(maxSockets)], { execArgv: ['--expose-gc'], stdio: 'inherit' });
  const [port] = await once(child, 'message');
  return {
    kind,
    port,
    async ask(question: string) {
      child.send(question);
      const [answer] = await once(child, 'message');
      return answer;
    },
    async end() {
      child.send('end');
      await once(child, 'exit');
    },
  };
}

/** Runs `task` for 0..count-1, `width` at a time. */
export async function each(count: number, width: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export function post(port: number, path: string, body: object): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

/** What a PeerJS client needs to open its socket. */
export interface Entry {
  readonly id: string;
  readonly token: string;
}

/** Guests with tickets at our desk; invented ids at a stock PeerServer, which lets anybody in. */
export async function createEntries({ kind, port }: Server, count: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  await each(count, 64, async (index) => {
    if (kind === 'stock') return void entries.push({ id: `bench-client-${index}`, token: `token-${index}` });
    const { personId, key } = await post(port, '/api/guest', { name: 'Bench' });
    const { peerId = '', ticket = '' } = await post(port, '/api/admit', { personId, key });
    entries.push({ id: peerId, token: ticket });
  });
  return entries;
}

/** Opens a PeerJS socket; resolves when the server said OPEN. */
export async function openPeer(port: number, { id, token }: Entry): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`);
  const [data] = await once(socket, 'message');
  if (!textOf(data).includes('OPEN')) throw new Error(`no OPEN for ${id}: ${textOf(data)}`);
  return socket;
}

/** A socket to the desk that is signed in, and its next event of a type. */
async function openDesk(port: number, ticket: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/desk`);
  const events: Record<string, unknown>[] = [];
  socket.on('message', (data) => events.push(JSON.parse(textOf(data))));
  await once(socket, 'open');
  const until = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = events.find((event) => event.type === type);
      if (found !== undefined) return found;
      await once(socket, 'message');
    }
  };
  socket.send(JSON.stringify({ type: 'auth', ticket, protocol: PROTOCOL_VERSION }));
  await until('welcome');
  return { socket, until };
}

/** Two peers who may signal to each other. At our desk that takes a session code; the desk sockets are closed again. */
export async function createPair(server: Server, index: number): Promise<[Entry, Entry]> {
  const { kind, port } = server;
  if (kind === 'stock')
    return [
      { id: `pair-${index}-a`, token: 'a' },
      { id: `pair-${index}-b`, token: 'b' },
    ];
  const invite = (await server.ask('invite')).replace(/.*#/, '');
  const [erin, carl] = [await post(port, '/api/enrol', { invite }), await post(port, '/api/guest', { name: 'Carl' })];
  const enter = async ({ personId, key }: Record<string, string>) => {
    const { peerId = '', ticket = '' } = await post(port, '/api/admit', { personId, key });
    return { entry: { id: peerId, token: ticket }, desk: await openDesk(port, ticket) };
  };
  const [expert, customer] = [await enter(erin), await enter(carl)];
  expert.desk.socket.send(JSON.stringify({ type: 'code.create', id: 1 }));
  const code = /"code":"(\d+)"/.exec(JSON.stringify(await expert.desk.until('reply')))?.[1];
  customer.desk.socket.send(JSON.stringify({ type: 'code.join', id: 1, code, name: 'Carl' }));
  const { introduction } = await expert.desk.until('ring');
  const sessionId = /"sessionId":"([^"]+)"/.exec(JSON.stringify(introduction))?.[1];
  expert.desk.socket.send(JSON.stringify({ type: 'answered', id: 2, sessionId }));
  await once(expert.desk.socket, 'message');
  expert.desk.socket.close();
  customer.desk.socket.close();
  return [expert.entry, customer.entry];
}
