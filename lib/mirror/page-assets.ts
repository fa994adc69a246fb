import type { AssetRegister, AssetSource } from '../cobrowse/assets-register.ts';
import type { UnreadSheet } from '../cobrowse/privacy-filter.ts';
import { MAX_ASSET_BYTES } from '../protocol/cobrowse-limits.ts';
import type { FromAgent } from '../protocol/cobrowse-port.ts';
import { sha256Hex } from '../shared/sha256.ts';
import { MAX_MOVING_BYTES } from './moving-picture.ts';
import { reachableDocuments } from './reachable-documents.ts';
import { toPicture } from './to-picture.ts';
import { isWholeSheet } from './written-sheets.ts';

export interface PageAssetsDeps {
  readonly document: Document;
  readonly register: AssetRegister;
  readonly find: (id: number) => Node | null;
  /** The text of a style sheet that the page's world could not read. */
  readonly onSheet: (id: number, css: string, address: string) => void;
  readonly post: (message: FromAgent) => void;
  readonly signal: AbortSignal;
}

/** Pictures, fonts and style sheets that events name: read at the customer, made small, handed over when asked for. */
export interface PageAssets {
  want(hashes: readonly string[]): void;
  readSheets(sheets: readonly UnreadSheet[]): void;
  /** Names a picture that was made here. From now on an earlier name of the same owner stands for it, too. */
  offer(owner: number, picture: Blob): string;
  /** Whether somebody has asked for the picture of this name. */
  isTaken(name: string): boolean;
  /** The engine could read a style sheet that the page could not. */
  haveStyle(hash: string, css: string): void;
}

const AT_ONCE = 4;
const MAX_OFFERED = 64;
const MIN_SEEN_AREA_PX = 16;

export function createPageAssets({ document, register, find, onSheet, post, signal }: PageAssetsDeps): PageAssets {
  const waiting: AssetSource[] = [];
  /** What the page has not loaded itself: style sheets name thousands of pictures and fonts that nobody sees. */
  const unseen = new Set<AssetSource>();
  /** By hash: the links that load it, and its text once it was read. Every snapshot asks for it again. */
  const sheets = new Map<string, { readonly links: Map<number, UnreadSheet>; css: string | null }>();
  const offered: { readonly hash: string; readonly owner: number; picture: Blob; isTaken: boolean }[] = [];
  let busy = 0;

  const next = () => {
    while (busy < AT_ONCE && !signal.aborted) {
      const [first] = unseen;
      const source = waiting.shift() ?? first;
      if (source === undefined) return;
      unseen.delete(source);
      busy += 1;
      void supply(source).finally(() => {
        busy -= 1;
        next();
      });
    }
  };

  const offeredAs = (hash: string) => offered.find((each) => each.hash === hash);
  const post64 = async (hash: string, small: Blob, type: 'asset' | 'file' = 'asset') =>
    post({ type, hash, mime: small.type, base64: await toBase64(small) });

  const supply = async (source: AssetSource) => {
    const body = await read(source.address, document, signal);
    if (signal.aborted) return;
    if (source.kind === 'style') {
      const css = await body?.text();
      if (css !== undefined) return haveStyle(source.hash, css);
    } else if (body !== null) {
      const isFile = source.kind === 'image' && (await isKeptAsFile(body));
      const small = isFile ? body : source.kind === 'image' ? await toPicture(body) : await toFont(body);
      if (small !== null && small.size <= MAX_ASSET_BYTES) await post64(source.hash, small, isFile ? 'file' : 'asset');
      return;
    }
    const links = [...(sheets.get(source.hash)?.links.values() ?? [])];
    // What the page could read in part has been sent.
    if (links.length > 0 && links.every(({ href }) => href === null)) return;
    // The page may not read it. An extension that may is asked; blob: and data: exist in the page only.
    if (/^https?:/.test(source.address) && !isCounter(source.address, document)) {
      post({ type: 'fetch', hash: source.hash, address: source.address.slice(0, 4_000), kind: source.kind });
    }
  };

  const tell = ({ id, href }: UnreadSheet, css: string, address: string) => {
    if (href !== null || isWholeSheet(css, sheetOf(find(id)))) onSheet(id, css, address);
  };

  const haveStyle = (hash: string, css: string) => {
    const sheet = sheets.get(hash);
    const source = register.sourceOf(hash);
    if (sheet === undefined || source === null) return;
    sheet.css = css;
    for (const link of sheet.links.values()) tell(link, css, source.address);
  };

  return {
    want(hashes) {
      const loaded = new Set(reachableDocuments(document).flatMap(loadedBy));
      for (const hash of hashes) {
        const source = register.sourceOf(hash);
        const own = offeredAs(hash);
        if (own !== undefined) {
          own.isTaken = true;
          void post64(hash, own.picture);
        } else if (source !== null && isThere(source.address, loaded)) waiting.push(source);
        else if (source !== null) unseen.add(source);
      }
      next();
    },
    readSheets(unread) {
      for (const sheet of unread) {
        const { id } = sheet;
        const owner = sheet.href === null ? find(id) : null;
        if (owner?.nodeName === 'STYLE') {
          tell(sheet, owner.textContent ?? '', owner.baseURI);
          continue;
        }
        const href = sheet.href ?? (owner as HTMLLinkElement | null)?.href ?? '';
        const hash = register.nameOf(href, document.baseURI, 'style')?.slice('asset:'.length);
        const source = hash === undefined ? null : register.sourceOf(hash);
        if (source === null || hash === undefined) continue;
        const known = sheets.get(hash) ?? { links: new Map(), css: null };
        sheets.set(hash, known);
        known.links.set(id, sheet);
        if (known.css !== null) tell(sheet, known.css, source.address);
        else if (!waiting.includes(source)) waiting.push(source);
      }
      next();
    },
    offer(owner, picture) {
      const hash = sha256Hex(crypto.getRandomValues(new Uint8Array(32)));
      for (const each of offered) if (each.owner === owner) each.picture = picture;
      offered.push({ hash, owner, picture, isTaken: false });
      if (offered.length > MAX_OFFERED) offered.shift();
      return `asset:${hash}`;
    },
    isTaken: (name) => offeredAs(name.slice('asset:'.length))?.isTaken ?? true,
    haveStyle,
  };
}

/** The addresses of what a document has loaded; a browser that keeps no more of them begins to leave some out. */
const loadedBy = ({ defaultView }: Document): string[] =>
  defaultView?.performance.getEntriesByType('resource').map(({ name }) => name) ?? [];

const isThere = (address: string, loaded: ReadonlySet<string>): boolean =>
  !/^https?:/.test(address) || loaded.has(address);

const sheetOf = (node: Node | null): CSSStyleSheet | null =>
  node !== null && 'sheet' in node ? (node.sheet as CSSStyleSheet | null) : null; // of a link or a style element

/** With the page's own rights: cookies for its own origin, none for others. */
async function read(address: string, document: Document, signal: AbortSignal): Promise<Blob | null> {
  try {
    const isOwn = !/^https?:/.test(address) || new URL(address).origin === document.location.origin;
    const response = await fetch(address, {
      credentials: isOwn ? 'include' : 'omit',
      cache: 'force-cache',
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}

/** Pictures that nobody sees, by which a page counts its visitors. */
function isCounter(address: string, document: Document): boolean {
  const images = [...document.images].filter(({ currentSrc }) => currentSrc === address);
  return images.length > 0 && images.every(({ width, height }) => width * height < MIN_SEEN_AREA_PX);
}

/**
 * A drawing, or a picture of several frames, which a canvas would not keep: of these the extension takes what is seen out
 * of the file (lib/mirror/clean-file.ts). Most that move say so in the beginning.
 */
async function isKeptAsFile(body: Blob): Promise<boolean> {
  if (body.type.startsWith('image/svg')) return true;
  return body.size <= MAX_MOVING_BYTES && MOVES.test(await body.slice(0, 900).text());
}

const MOVES = /^GIF8[^]*NETSCAPE2\.0|^RIFF[^]{1,5}WEBPVP8X/;

async function toFont(body: Blob): Promise<Blob | null> {
  const [a = 0, b = 0, c = 0, d = 0] = new Uint8Array(await body.slice(0, 4).arrayBuffer());
  const mark = String.fromCharCode(a, b, c, d);
  const mime = {
    wOF2: 'font/woff2',
    wOFF: 'font/woff',
    OTTO: 'font/otf',
    '\0\u0001\0\0': 'font/ttf',
    true: 'font/ttf',
  }[mark];
  return mime === undefined ? null : new Blob([body], { type: mime });
}

/** By a reader of text: a content script in Firefox may not touch the bytes of what a canvas was packed into. */
function toBase64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((done, fail) => {
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      done(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => fail(reader.error ?? new Error('unread')));
    reader.readAsDataURL(blob);
  });
}
