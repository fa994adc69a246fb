import { createWireDecoder, type WireFailure } from '../cobrowse/wire-decoder.ts';
import { createWireEncoder } from '../cobrowse/wire-encoder.ts';
import type { FrameHead, WireFrame } from '../cobrowse/wire-frame.ts';
import type { StreamChannel } from './link.ts';

/** The `cobrowse` channel of one link as frames. Both sides use it; it lives and dies with the link. */
export interface FrameChannel {
  /** Frames arrive in the order of these calls. Does nothing after the link has closed. */
  send(head: Omit<FrameHead, 'sentAtMs'>, raw: Uint8Array<ArrayBuffer>): void;
  /** Forgets the shared history, when the other side has lost it. */
  restart(): void;
  onFrame(run: (frame: WireFrame) => void): void;
  /** Something was lost; the receiver asks for everything anew. */
  onFailure(run: (reason: WireFailure) => void): void;
  /** Bytes that were given and have not left: the way is that slow. */
  waitingBytes(): number;
  /** Ms since the link began, on this side's clock: what `sentAtMs` counts. */
  elapsedMs(): number;
}

/** From here on packing in one go would hold up the engine; the browser does it beside. */
const PACK_ASIDE_BYTES = 128 * 1024;

export function createFrameChannel(channel: StreamChannel, closed: AbortSignal): FrameChannel {
  const encoder = createWireEncoder();
  const decoder = createWireDecoder();
  const began = performance.now();
  const elapsedMs = () => Math.round(performance.now() - began) >>> 0;
  const listeners: ((frame: WireFrame) => void)[] = [];
  const failures: ((reason: WireFailure) => void)[] = [];
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  const sendNow = async (head: FrameHead, raw: Uint8Array<ArrayBuffer>) => {
    if (closed.aborted) return;
    const closedStream = raw.length < PACK_ASIDE_BYTES ? undefined : await packAside(raw);
    // Not awaited: the channel keeps the order, and waits above its high water mark by itself.
    const sent = encoder.encode(head, raw, closedStream).map((chunk) => channel.send(chunk));
    await Promise.all(sent);
  };

  channel.onBytes((bytes) => {
    const frame = decoder.push(bytes);
    if (!frame.ok) for (const run of failures) run(frame.reason);
    else if (frame.value !== null) for (const run of listeners) run(frame.value);
  });

  return {
    elapsedMs,
    send(head, raw) {
      waiting += raw.length;
      last = last
        .then(() => sendNow({ ...head, sentAtMs: elapsedMs() }, raw))
        .catch(() => undefined)
        .finally(() => {
          waiting -= raw.length;
        });
    },
    restart: () => void (last = last.then(() => encoder.restart())),
    onFrame: (run) => void listeners.push(run),
    onFailure: (run) => void failures.push(run),
    waitingBytes: () => waiting + channel.bufferedBytes(),
  };
}

async function packAside(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
