/** The baseline for screens: a page that hands what the browser's chooser gave to a plain PeerJS call, as it is. */
import { Peer } from 'peerjs';
import { watchFlips } from './watch-flips.ts';

let peer: Peer | null = null;
let connection: RTCPeerConnection | null = null;
const video = document.createElement('video');

/** Resolves with this page's id. */
export async function start(port: number): Promise<string> {
  Object.assign(video, { autoplay: true, muted: true, playsInline: true }).style.cssText =
    'position:fixed;inset:0;width:100%;height:100%';
  document.body.append(video);
  const current = new Peer({ host: '127.0.0.1', port, path: '/', debug: 0, config: { iceServers: [] } });
  peer = current;
  current.on('call', (incoming) => {
    incoming.on('stream', (remote) => {
      if (video.srcObject !== remote) video.srcObject = remote;
    });
    incoming.answer();
  });
  return new Promise((resolve) => current.on('open', resolve));
}

/** In the task of a click. */
export async function share(id: string): Promise<void> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
  const call = peer?.call(id, stream);
  connection = call?.peerConnection ?? null;
}

export const watch = (): number[] => watchFlips(video);

/** Bytes of video that have left this page. */
export async function sentBytes(): Promise<number> {
  let bytes = 0;
  (await connection?.getStats())?.forEach((report: { type: string; kind?: string; bytesSent?: number }) => {
    if (report.type === 'outbound-rtp' && report.kind === 'video') bytes += report.bytesSent ?? 0;
  });
  return bytes;
}
