/**
 * A part of an asset on `bulk`: u8 version << 4 | kind, u8 type, 32 bytes hash, u32 total, u32 offset, then the bytes.
 */
import { fail, ok, type Result } from '../shared/result.ts';
import { MAX_ASSET_BYTES } from './cobrowse-limits.ts';
import { CHUNK_BYTES } from './limits.ts';

export const ASSET_CHUNK_VERSION = 1;
/** What the low half of a bulk frame's first byte says. 1 is stills. */
export const BULK_KIND_ASSET = 2;
const HEADER_BYTES = 42;
/** Small: on a path of 300 kbit/s one takes 110 ms. */
const PART_BYTES = 4_096;
/** Numbers are never used twice. Nothing that could be a document. */
const TYPES: readonly string[] = [
  'image/png', 'image/webp', 'image/jpeg', 'image/gif', 'image/avif', 'image/svg+xml',
  'font/woff2', 'font/woff', 'font/otf', 'font/ttf',
]; // prettier-ignore

export interface Asset {
  /** 64 hexadecimal digits. */
  readonly hash: string;
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type AssetChunkReason = 'length' | 'version' | 'kind' | 'type' | 'bounds' | 'order';

/** The parts of an asset, in order; none when its type can't travel. */
export function* assetChunks({ hash, mime, bytes }: Asset): Generator<Uint8Array<ArrayBuffer>> {
  const type = TYPES.indexOf(mime);
  if (type < 0 || bytes.length === 0 || bytes.length > MAX_ASSET_BYTES) return;
  const name = Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16));
  for (let offset = 0; offset < bytes.length; offset += PART_BYTES) {
    const part = bytes.subarray(offset, offset + PART_BYTES);
    const frame = new Uint8Array(HEADER_BYTES + part.length);
    const view = new DataView(frame.buffer);
    view.setUint8(0, (ASSET_CHUNK_VERSION << 4) | BULK_KIND_ASSET);
    view.setUint8(1, type);
    frame.set(name, 2);
    view.setUint32(34, bytes.length);
    view.setUint32(38, offset);
    frame.set(part, HEADER_BYTES);
    yield frame;
  }
}

export interface AssetJoiner {
  /** An asset when this was its last part, null before that. Never throws. */
  push(frame: Uint8Array): Result<Asset | null, AssetChunkReason>;
}

/** Joins what `assetChunks` cut; one asset at a time, because the channel keeps the order. */
export function createAssetJoiner(): AssetJoiner {
  let current: { readonly hash: string; readonly bytes: Uint8Array<ArrayBuffer>; received: number } | null = null;
  return {
    push(frame) {
      if (frame.length <= HEADER_BYTES || frame.length > CHUNK_BYTES) return fail('length');
      const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
      const first = view.getUint8(0);
      if (first >> 4 !== ASSET_CHUNK_VERSION) return fail('version');
      if ((first & 15) !== BULK_KIND_ASSET) return fail('kind');
      const mime = TYPES[view.getUint8(1)];
      if (mime === undefined) return fail('type');
      const hash = Array.from(frame.subarray(2, 34), (byte) => byte.toString(16).padStart(2, '0')).join('');
      const total = view.getUint32(34);
      const offset = view.getUint32(38);
      const part = frame.subarray(HEADER_BYTES);
      if (total > MAX_ASSET_BYTES || offset + part.length > total) return fail('bounds');
      if (offset === 0) current = { hash, bytes: new Uint8Array(total), received: 0 };
      if (current?.hash !== hash || current.received !== offset || current.bytes.length !== total) return fail('order');
      current.bytes.set(part, offset);
      current.received += part.length;
      if (current.received < total) return ok(null);
      const { bytes } = current;
      current = null;
      return ok({ hash, mime, bytes });
    },
  };
}
