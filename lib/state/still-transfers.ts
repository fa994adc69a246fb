/** The way of a still's bytes: which part has come, and sending from where the other side wants it. */
import { decodeChunk, chunksOf } from '../protocol/still-chunk.ts';
import { sniffPicture } from '../protocol/sniff-picture.ts';
import type { StillMessage } from '../protocol/still-messages.ts';
import type { StreamChannel } from '../rtc/link.ts';
import type { LocalFrame } from './still-types.ts';

export type StillOffer = Extract<StillMessage, { type: 'still.offer' }>;

export interface Incoming {
  readonly offer: StillOffer;
  /** How far it has come, without gaps. */
  received: number;
  /** Made when the first bytes come: an offer alone costs nothing. */
  bytes: Uint8Array<ArrayBuffer> | null;
}

export type Arrived =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'progress'; readonly incoming: Incoming }
  | { readonly kind: 'complete'; readonly incoming: Incoming; readonly file: LocalFrame }
  | { readonly kind: 'bad'; readonly incoming: Incoming; readonly reason: 'not-a-picture' | 'too-large' };

/** Enough of a file to hold the header of any format but a JPEG with a long preface. */
const HEADER_BYTES = 64;

/** Takes a frame of `bulk` that `incoming` may be about. */
export function takeChunk(frame: Uint8Array, incoming: Iterable<Incoming>): Arrived {
  const decoded = decodeChunk(frame);
  if (!decoded.ok) return { kind: 'nothing' };
  const { transfer, offset, bytes } = decoded.value;
  const found = [...incoming].find(({ offer }) => offer.transfer === transfer);
  // The channel keeps the order, so anything else than the next part is left over from a link before.
  if (found === undefined || offset !== found.received) return { kind: 'nothing' };
  if (offset + bytes.byteLength > found.offer.bytes) return { kind: 'bad', incoming: found, reason: 'not-a-picture' };
  found.bytes ??= new Uint8Array(found.offer.bytes);
  found.bytes.set(bytes, offset);
  found.received += bytes.byteLength;
  const isComplete = found.received === found.offer.bytes;
  if (isComplete || offset === 0) {
    const reason = whyNot(found, isComplete);
    if (reason !== null) return { kind: 'bad', incoming: found, reason };
  }
  if (!isComplete) return { kind: 'progress', incoming: found };
  const { mime, width, height } = found.offer;
  return { kind: 'complete', incoming: found, file: { bytes: found.bytes, mime, width, height } };
}

/** Looks at the header as soon as there is one: a bomb or a lie ends here, before anything decodes it. */
function whyNot({ bytes, offer, received }: Incoming, isComplete: boolean): 'not-a-picture' | 'too-large' | null {
  const head = bytes?.subarray(0, received) ?? new Uint8Array();
  const sniffed = sniffPicture(head);
  if (!sniffed.ok) {
    if (sniffed.reason !== 'not-a-picture') return 'too-large';
    const mayStillCome = !isComplete && (offer.mime === 'image/jpeg' || received < HEADER_BYTES);
    return mayStillCome ? null : 'not-a-picture';
  }
  const { mime, width, height } = sniffed.value;
  const isAsOffered = mime === offer.mime && width === offer.width && height === offer.height;
  return isAsOffered ? null : 'not-a-picture';
}

/** Sends a file from `from` on, as fast as the channel takes it. Ends when the link closes or `signal` aborts. */
export async function sendFile(
  file: { readonly bytes: Uint8Array; readonly transfer: number; readonly from: number },
  bulk: StreamChannel,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const frame of chunksOf(file.transfer, file.bytes, file.from)) {
      if (signal.aborted) return;
      await bulk.send(frame);
    }
  } catch {
    // The link closed. Whoever lacks the rest asks for it on the next one.
  }
}
