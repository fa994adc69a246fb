/** How filtered events name an asset whose bytes travel apart: `asset:<sha256, hex>`. */
const ASSET = /^asset:([a-f0-9]{64})$/;

export const assetHashOf = (address: string): string | null => ASSET.exec(address.trim())?.[1] ?? null;

/** A part of a drawing, as sprites of icons have: `asset:<sha256, hex>#<id>`. */
const PART = /^asset:([a-f0-9]{64})#([\w.-]{1,80})$/;

export function assetPartOf(address: string): { readonly hash: string; readonly part: string } | null {
  const [, hash, part] = PART.exec(address.trim()) ?? [];
  return hash === undefined || part === undefined ? null : { hash, part };
}

/** The custom property that stands for a picture in CSS until its bytes are here. */
export const assetProperty = (hash: string): string => `--alongside-${hash}`;

const MAX_DATA_CHARS = 2_000_000;
const DATA_PICTURE = /^data:image\/(?:png|jpeg|webp|gif|avif|bmp|x-icon|svg\+xml)[;,]/i;
const DATA_FONT = /^data:(?:font\/(?:woff2?|otf|ttf|sfnt)|application\/(?:x-)?font-(?:woff2?|otf|ttf|sfnt))[;,]/i;

/** A `data:` address that can only be a picture. SVG is one too where it is shown as an image: no scripts, no loads. */
export const isDataPicture = (address: string): boolean =>
  address.length <= MAX_DATA_CHARS && DATA_PICTURE.test(address);
export const isDataFont = (address: string): boolean => address.length <= MAX_DATA_CHARS && DATA_FONT.test(address);

/** An attribute that shows an asset. */
export interface AssetPlace {
  readonly nodeId: number;
  readonly attribute: string;
  /** Of a drawing: the part that is used. */
  readonly part?: string;
  /** What a canvas or a video shows: the next picture takes this one's place. */
  readonly isMoving?: boolean;
}

/** Where an asset's bytes can be had on this side. */
export interface AssetBook {
  /**
   * A `blob:` address, or null while the bytes are not here. Remembers that the asset is wanted. `parts`: that of a drawing
   * whose parts other drawings use, which is no picture.
   */
  addressOf(hash: string, parts?: boolean): string | null;
  /** CSS names the asset by its custom property (`assetProperty`), which has no value yet. */
  deferProperty(hash: string): void;
  /** An attribute of a node that has to wait for its bytes. */
  deferAttribute(hash: string, place: AssetPlace): void;
  /** An @font-face rule that has to wait for its bytes; `css` still names assets as `asset:<hash>`. */
  deferFont(css: string): void;
}
