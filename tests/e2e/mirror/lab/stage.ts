/** The expert's side of the lab: hands frames to the player page as the co-browse window does, and reads its mirror. */
import { Replayer } from 'rrweb';
import { createAssetShelf } from '../../../../lib/mirror/asset-shelf.ts';
import { reservedNames } from '../../../../lib/mirror/reserved-names.ts';
import { createTabMirror, type TabMirror } from '../../../../lib/mirror/tab-mirror.ts';
import type { MirrorEvent } from '../../../../lib/protocol/cobrowse-messages.ts';
import { createWireDecoder } from '../../../../lib/cobrowse/wire-decoder.ts';
import type { FromPlayer, ToPlayer } from '../../../../lib/protocol/player-messages.ts';
import { normaliseDocument, type Normalised } from './normalise.ts';

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
channel.port1.addEventListener('message', ({ data }) => heard.push(data as FromPlayer)); // the player of this build
channel.port1.start();
let decoder = createWireDecoder();

const post = (message: ToPlayer) => channel.port1.postMessage(message);
const frame = document.querySelector<HTMLIFrameElement>('#player')!;
const mirror = () => frame.contentDocument?.querySelector<HTMLIFrameElement>('.tab:not([hidden]) iframe') ?? null;

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
  /** Chunks as they come from the channel, base64. Tells what did not decode. */
  push(chunks: readonly string[]): string[] {
    const failures: string[] = [];
    for (const chunk of chunks) {
      const bytes = Uint8Array.from(atob(chunk), (char) => char.charCodeAt(0));
      const decoded = decoder.push(bytes);
      if (!decoded.ok) {
        failures.push(decoded.reason);
        if (decoded.reason !== 'replayed') decoder = createWireDecoder();
        continue;
      }
      const { value } = decoded;
      if (value === null) continue;
      const { kind } = value;
      if (kind === 'snapshot' || kind === 'events' || kind === 'page' || kind === 'layers' || kind === 'frame') {
        post({ type: 'stream', frame: { ...value, kind, payload: new Uint8Array(value.payload) } });
      }
    }
    return failures;
  },
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
};

Object.assign(globalThis, { stage });
