/** The customer's side of the lab: rrweb records the page, the wire packs it, a test takes the chunks away. */
import { record } from 'rrweb';
import { createWireEncoder } from '../../../../lib/cobrowse/wire-encoder.ts';
import { encodePayload } from '../../../../lib/cobrowse/wire-payload.ts';
import { normaliseDocument, type Normalised } from './normalise.ts';

const encoder = createWireEncoder();
let epoch = 0;
let chunks: string[] = [];
let waiting: unknown[] = [];
let opening: unknown[] | null = null;

/** What a customer's clock shows. */
let skewMs = 0;

function flush() {
  if (waiting.length === 0) return;
  send('events', waiting);
  waiting = [];
}

function send(kind: 'snapshot' | 'events', events: unknown[]) {
  const head = { kind, epoch, tabId: 1, frameId: 0, sentAtMs: 0 };
  const skewed = (events as { timestamp: number }[]).map((event) => ({
    ...event,
    timestamp: event.timestamp + skewMs,
  }));
  const payload = encodePayload({ events: skewed as never }); // rrweb's own events
  for (const chunk of encoder.encode(head, payload)) chunks.push(toBase64(chunk));
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function start(options: { skewMs: number }) {
  skewMs = options.skewMs;
  record({
    emit(event) {
      // A snapshot comes as Meta, FullSnapshot and what belongs to it, in one task.
      if (event.type === 4) {
        flush();
        epoch += 1;
        opening = [];
        queueMicrotask(() => {
          send('snapshot', opening ?? []);
          opening = null;
        });
      }
      if (opening !== null) opening.push(event);
      else waiting.push(event);
    },
    sampling: { mousemove: false, scroll: 50, input: 'all' },
    slimDOMOptions: 'all',
    inlineStylesheet: true,
    recordAfter: 'DOMContentLoaded',
  });
}

export function take(): string[] {
  flush();
  const taken = chunks;
  chunks = [];
  return taken;
}

export function snapshot() {
  flush();
  record.takeFullSnapshot(true);
}

/** After a loss the history of the wire begins anew. */
export function restart() {
  encoder.restart();
  snapshot();
}

export { createActivity } from './activity.ts';
export const read = (): Normalised => normaliseDocument(document, 'page');
