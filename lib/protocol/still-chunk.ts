/**
 * A part of a still's bytes on `bulk`: u8 version << 4 | kind, u32 transfer, u32 offset, then up to CHUNK_BYTES.
 */
import { fail, ok, type Result } from '../shared/result.ts';
import { MAX_STILL_BYTES } from './ink-limits.ts';
import { CHUNK_BYTES } from './limits.ts';

export const STILL_CHUNK_VERSION = 1;
/** What the low half of a bulk frame's first byte says; other kinds belong to co-browsing. */
export const BULK_KIND_STILL = 1;
const HEADER_BYTES = 9;

export interface StillChunk {
  readonly transfer: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type ChunkReason = 'length' | 'version' | 'kind' | 'bounds';

export function encodeChunk({ transfer, offset, bytes }: StillChunk): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER_BYTES + bytes.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint8(0, (STILL_CHUNK_VERSION << 4) | BULK_KIND_STILL);
  view.setUint32(1, transfer);
  view.setUint32(5, offset);
  frame.set(bytes, HEADER_BYTES);
  return frame;
}

/** Never throws. The bytes are a view of `frame`. */
export function decodeChunk(frame: Uint8Array): Result<StillChunk, ChunkReason> {
  if (frame.byteLength <= HEADER_BYTES || frame.byteLength > HEADER_BYTES + CHUNK_BYTES) return fail('length');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const first = view.getUint8(0);
  if (first >> 4 !== STILL_CHUNK_VERSION) return fail('version');
  if ((first & 15) !== BULK_KIND_STILL) return fail('kind');
  const offset = view.getUint32(5);
  const bytes = frame.subarray(HEADER_BYTES);
  if (offset + bytes.byteLength > MAX_STILL_BYTES) return fail('bounds');
  return ok({ transfer: view.getUint32(1), offset, bytes });
}

/** The parts of `bytes` from `from` on. */
export function* chunksOf(transfer: number, bytes: Uint8Array, from: number): Generator<Uint8Array<ArrayBuffer>> {
  for (let offset = from; offset < bytes.byteLength; offset += CHUNK_BYTES) {
    yield encodeChunk({ transfer, offset, bytes: bytes.subarray(offset, offset + CHUNK_BYTES) });
  }
}
