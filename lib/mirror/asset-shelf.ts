import { MAX_ASSET_BYTES } from '../protocol/cobrowse-limits.ts';

/** What all assets of one mirror may take; the longest unused go first. */
const MAX_SHELF_BYTES = 192 * 1024 * 1024;
const MAX_SHELF_ASSETS = 5_000;
/** Nothing that could be a document. */
const SHOWN_TYPES = /^(?:image\/(?:png|jpeg|webp|gif|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|font\/[a-z0-9-]+)$/;

/** Pictures and fonts of a mirrored page, by hash, as `blob:` addresses of this page. */
export interface AssetShelf {
  addressOf(hash: string): string | null;
  /** False when it was refused: too large, or of a kind that is not shown. */
  put(hash: string, mime: string, bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly bytes: number;
  clear(): void;
}

export function createAssetShelf(): AssetShelf {
  // A Map keeps the order of insertion; what is used moves to the end.
  const shelf = new Map<string, { readonly address: string; readonly bytes: number }>();
  let total = 0;

  const drop = (hash: string) => {
    const asset = shelf.get(hash);
    if (asset === undefined) return;
    shelf.delete(hash);
    total -= asset.bytes;
    URL.revokeObjectURL(asset.address);
  };
  const makeRoom = (bytes: number) => {
    for (const hash of shelf.keys()) {
      if (total + bytes <= MAX_SHELF_BYTES && shelf.size < MAX_SHELF_ASSETS) return;
      drop(hash);
    }
  };

  return {
    addressOf(hash) {
      const asset = shelf.get(hash);
      if (asset === undefined) return null;
      shelf.delete(hash);
      shelf.set(hash, asset);
      return asset.address;
    },
    put(hash, mime, bytes) {
      if (bytes.length > MAX_ASSET_BYTES || !SHOWN_TYPES.test(mime)) return false;
      if (shelf.has(hash)) return true;
      makeRoom(bytes.length);
      shelf.set(hash, { address: URL.createObjectURL(new Blob([bytes], { type: mime })), bytes: bytes.length });
      total += bytes.length;
      return true;
    },
    get bytes() {
      return total;
    },
    clear() {
      for (const hash of shelf.keys()) drop(hash);
    },
  };
}
