/**
 * The baseline for ink: a page in a plain PeerJS call that sends each pointer position over the picture as JSON over
 * PeerJS's data connection with its defaults, and paints what comes in the next frame.
 */
import { type DataConnection, type MediaConnection, Peer } from 'peerjs';

let stream: MediaStream | null = null;
let connection: DataConnection | null = null;
let peer: Peer | null = null;
/** Epoch ms: when the browser had the pointer's move, and when a point was painted. */
const moves: number[] = [];
const paints: number[] = [];

const video = document.createElement('video');
const selfView = document.createElement('video');
/** Pixels; what both sides of the comparison look at when it begins. */
const FULL_WIDTH = 1_280;
const canvas = document.createElement('canvas');
const context = canvas.getContext('2d');
let last = { x: 0, y: 0 };
let frame: number | null = null;

/** Resolves with this page's id, once its camera is on. */
export async function start(port: number): Promise<string> {
  const place = 'position:fixed;inset:0;width:100%;height:100%';
  Object.assign(video, { autoplay: true, muted: true, playsInline: true }).style.cssText = place;
  Object.assign(canvas, { width: innerWidth, height: innerHeight }).style.cssText = place;
  Object.assign(selfView, { autoplay: true, muted: true, playsInline: true }).style.cssText =
    'position:fixed;right:8px;bottom:8px;width:100px;height:75px';
  document.body.append(video, selfView, canvas);
  const wish = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
  stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: wish });
  selfView.srcObject = stream;
  const current = new Peer({ host: '127.0.0.1', port, path: '/', debug: 0, config: { iceServers: [] } });
  peer = current;
  current.on('connection', (incoming) => incoming.on('data', take));
  current.on('call', (incoming) => {
    if (stream) incoming.answer(stream);
    show(incoming);
  });
  addEventListener('pointermove', ({ offsetX: x, offsetY: y, timeStamp }) => {
    moves.push(performance.timeOrigin + timeStamp);
    void connection?.send(JSON.stringify({ x, y }));
  });
  return new Promise((resolve) => current.on('open', resolve));
}

function show(call: MediaConnection): void {
  call.on('stream', (remote) => (video.srcObject = remote));
}

/** Resolves when the data connection is open and the other one's picture is here in full size. */
export async function connect(id: string): Promise<void> {
  if (!peer || !stream) throw new Error('not started');
  const made = peer.connect(id);
  connection = made;
  await new Promise<void>((resolve) => made.on('open', resolve));
  show(peer.call(id, stream));
  await whenFull();
}

/** A stock call begins with a small picture. */
export async function whenFull(): Promise<void> {
  while (video.videoWidth < FULL_WIDTH) {
    await new Promise((resolve) => video.addEventListener('resize', resolve, { once: true }));
  }
}

function take(data: unknown): void {
  const point = JSON.parse(String(data)) as typeof last; // as it was sent above
  frame ??= requestAnimationFrame(() => {
    frame = null;
    context?.beginPath();
    context?.moveTo(last.x, last.y);
    context?.lineTo(point.x, point.y);
    context?.stroke();
    last = point;
    paints.push(performance.timeOrigin + performance.now());
  });
}

export const times = () => ({ moves: moves.splice(0), paints: paints.splice(0) });
