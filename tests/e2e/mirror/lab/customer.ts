/**
 * The customer's side of the lab: recorder, agent, filter and the tab's own model as they ship, and the wire over a real
 * data channel. Only the extension's ports are missing: an agent in a frame of another origin speaks by `postMessage`.
 */
import { decodeToCustomer, encodePayload, encodePayloadJson } from '../../../../lib/cobrowse/wire-payload.ts';
import { cleanFile } from '../../../../lib/mirror/clean-file.ts';
import { createPageAgent } from '../../../../lib/mirror/page-agent.ts';
import { startRecorder } from '../../../../lib/mirror/recorder.ts';
import { assetChunks } from '../../../../lib/protocol/asset-chunk.ts';
import { encodeCursor } from '../../../../lib/protocol/cursor-live.ts';
import type { FromAgent, ToAgent } from '../../../../lib/protocol/cobrowse-port.ts';
import { createFrameChannel } from '../../../../lib/rtc/frame-channel.ts';
import { systemClock } from '../../../../lib/shared/clock.ts';
import { createSharedTab } from '../../../../lib/state/shared-tab.ts';
import type { AgentLink } from '../../../../lib/state/shared-pages.ts';
import { createLabLink, NO_FAULTS } from './lab-link.ts';
import { closedRoots, digestOf, normaliseDocument, type Normalised } from './normalise.ts';

export { createActivity } from './activity.ts';
export { closedRoots } from './normalise.ts';
export const faults = { ...NO_FAULTS };
export const read = (): Normalised => normaliseDocument(document, 'page');
export const digest = (): Promise<string> => digestOf(read());

const TEXTS = { language: 'en', direction: 'ltr', clickHere: 'Click here', pickPart: 'Point at a part' } as const;
const NO_MARKS = {
  point: () => {},
  pulse: () => {},
  ask: () => {},
  unask: () => {},
  tint: () => {},
  pickPart: () => {},
  cancelPick: () => {},
  clear: () => {},
};

/** Recorder and agent of this frame; `post` is the agent's way out. */
function createAgent(post: (message: FromAgent) => void) {
  startRecorder(document);
  return createPageAgent({
    document,
    clock: systemClock,
    signal: new AbortController().signal,
    post,
    marks: NO_MARKS,
    shadowRootOf: (element) => element.shadowRoot ?? closedRoots.get(element) ?? null,
  });
}

interface Port {
  readonly link: AgentLink;
  hear(message: FromAgent): void;
  close(): void;
}

function createPort(isTop: boolean, post: (message: ToAgent) => void): Port {
  const closed = new AbortController();
  const early: FromAgent[] = [];
  let run: ((message: FromAgent) => void) | null = null;
  return {
    link: {
      browserTabId: 1,
      isTop,
      post,
      closed: closed.signal,
      onMessage(listen) {
        run = listen;
        for (const message of early.splice(0)) listen(message);
      },
    },
    hear: (message) => (run === null ? void early.push(message) : run(message)),
    close: () => closed.abort(),
  };
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Where the agent of a page and an engine in another page meet. */
const APART = 'lab-apart';

/**
 * Begins to share this page, or the one whose agent is at the other end of `apart`; both ends of the link are joined by
 * `offer` and `accept`.
 */
function createShare(mode: 'strict' | 'assist', apart: BroadcastChannel | null) {
  const closed = new AbortController().signal;
  const link = createLabLink(closed, faults);
  let cursors = 0;
  const point = (frameId: number, json: string) => {
    const at = JSON.parse(json) as { x: number; y: number; pressed: boolean }; // of this build
    cursors += 1;
    link.channels.pointer.send(encodeCursor({ ...at, counter: cursors, tabId: 1, frameId }));
  };
  const frames = createFrameChannel(link.channels.cobrowse, closed);
  const ports = new Map<MessageEventSource, Port>();
  const snapshots: number[] = [];
  const tab = createSharedTab({
    tabId: 1,
    browserTabId: 1,
    startMode: null,
    salt: 'salt4tests',
    texts: () => TEXTS,
    rules: () => ({ own: [{ pages: '**', mode }], desk: [] }),
    isAllowed: () => true,
    emit({ kind, frameId, epoch, json }) {
      if (kind === 'cursor') return point(frameId, json);
      if (kind === 'snapshot') snapshots.push(frameId);
      frames.send({ kind, tabId: 1, frameId, epoch }, encodePayloadJson(json));
    },
    onWord(message) {
      if (message.type !== 'asset' && message.type !== 'file') return;
      const { hash, mime, base64 } = message;
      void (async () => {
        const given = new Blob([fromBase64(base64)], { type: mime });
        const asset = message.type === 'file' ? await cleanFile(given) : given;
        if (asset === null) return;
        const bytes = new Uint8Array(await asset.arrayBuffer());
        for (const chunk of assetChunks({ hash, mime: asset.type, bytes })) void link.channels.bulk.send(chunk);
      })();
    },
    onNewFrames: () => {},
    onUnload: () => {},
  });
  const add = (port: Port) => tab.add(port.link);
  addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
    if (data === 'lab-frame' && source !== null) return callFrame(source as Window); // a frame's
    if (typeof data !== 'string' || !data.startsWith('lab-agent:') || source === null) return;
    const message = JSON.parse(data.slice('lab-agent:'.length)) as FromAgent | { type: 'gone' }; // of this build
    if (message.type === 'gone') return ports.get(source)?.close();
    let port = ports.get(source);
    if (message.type === 'hello' || port === undefined) {
      port?.close();
      port = createPort(false, (text) =>
        (source as Window).postMessage(`lab-engine:${JSON.stringify(text)}`, { targetOrigin: '*' }),
      );
      ports.set(source, port);
      add(port);
    }
    return port.hear(message);
  });
  frames.onFrame((frame) => {
    const decoded = decodeToCustomer(frame);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { kind, payload, frameId } = decoded.value;
    if (kind === 'want') tab.post({ type: 'want', hashes: payload.hashes });
    if (kind !== 'resync') return;
    if (payload.whole) frames.restart();
    tab.renew(payload.whole ? null : frameId);
  });
  const callFrame = (frame: Window) => frame.postMessage('lab-begin', { targetOrigin: '*' });
  const callFrames = (outer: Window) => {
    for (let index = 0; index < outer.length; index += 1) {
      callFrame(outer[index]!);
      callFrames(outer[index]!);
    }
  };
  callFrames(window);
  const own = createPort(true, (message) => (agent === null ? apart?.postMessage(message) : agent.receive(message)));
  const agent = apart === null ? createAgent((message) => own.hear(message)) : null;
  apart?.addEventListener('message', ({ data }: MessageEvent<FromAgent>) => own.hear(data));
  return {
    ...{ link, tab, snapshots, frames },
    /** After the link is joined. */
    begin: () => add(own),
    /** Tells the other side a hash that can't be true. */
    lie: (frameId = 0) =>
      frames.send(
        { kind: 'hash', tabId: 1, frameId, epoch: epochOf(frameId) },
        encodePayload({ nodeCount: 1, ids: [1], hash: 7 }),
      ),
  };

  function epochOf(frameId: number): number {
    return snapshots.filter((each) => each === frameId).length;
  }
}

let share: ReturnType<typeof createShare> | null = null;
const current = () => {
  if (share === null) throw new Error('Nothing is shared');
  return share;
};

export const begin = (mode: 'strict' | 'assist' = 'assist', apart?: string): Promise<string> => {
  share = createShare(mode, apart === undefined ? null : new BroadcastChannel(APART + apart));
  return share.link.offer();
};
/** This page is shared by an engine that has begun in another page, as in the extension. */
export const beginApart = (apart: string): void => {
  const engine = new BroadcastChannel(APART + apart);
  const agent = createAgent((message) => engine.postMessage(message));
  engine.addEventListener('message', ({ data }: MessageEvent<ToAgent>) => agent.receive(data));
};
/** Joins the link, then begins; resolves to when it began, epoch ms. */
export const accept = async (answer: string): Promise<number> => {
  await current().link.accept(answer);
  const at = performance.timeOrigin + performance.now();
  current().begin();
  return at;
};
/** All that has left for the other side, as the browser counts it. */
export const sentBytes = (): Promise<number> => current().link.sentBytes();
export const lie = () => current().lie();
export const snapshots = (): number => current().snapshots.length;
/** As when the customer goes on after a pause. */
export const renew = () => current().tab.renew(null);

/** In a frame: the agent of it, whose engine is at the top. Injected, as it were, when the engine says so. */
function joinTop() {
  let agent: ReturnType<typeof createAgent> | null = null;
  addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
    if (source !== top || typeof data !== 'string') return;
    if (data === 'lab-begin') {
      agent ??= createAgent((message) => top?.postMessage(`lab-agent:${JSON.stringify(message)}`, '*'));
    } else if (data.startsWith('lab-engine:')) {
      agent?.receive(JSON.parse(data.slice('lab-engine:'.length)) as ToAgent); // of this build
    }
  });
  addEventListener('pagehide', () => top?.postMessage('lab-agent:{"type":"gone"}', '*'));
  top?.postMessage('lab-frame', '*');
}

if (top !== window) joinTop();
