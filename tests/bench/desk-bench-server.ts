/** The server under load, in a process of its own: `ours` or `stock`. Answers its parent's questions over IPC. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeerServer } from 'peer';
import { startDesk } from '../../server/start-desk.ts';

const [kind, limit = '20000'] = process.argv.slice(2);
const maxSockets = Number(limit);
const LIFTED = { capacity: 1e9, perSecond: 1e9 };

/** A file, as in earnest: what the store costs belongs to the result. */
async function startOurs() {
  const folder = mkdtempSync(join(tmpdir(), 'desk-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const rates = { connections: LIFTED, newPeople: LIFTED, admissions: LIFTED, signals: LIFTED, requests: LIFTED };
  const desk = await startDesk({ port: 0, store: join(folder, 'desk.sqlite'), maxSockets, rates });
  return { port: desk.port, invite: () => desk.invite('expert', 'Bench') };
}

const startStock = () =>
  new Promise<{ port: number; invite: () => string }>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0, concurrent_limit: maxSockets }, (server) => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve({ port: address.port, invite: () => '' });
    });
  });

const { port, invite } = await (kind === 'ours' ? startOurs() : startStock());

process.on('message', (question) => {
  if (question === 'invite') process.send?.(invite());
  if (question === 'cpu') process.send?.(process.cpuUsage().user + process.cpuUsage().system);
  if (question === 'memory') {
    globalThis.gc?.();
    process.send?.(process.memoryUsage().rss);
  }
  if (question === 'end') process.exit(0);
});
process.send?.(port);
