import { MAX_ASSET_BYTES } from '../protocol/cobrowse-limits.ts';
import { toDrawingParts } from './drawing-parts.ts';

/** What all assets of one mirror may take; moving pictures go first, then the longest unused. */
const MAX_SHELF_BYTES = 192 * 1024 * 1024;
const MAX_SHELF_ASSETS = 5_000;
const MAX_DRAWING_BYTES = 1024 * 1024;
const SVG = 'image/svg+xml';
/** Nothing that could be a document. */
const SHOWN_TYPES = /^(?:image\/(?:png|jpeg|webp|gif|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|font\/[a-z0-9-]+)$/;

/** Pictures and fonts of a mirrored page, by hash, as `blob:` addresses of this page. */
export interface AssetShelf {
  /** `parts`: of a drawing whose parts are used; null also when it is no drawing. */
  addressOf(hash: string, parts?: boolean): string | null;
  /** False when it was refused: too large, or of a kind that is not shown. */
  put(hash: string, mime: string, bytes: Uint8Array<ArrayBuffer>): boolean;
  /** Another picture will take this one's place: it is kept for looking back only. */
  pass(hash: string): void;
  readonly bytes: number;
  clear(): void;
}

interface Asset {
  readonly address: string;
  /** What a drawing's parts are made of, once somebody uses them. */
  readonly drawing: Uint8Array<ArrayBuffer> | null;
  readonly bytes: number;
  /** Null: not asked for yet; '': it has none. */
  parts: string | null;
}

export function createAssetShelf(): AssetShelf {
  // A Map keeps the order of insertion; what is used moves to the end.
  const shelf = new Map<string, Asset>();
  /** The oldest first. */
  const passing = new Set<string>();
  let total = 0;

  const drop = (hash: string) => {
    const asset = shelf.get(hash);
    if (asset === undefined) return;
    shelf.delete(hash);
    passing.delete(hash);
    total -= asset.bytes;
    for (const address of [asset.address, asset.parts ?? '']) if (address !== '') URL.revokeObjectURL(address);
  };
  const makeRoom = (bytes: number) => {
    for (const hashes of [passing, shelf.keys()]) {
      for (const hash of hashes) {
        if (total + bytes <= MAX_SHELF_BYTES && shelf.size < MAX_SHELF_ASSETS) return;
        drop(hash);
      }
    }
  };

  return {
    addressOf(hash, parts = false) {
      const asset = shelf.get(hash);
      if (asset === undefined) return null;
      shelf.delete(hash);
      shelf.set(hash, asset);
      if (!parts) return asset.address;
      asset.parts ??= partsOf(asset.drawing);
      return asset.parts === '' ? null : asset.parts;
    },
    put(hash, mime, bytes) {
      if (bytes.length > MAX_ASSET_BYTES || !SHOWN_TYPES.test(mime)) return false;
      if (shelf.has(hash)) return true;
      const drawing = mime === SVG && bytes.length <= MAX_DRAWING_BYTES ? bytes : null;
      // The text is kept beside the picture.
      const weight = bytes.length + (drawing?.length ?? 0);
      makeRoom(weight);
      const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
      shelf.set(hash, { address, drawing, bytes: weight, parts: null });
      total += weight;
      return true;
    },
    pass: (hash) => void passing.add(hash),
    get bytes() {
      return total;
    },
    clear() {
      for (const hash of shelf.keys()) drop(hash);
    },
  };
}

function partsOf(drawing: Uint8Array<ArrayBuffer> | null): string {
  const parts = drawing === null ? null : toDrawingParts(new TextDecoder().decode(drawing));
  return parts === null ? '' : URL.createObjectURL(new Blob([parts], { type: SVG }));
}
