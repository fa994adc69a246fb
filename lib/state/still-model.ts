/**
 * Stills: freezing a live picture, drawing on it alone, sending it, and what the other side sends. Both sides know a still
 * by its id; its bytes go over the link once, from whoever has them to whoever asks.
 */
import { effect, signal } from '@preact/signals';
import { BULK_KIND_STILL } from '../protocol/still-chunk.ts';
import { MAX_STILL_TRANSFERS } from '../protocol/ink-limits.ts';
import type { FinishedStroke, InkMessage } from '../protocol/ink-messages.ts';
import type { StillRefusal, StillSource } from '../protocol/still-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import type { CallPort } from './call-port.ts';
import { createStillEntries, type PictureUrls } from './still-entries.ts';
import type { StillShelf } from './still-shelf.ts';
import { type Incoming, sendFile, takeChunk } from './still-transfers.ts';
import type { Arrival, LocalFrame, StillModel } from './still-types.ts';

export interface StillParts {
  readonly call: CallPort;
  readonly clock: Clock;
  readonly self: () => string;
  /** This side's own live picture, as a file in full resolution. */
  readonly grab: (source: StillSource) => Promise<Result<LocalFrame, StillRefusal>>;
  /** Whether the browser can really make this picture of these bytes. */
  readonly canDecode: (file: LocalFrame) => Promise<boolean>;
  readonly urls: PictureUrls;
  readonly ink: {
    replay(surface: string): readonly InkMessage[];
    strokesOn(surface: string): readonly { readonly author: string; readonly stroke: FinishedStroke }[];
    adopt(author: string, strokes: readonly FinishedStroke[]): void;
    forgetSurface(surface: string): void;
  };
  readonly shelf: StillShelf;
  /** A still in the messages. */
  readonly onShown: (shown: { stillId: string; item: string; at: number; from: string | null }) => void;
  /** The other side has frozen one's own picture. */
  readonly onFrozen: (by: string) => void;
}

export interface StillSession extends StillModel {
  /** Ids of stills that can be drawn on. */
  ids(): readonly string[];
  rejected(): number;
}

export function createStillModel(parts: StillParts): StillSession {
  const { call, clock, ink, shelf, urls } = parts;
  const arrivals = signal<readonly Arrival[]>([]);
  const incoming = new Map<string, Incoming>();
  const outgoing = new Map<string, AbortController>();
  const transfers = new Map<string, number>();
  /** Stills that the other side wants to be looked at, but whose bytes are still on their way. */
  const awaited = new Map<string, string>();
  let rejected = 0;
  let grabsWaiting = 0;
  let lastGrab: Promise<unknown> = Promise.resolve();

  const entries = createStillEntries(urls, (id, surface) => {
    incoming.delete(id);
    awaited.delete(id);
    outgoing.get(id)?.abort();
    ink.forgetSurface(surface);
  });
  const { find, put, setFile, forget } = entries;

  // ---- freezing ----

  const fallBack = (id: string, reason: string) => {
    const entry = find(id);
    if (entry === undefined || entry.still.isFull) return;
    incoming.delete(id);
    put(id, { still: { state: entry.file === null ? 'failed' : 'ready', reason } });
    finishSending(id);
  };

  const freezeOwn = async (id: string, source: StillSource) => {
    const grabbed = await parts.grab(source);
    if (find(id) === undefined) return;
    if (grabbed.ok) setFile(id, grabbed.value, { state: 'ready', isFull: true });
    else fallBack(id, grabbed.reason);
    finishSending(id);
  };

  const answerAsk = async (id: string, source: StillSource, from: string) => {
    const refuse = (reason: StillRefusal) => call.send({ type: 'still.refused', id, reason });
    if (grabsWaiting >= MAX_STILL_TRANSFERS || find(id) !== undefined) return refuse('busy');
    if (call.paused.peek()) return refuse('no-picture');
    grabsWaiting += 1;
    // One after another: each takes a whole decoded frame's memory.
    const grab = lastGrab.then(() => parts.grab(source));
    lastGrab = grab.catch(() => undefined);
    const grabbed = await grab;
    grabsWaiting -= 1;
    if (!grabbed.ok) return refuse(grabbed.reason);
    setFile(id, grabbed.value, { state: 'ready', isFull: true });
    parts.onFrozen(from);
    offer(id);
  };

  // ---- bytes ----

  const offer = (id: string) => {
    const file = find(id)?.file;
    if (!file) return;
    const transfer = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    transfers.set(id, transfer);
    const { mime, width, height } = file;
    call.send({ type: 'still.offer', id, transfer, mime, bytes: file.bytes.byteLength, width, height });
  };

  const answerWant = async (id: string, from: number) => {
    const file = find(id)?.file ?? (await shelf.take(id))?.file;
    const link = call.link.peek();
    const transfer = transfers.get(id);
    if (!file || transfer === undefined) return call.send({ type: 'still.refused', id, reason: 'unknown' });
    // Without a link it is asked for again when there is one.
    if (link === null) return;
    outgoing.get(id)?.abort();
    const stop = new AbortController();
    outgoing.set(id, stop);
    await sendFile({ bytes: file.bytes, transfer, from }, link.bulk, AbortSignal.any([stop.signal, link.closed]));
  };

  const want = (id: string) => {
    const { received = 0 } = incoming.get(id) ?? {};
    call.send({ type: 'still.want', id, from: received });
  };

  const receive = (frame: Uint8Array) => {
    const arrived = takeChunk(frame, incoming.values());
    if (arrived.kind === 'nothing') return;
    const { id, bytes } = arrived.incoming.offer;
    if (arrived.kind === 'progress') put(id, { still: { progress: arrived.incoming.received / bytes } });
    else if (arrived.kind === 'bad') refuseBytes(id, arrived.reason);
    else void accept(id, arrived.file);
  };

  const accept = async (id: string, file: LocalFrame) => {
    incoming.delete(id);
    if (!(await parts.canDecode(file))) return refuseBytes(id, 'not-a-picture');
    if (find(id) === undefined) return;
    setFile(id, file, { state: 'ready', isFull: true });
    put(id, { isThere: true });
    call.send({ type: 'still.got', id });
    finishSending(id);
    const from = awaited.get(id);
    if (from !== undefined) arrive(id, from);
  };

  const refuseBytes = (id: string, reason: string) => {
    rejected += 1;
    awaited.delete(id);
    fallBack(id, reason);
  };

  // ---- showing ----

  /** What "Send" waits for: the full frame, or the word that it will not come. */
  const finishSending = (id: string) => {
    const entry = find(id);
    if (entry === undefined || !entry.still.isSending || entry.still.state !== 'ready') return;
    for (const message of ink.replay(entry.still.surface)) call.send(message);
    if (!entry.isThere) offer(id);
    const item = createId(60);
    const at = clock.now();
    call.send({ type: 'still.show', id, item, at });
    put(id, { still: { isSending: false, isSent: true } });
    parts.onShown({ stillId: id, item, at, from: null });
    keep(id);
  };

  const arrive = (id: string, from: string) => {
    awaited.delete(id);
    arrivals.value = [...arrivals.peek().filter(({ stillId }) => stillId !== id), { stillId: id, from }];
    keep(id);
  };

  const keep = (id: string) => {
    const entry = find(id);
    if (entry?.file) void shelf.put({ id, file: entry.file, at: clock.now(), ink: ink.strokesOn(entry.still.surface) });
  };

  // ---- the other side ----

  call.on('still.ask', ({ id, source }, from) => void answerAsk(id, source, from.name));
  call.on('still.refused', ({ id, reason }) => {
    if (find(id)?.still.state !== 'ready') fallBack(id, reason);
  });
  call.on('still.offer', (message) => {
    const { id } = message;
    const known = find(id);
    if (known?.still.isFull) return put(id, { isThere: true });
    if (incoming.size >= MAX_STILL_TRANSFERS && !incoming.has(id)) {
      rejected += 1;
      return;
    }
    incoming.set(id, { offer: message, received: 0, bytes: null });
    put(id, { still: { state: 'arriving', progress: 0 } });
    want(id);
  });
  call.on('still.want', ({ id, from }) => void answerWant(id, from));
  call.on('still.got', ({ id }) => {
    outgoing.delete(id);
    if (find(id)) put(id, { isThere: true });
  });
  call.on('still.show', ({ id, item, at }, from) => {
    parts.onShown({ stillId: id, item, at, from: from.name });
    if (find(id)?.file && !incoming.has(id)) arrive(id, from.name);
    else if (incoming.has(id)) awaited.set(id, from.name);
  });
  effect(() => {
    const link = call.link.value;
    if (link === null) return;
    // Other kinds on this channel belong to co-browsing.
    link.bulk.onBytes((frame) => {
      if (((frame[0] ?? 0) & 15) === BULK_KIND_STILL) receive(frame);
    });
    for (const id of incoming.keys()) want(id);
  });
  effect(() => {
    const { kind } = call.phase.value;
    if (kind !== 'dialling' && kind !== 'ringing') return;
    // A new call begins with none; the last one's can be looked at until then.
    for (const id of entries.ids()) forget(id);
    transfers.clear();
    arrivals.value = [];
  });

  return {
    stills: entries.stills,
    arrivals,
    freeze(surface, local) {
      const id = createId(60);
      const [source, person] = surface.split(':');
      const kind: StillSource = source === 'screen' ? 'screen' : 'camera';
      put(id, { still: { state: 'waiting' } });
      void local.then((frame) => {
        const entry = find(id);
        if (frame !== null && entry !== undefined && entry.file === null) {
          const isGivenUp = entry.still.state === 'failed';
          setFile(id, frame, { progress: entry.still.progress, ...(isGivenUp && { state: 'ready' }) });
          finishSending(id);
        }
      });
      if (person === parts.self()) void freezeOwn(id, kind);
      else call.send({ type: 'still.ask', id, source: kind });
      return id;
    },
    send(id) {
      if (find(id) === undefined) return;
      put(id, { still: { isSending: true } });
      finishSending(id);
    },
    discard(id) {
      if (!find(id)?.still.isSent) forget(id);
    },
    async open(id) {
      if (find(id)?.file) return true;
      const kept = await shelf.take(id);
      if (kept === null) return false;
      setFile(id, kept.file, { state: 'ready', isFull: true, isSent: true });
      for (const { author, stroke } of kept.ink) ink.adopt(author, [stroke]);
      return true;
    },
    closeArrival(id) {
      arrivals.value = arrivals.peek().filter(({ stillId }) => stillId !== id);
    },
    ids: entries.ids,
    rejected: () => rejected,
  };
}
