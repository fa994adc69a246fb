/** The expert's side of the lab: a link, the player page that it feeds as the co-browse window does, and its mirror. */
import { Replayer } from 'rrweb';
import { createAssetShelf } from '../../../../lib/mirror/asset-shelf.ts';
import { reservedNames } from '../../../../lib/mirror/reserved-names.ts';
import { createTabMirror, type TabMirror } from '../../../../lib/mirror/tab-mirror.ts';
import type { MirrorEvent } from '../../../../lib/protocol/cobrowse-messages.ts';
import { encodePayload } from '../../../../lib/cobrowse/wire-payload.ts';
import { decodeCursor } from '../../../../lib/protocol/cursor-live.ts';
import { createAssetJoiner } from '../../../../lib/protocol/asset-chunk.ts';
import type { FromPlayer, ToPlayer } from '../../../../lib/protocol/player-messages.ts';
import { createFrameChannel } from '../../../../lib/rtc/frame-channel.ts';
import { createLabLink } from './lab-link.ts';
import { digestOf, normaliseDocument, type Normalised } from './normalise.ts';

let bare: TabMirror | null = null;
const bareTrouble: string[] = [];

const frameOf = (kind: 'snapshot' | 'events', epoch: number, events: readonly unknown[]) => ({
  kind,
  seq: 1,
  epoch,
  tabId: 1,
  frameId: 0,
  sentAtMs: 0,
  payload: new TextEncoder().encode(JSON.stringify({ events })),
});

const channel = new MessageChannel();
const heard: FromPlayer[] = [];
/** What was asked of the customer's side: `resync` with its reason, `want`. */
const asked: string[] = [];
channel.port1.addEventListener('message', ({ data }) => {
  const message = data as FromPlayer; // the player of this build
  heard.push(message);
  if (heard.length > MAX_HEARD) heard.splice(0, MAX_HEARD / 2);
  answer?.(message);
});
channel.port1.start();
let answer: ((message: FromPlayer) => void) | null = null;
const MAX_HEARD = 10_000;

const post = (message: ToPlayer) => channel.port1.postMessage(message);
const frame = document.querySelector<HTMLIFrameElement>('#player')!;
const mirror = () => frame.contentDocument?.querySelector<HTMLIFrameElement>('.tab:not([hidden]) iframe') ?? null;

/** The expert's end: what the engine and the co-browse window do between the channel and the player. */
function createWatch() {
  const closed = new AbortController().signal;
  const link = createLabLink(closed);
  const frames = createFrameChannel(link.channels.cobrowse, closed);
  const joiner = createAssetJoiner();
  const ask = (frameId: number, reason: 'gap' | 'corrupt' | 'asked' | 'hash' | 'unknown-node', whole: boolean) => {
    asked.push(`resync ${reason}`);
    frames.send({ kind: 'resync', tabId: 1, frameId, epoch: 0 }, encodePayload({ reason, whole }));
  };
  frames.onFailure((reason) => ask(0, reason === 'gap' ? 'gap' : 'corrupt', true));
  frames.onFrame(({ kind, payload, ...head }) => {
    if (
      kind === 'snapshot' ||
      kind === 'events' ||
      kind === 'page' ||
      kind === 'layers' ||
      kind === 'frame' ||
      kind === 'hash'
    ) {
      post({ type: 'stream', frame: { ...head, kind, payload: new Uint8Array(payload) } });
    }
  });
  link.channels.bulk.onBytes((bytes) => {
    const asset = joiner.push(bytes);
    if (asset.ok && asset.value !== null) post({ type: 'asset', ...asset.value });
  });
  link.channels.pointer.onBytes((bytes) => {
    const cursor = decodeCursor(bytes);
    if (!cursor.ok) return;
    const { frameId, x, y, pressed } = cursor.value;
    post({ type: 'cursor', frameId, x, y, pressed });
  });
  answer = (message) => {
    if (message.type === 'resync' && message.reason !== 'joined' && message.reason !== 'visible') {
      ask(message.frameId, message.reason, false);
    } else if (message.type === 'want') {
      asked.push('want');
      frames.send({ kind: 'want', tabId: 1, frameId: 0, epoch: 0 }, encodePayload({ hashes: message.hashes }));
    }
  };
  return link;
}

export const stage = {
  async connect() {
    while (
      frame.contentDocument?.readyState !== 'complete' ||
      frame.contentWindow?.location.pathname !== '/player.html'
    ) {
      await new Promise((done) => setTimeout(done, 10));
    }
    frame.contentWindow.postMessage('port', location.origin, [channel.port2]);
    while (!heard.some(({ type }) => type === 'ready')) await new Promise((done) => setTimeout(done, 10));
  },
  /** Joins the link whose other end made `offer`. */
  watch: (offer: string): Promise<string> => createWatch().answer(offer),
  asked,
  /** Events as a stranger would send them, straight to the player. */
  feed(kind: 'snapshot' | 'events', epoch: number, events: readonly unknown[]) {
    post({ type: 'stream', frame: frameOf(kind, epoch, events) });
  },
  /** The same events for a mirror in this page, which has no policy: what the sanitiser does alone. */
  feedBare(kind: 'snapshot' | 'events', epoch: number, events: readonly unknown[]) {
    bare ??= createTabMirror({
      root: document.body,
      shelf: createAssetShelf(),
      reserved: reservedNames(),
      onTrouble: (_, reason) => bareTrouble.push(reason),
      onWant: () => {},
      onInteraction: () => {},
      onEvent: () => {},
    });
    if (kind === 'snapshot') bare.snapshot(0, epoch, events as MirrorEvent[]);
    else bare.events(0, epoch, events as MirrorEvent[]);
  },
  bareTrouble,
  /** The same events for rrweb's own replayer with its defaults: what they would do without us. */
  feedPlain(events: readonly unknown[]) {
    const replayer = new Replayer([], { root: document.body, liveMode: true });
    replayer.startLive(0);
    for (const event of events) replayer.addEvent(event as never); // whatever a stranger sends
  },
  post,
  heard,
  take(): FromPlayer[] {
    return heard.splice(0);
  },
  mirror,
  read(): Normalised | null {
    const inner = mirror()?.contentDocument;
    return inner ? normaliseDocument(inner, 'mirror') : null;
  },
  digest: (): Promise<string> => digestOf(stage.read()),
};

Object.assign(globalThis, { stage });
