import {
  COBROWSE_WIRE_VERSION,
  FREE_RATIO_BYTES,
  MAX_FRAME_BYTES,
  MAX_INFLATE_RATIO,
  MAX_SMALL_FRAME_BYTES,
} from '../protocol/cobrowse-limits.ts';
import { FRAME_KINDS, type FrameKind } from '../protocol/cobrowse-messages.ts';
import { fail, ok, type Result } from '../shared/result.ts';

/** What a frame says about itself, apart from its place in the stream. */
export interface FrameHead {
  readonly kind: FrameKind;
  readonly epoch: number;
  readonly tabId: number;
  readonly frameId: number;
  /** Ms on the sender's clock since its end of the link opened. */
  readonly sentAtMs: number;
}

export interface WireFrame extends FrameHead {
  readonly seq: number;
  /** Inflated. */
  readonly payload: Uint8Array;
}

/**
 * How the payload is packed: `plain` not at all, `closed` by DEFLATE, `shared` by DEFLATE with the history as dictionary
 * (wire-history.ts). With `closed-start` both ends forget the history before this frame.
 */
export type Packing = 'plain' | 'closed' | 'shared' | 'closed-start';

export interface PackedHeader extends FrameHead {
  readonly seq: number;
  readonly packing: Packing;
  readonly rawLength: number;
  readonly checksum: number;
}

export type HeaderFailure = 'version' | 'corrupt' | 'too-big' | 'bomb' | 'unknown-kind';

export const HEADER_BYTES = 32;
const CHECKSUM_AT = 28;
const PACKINGS: readonly Packing[] = ['plain', 'closed', 'shared', 'closed-start'];
const KIND_BY_NUMBER: ReadonlyMap<number, FrameKind> = new Map(
  Object.entries(FRAME_KINDS).map(([kind, number]) => [number, kind as FrameKind]),
); // keys of FRAME_KINDS

/** Version, kind, packing, zero; then seven unsigned 32-bit numbers, big-endian; the checksum is the last. */
export function packHeader(header: Omit<PackedHeader, 'checksum'>, raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set([COBROWSE_WIRE_VERSION, FRAME_KINDS[header.kind], PACKINGS.indexOf(header.packing), 0]);
  const words = [header.seq, header.epoch, header.tabId, header.frameId, header.sentAtMs, header.rawLength];
  words.forEach((word, index) => view.setUint32(4 + index * 4, word));
  view.setUint32(CHECKSUM_AT, checksum(bytes, raw));
  return bytes;
}

/** Reads and judges a header; `bytes` is the whole packed frame. */
export function unpackHeader(bytes: Uint8Array): Result<PackedHeader, HeaderFailure> {
  if (bytes.length < HEADER_BYTES) return fail('corrupt', 'short header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== COBROWSE_WIRE_VERSION) return fail('version', `version ${view.getUint8(0)}`);
  const packing = PACKINGS[view.getUint8(2)];
  if (packing === undefined || view.getUint8(3) !== 0) return fail('corrupt', 'packing');
  const kind = KIND_BY_NUMBER.get(view.getUint8(1));
  if (kind === undefined) return fail('unknown-kind', `kind ${view.getUint8(1)}`);
  const word = (index: number) => view.getUint32(4 + index * 4);
  const rawLength = word(5);
  const size = judgeSize(kind, rawLength, bytes.length - HEADER_BYTES);
  if (!size.ok) return size;
  return ok({
    kind,
    packing,
    seq: word(0),
    epoch: word(1),
    tabId: word(2),
    frameId: word(3),
    sentAtMs: word(4),
    rawLength,
    checksum: view.getUint32(CHECKSUM_AT),
  });
}

/** A frame's size before anything is inflated: the claim alone can refuse it. */
function judgeSize(kind: FrameKind, rawLength: number, packedLength: number): Result<null, 'too-big' | 'bomb'> {
  const most = kind === 'snapshot' || kind === 'events' ? MAX_FRAME_BYTES : MAX_SMALL_FRAME_BYTES;
  if (rawLength > most) return fail('too-big', `${kind} of ${rawLength} bytes`);
  if (rawLength > FREE_RATIO_BYTES && rawLength > packedLength * MAX_INFLATE_RATIO) {
    return fail('bomb', `${packedLength} to ${rawLength} bytes`);
  }
  return ok(null);
}

/** FNV-1a over the header without its checksum and the inflated payload. Finds accidents, not forgers: DTLS does that. */
export function checksum(header: Uint8Array, raw: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < CHECKSUM_AT; i += 1) hash = Math.imul(hash ^ (header[i] ?? 0), 0x01000193);
  for (let i = 0; i < raw.length; i += 1) hash = Math.imul(hash ^ (raw[i] ?? 0), 0x01000193);
  return hash >>> 0;
}
