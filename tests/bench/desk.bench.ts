/**
 * The desk against a stock PeerServer, in the same run: connections a second, relayed messages a second, memory.
 * The servers run one after another in a process of their own, the clients in this one, all on the loopback interface.
 *
 *   node tests/bench/desk.bench.ts [connections] [rounds]
 */
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import { createEntries, createPair, each, openPeer, startServer, type Kind } from './desk-bench-load.ts';

export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly baseline: number;
  /** ours / baseline */
  readonly ratio: number;
}

const PAIRS = 50;
const MESSAGES_PER_PAIR = 1_000;
/** Sent and not yet answered, for each pair: keeps the server busy without flooding it. */
const WINDOW = 8;
/** An SDP with data, sound and two pictures is of this size. */
const PAYLOAD = { sdp: 'x'.repeat(2_500), type: 'data', connectionId: 'dc_bench' };
/** Files that a process needs besides its sockets. */
const SPARE_FILES = 200;

interface Measured {
  readonly connectsPerSecond: number;
  readonly messagesPerSecond: number;
  readonly messagesPerCpuSecond: number;
  readonly bytesPerConnection: number;
}

async function measure(kind: Kind, connections: number): Promise<Measured> {
  const server = await startServer(kind, connections + 10 * PAIRS);
  const entries = await createEntries(server, connections);
  const memoryBefore = await server.ask('memory');
  const sockets: WebSocket[] = [];
  const startedAt = performance.now();
  await each(connections, 100, async (index) => {
    const entry = entries[index];
    if (entry !== undefined) sockets.push(await openPeer(server.port, entry));
  });
  const connectsPerSecond = (connections / (performance.now() - startedAt)) * 1_000;
  const bytesPerConnection = ((await server.ask('memory')) - memoryBefore) / connections;

  // The idle connections stay open: relaying is measured in a full house.
  const pairs: [WebSocket, WebSocket, string, string][] = [];
  await each(PAIRS, 1, async (index) => {
    const [a, b] = await createPair(server, index);
    pairs.push([await openPeer(server.port, a), await openPeer(server.port, b), a.id, b.id]);
  });
  const cpuBefore = await server.ask('cpu');
  const relayStartedAt = performance.now();
  await Promise.all(pairs.map(([a, b, idA, idB]) => playPair(a, b, idA, idB)));
  const seconds = (performance.now() - relayStartedAt) / 1_000;
  const cpuSeconds = ((await server.ask('cpu')) - cpuBefore) / 1e6;
  const messages = PAIRS * MESSAGES_PER_PAIR * 2;

  for (const socket of [...sockets, ...pairs.flatMap(([a, b]) => [a, b])]) socket.terminate();
  await server.end();
  return {
    ...{ connectsPerSecond, bytesPerConnection },
    messagesPerSecond: messages / seconds,
    messagesPerCpuSecond: messages / cpuSeconds,
  };
}

/** One side sends offers, the other answers each; resolves when all are answered. */
function playPair(a: WebSocket, b: WebSocket, idA: string, idB: string): Promise<void> {
  const offer = JSON.stringify({ type: 'OFFER', dst: idB, payload: PAYLOAD });
  const answer = JSON.stringify({ type: 'ANSWER', dst: idA, payload: PAYLOAD });
  let sent = 0;
  let answered = 0;
  b.on('message', () => b.send(answer));
  return new Promise((resolve) => {
    const send = () => {
      if (sent >= MESSAGES_PER_PAIR) return;
      sent += 1;
      a.send(offer);
    };
    a.on('message', () => {
      answered += 1;
      if (answered === MESSAGES_PER_PAIR) resolve();
      else send();
    });
    for (let open = 0; open < WINDOW; open += 1) send();
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Never raises a limit of the system: where few files may be open, fewer connections are made. */
function affordable(wanted: number): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  const files = limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
  return Math.max(100, Math.min(wanted, files - SPARE_FILES - 2 * PAIRS));
}

/** Servers take turns, so that a machine that gets busier meanwhile hurts both. Medians over `rounds`. */
export async function run({ connections = 10_000, rounds = 3 } = {}): Promise<BenchResult[]> {
  const count = affordable(connections);
  const [ours, stock]: [Measured[], Measured[]] = [[], []];
  // This process has to warm up, too: whoever came first would pay for it.
  for (const kind of ['stock', 'ours'] as const) await measure(kind, 200);
  for (let round = 0; round < rounds; round += 1)
    for (const kind of round % 2 === 0 ? (['stock', 'ours'] as const) : (['ours', 'stock'] as const))
      (kind === 'ours' ? ours : stock).push(await measure(kind, count));
  const compare = (name: string, unit: string, read: (one: Measured) => number): BenchResult => {
    const [a, b] = [median(ours.map(read)), median(stock.map(read))];
    return { name, unit, ours: Math.round(a), baseline: Math.round(b), ratio: Math.round((a / b) * 100) / 100 };
  };
  return [
    compare(`desk: connections, up to ${count}`, '1/s', (one) => one.connectsPerSecond),
    compare(`desk: relayed messages beside ${count} connections`, '1/s', (one) => one.messagesPerSecond),
    compare('desk: relayed messages for each second of CPU', '1/s', (one) => one.messagesPerCpuSecond),
    compare(`desk: memory for each of ${count} connections`, 'bytes', (one) => one.bytesPerConnection),
  ];
}

if (import.meta.main) {
  const [connections, rounds] = process.argv.slice(2).map(Number);
  console.table(await run({ ...(connections ? { connections } : {}), ...(rounds ? { rounds } : {}) }));
  process.exit(0);
}
