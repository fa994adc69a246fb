/**
 * The baseline: two plain pages with PeerJS as its documentation shows it, and nothing else. Camera and microphone are
 * open before the call.
 */
import { type DataConnection, type MediaConnection, Peer } from 'peerjs';

/** Chromium's way to the frames of a track; no type library has it yet. */
declare class MediaStreamTrackProcessor {
  constructor(init: { readonly track: MediaStreamTrack });
  readonly readable: ReadableStream<{ close(): void }>;
}

/** Epoch ms with fractions: two pages of one machine have the same. */
const now = (): number => performance.timeOrigin + performance.now();

let peer: Peer | null = null;
let stream: MediaStream | null = null;
let call: MediaConnection | null = null;
let data: DataConnection | null = null;
let firstFrame = Promise.withResolvers<number>();
let rings = Promise.withResolvers<void>();
const video = document.createElement('video');

/** Resolves with this page's id once the server has let it in and the camera is on. */
export async function start(port: number): Promise<string> {
  document.body.append(Object.assign(video, { autoplay: true, muted: true, playsInline: true }));
  const wish = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
  stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: wish });
  peer = new Peer({ host: '127.0.0.1', port, path: '/', debug: 0, config: { iceServers: [] } });
  peer.on('call', (incoming) => {
    call = incoming;
    show(incoming);
    rings.resolve();
  });
  peer.on('connection', (connection) => connection.on('data', (message) => void connection.send(message)));
  const current = peer;
  return new Promise((resolve) => current.on('open', resolve));
}

function show(connection: MediaConnection): void {
  connection.on('stream', (remote) => {
    const [track] = remote.getVideoTracks();
    if (video.srcObject === remote || !track) return;
    video.srcObject = remote;
    void takeFrame(track);
  });
}

async function takeFrame(track: MediaStreamTrack): Promise<void> {
  const found = firstFrame;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const { value } = await reader.read();
  found.resolve(now());
  value?.close();
  await reader.cancel();
}

/** Calls; resolves when the call was sent. */
export function dial(id: string): void {
  if (!peer || !stream) return;
  call = peer.call(id, stream);
  show(call);
}

export const whenRung = (): Promise<void> => rings.promise;

/** Answers, and tells when. */
export function answer(): number {
  const at = now();
  if (stream) call?.answer(stream);
  return at;
}

export const whenFirstFrame = (): Promise<number> => firstFrame.promise;

export function hangUp(): void {
  call?.close();
  call = null;
  video.srcObject = null;
  firstFrame = Promise.withResolvers<number>();
  rings = Promise.withResolvers<void>();
}

/** Ms from dialling until the data connection is open, with PeerJS's defaults. */
export async function connect(id: string): Promise<number> {
  const startedAt = performance.now();
  const connection = peer?.connect(id);
  if (!connection) throw new Error('not started');
  data = connection;
  await new Promise<void>((resolve) => connection.on('open', resolve));
  return performance.now() - startedAt;
}

/** Ms from sending a message until the other page's echo of it is here. */
export async function roundTrip(text: string): Promise<number> {
  const connection = data;
  if (!connection) throw new Error('not connected');
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    connection.once('data', () => resolve());
    void connection.send({ text });
  });
  return performance.now() - startedAt;
}

export function disconnect(): void {
  data?.close();
  data = null;
}

/** Frames of the remote picture decoded so far. */
export async function framesDecoded(): Promise<number> {
  let frames = 0;
  const connection = call?.peerConnection;
  if (!connection || connection.connectionState === 'closed') return 0;
  (await connection.getStats()).forEach((report: { type: string; kind?: string; framesDecoded?: number }) => {
    if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
  });
  return frames;
}
