/**
 * The baseline for co-browsing: what a page does that records itself by rrweb with its defaults, sends each event as JSON
 * over PeerJS's data connection, and shows what comes by rrweb's Replayer in live mode with its defaults.
 */
import { type DataConnection, Peer } from 'peerjs';
import { record, Replayer } from 'rrweb';

let peer: Peer | null = null;
let connection: DataConnection | null = null;

/** Resolves with this page's id. */
export async function start(port: number): Promise<string> {
  const current = new Peer({ host: '127.0.0.1', port, path: '/', debug: 0, config: { iceServers: [] } });
  peer = current;
  return new Promise((resolve) => current.on('open', resolve));
}

/** The expert's end: shows what comes. */
export function watch(): void {
  peer?.on('connection', (incoming) => {
    const replayer = new Replayer([], { root: document.body, liveMode: true });
    replayer.startLive();
    incoming.on('data', (data) => replayer.addEvent(JSON.parse(String(data)) as never)); // rrweb's own event
  });
}

export async function connect(id: string): Promise<void> {
  const made = peer?.connect(id);
  if (!made) throw new Error('not started');
  connection = made;
  await new Promise<void>((resolve) => made.on('open', resolve));
}

/** The customer's end: begins to record, in a task of the page's own. Resolves to when, epoch ms. */
export function share(): Promise<number> {
  return new Promise((resolve) =>
    setTimeout(() => {
      resolve(performance.timeOrigin + performance.now());
      record({ emit: (event) => void connection?.send(JSON.stringify(event)) });
    }),
  );
}

/** All that has left for the other side, as the browser counts it. */
export async function sentBytes(): Promise<number> {
  let total = 0;
  (await connection?.peerConnection.getStats())?.forEach((report: { type: string; bytesSent?: number }) => {
    if (report.type === 'data-channel') total += report.bytesSent ?? 0;
  });
  return total;
}
