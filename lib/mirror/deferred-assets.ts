import { type AssetBook, assetProperty } from '../cobrowse/asset-ref.ts';
import { sanitiseCss } from '../cobrowse/css-sanitise.ts';
import type { SafeMutation } from '../cobrowse/mirror-events.ts';
import type { AssetShelf } from './asset-shelf.ts';
import { isElement, type MirrorNodes } from './mirror-nodes.ts';
import { setPicture } from './mirror-pictures.ts';

/**
 * Places of one mirror that wait for pictures and fonts. Until the bytes are here an attribute is missing, a picture in
 * CSS is a custom property without a value, and an @font-face rule is set aside.
 */
export interface DeferredAssets {
  readonly book: AssetBook;
  /** Hashes met since the last call that nobody has asked for yet. */
  takeWanted(): string[];
  /** Fills the places that waited for these, and tells which attributes that were. */
  arrive(hashes: readonly string[]): SafeMutation['attributes'];
  /** A document was rebuilt: what waited in it has gone, and its own style element too. */
  forgetNodes(): void;
  /** Puts the values of custom properties and fonts into documents that have none yet. */
  dress(): void;
  /** The same values and fonts, each as one rule. */
  rules(): string[];
}

const MARK = 'data-alongside-assets';
const MAX_DEFERRED = 20_000;

export function createDeferredAssets(
  shelf: AssetShelf,
  nodes: MirrorNodes,
  documents: () => Iterable<Document>,
): DeferredAssets {
  const asked = new Set<string>();
  let wanted: string[] = [];
  const attributes = new Map<string, { nodeId: number; name: string; part: string | undefined }[]>();
  /** Custom properties that CSS of this mirror names, with their value once it is known. */
  const properties = new Map<string, string | null>();
  const fonts = new Set<string>();
  const readyFonts = new Set<string>();
  let sheet = '';
  let deferred = 0;

  const want = (hash: string) => {
    if (asked.has(hash)) return;
    asked.add(hash);
    wanted.push(hash);
  };

  const book: AssetBook = {
    addressOf(hash, parts) {
      const address = shelf.addressOf(hash, parts);
      if (address === null) want(hash);
      return address;
    },
    deferProperty(hash) {
      if (properties.size < MAX_DEFERRED) properties.set(hash, null);
    },
    deferAttribute(hash, nodeId, name, part) {
      deferred += 1;
      if (deferred > MAX_DEFERRED) return;
      const places = attributes.get(hash) ?? [];
      places.push({ nodeId, name, part });
      attributes.set(hash, places);
    },
    deferFont(css) {
      if (fonts.size < MAX_DEFERRED) fonts.add(css);
    },
  };

  const partAddress = (hash: string, part: string): string | null => {
    const drawing = shelf.addressOf(hash, true);
    return drawing === null ? null : `${drawing}#${part}`;
  };
  const fill = (hash: string, address: string): SafeMutation['attributes'] => {
    const filled: SafeMutation['attributes'] = [];
    for (const { nodeId, name, part } of attributes.get(hash) ?? []) {
      const node = nodes.getNode(nodeId);
      const value = part === undefined ? address : partAddress(hash, part);
      // A canvas keeps its last picture until the next one is here.
      const isFree = (element: Element) => !element.hasAttribute(name) || element.nodeName === 'CANVAS';
      if (value === null || node === null || !isElement(node) || !isFree(node)) continue;
      setPicture(node, name, value);
      filled.push({ id: nodeId, attributes: { [name]: value } });
    }
    attributes.delete(hash);
    if (properties.has(hash)) properties.set(hash, address);
    return filled;
  };

  const loadFonts = () => {
    for (const css of fonts) {
      let isComplete = true;
      const rule = sanitiseCss(css, {
        addressOf: (hash) => shelf.addressOf(hash),
        deferAttribute: () => {},
        deferProperty: () => {},
        deferFont: () => {
          isComplete = false;
        },
      });
      if (!isComplete) continue;
      fonts.delete(css);
      readyFonts.add(rule);
    }
  };

  const rules = (): string[] => {
    const values = [...properties].flatMap(([hash, address]) =>
      address === null ? [] : [`${assetProperty(hash)}:url("${address}")`],
    );
    return [...(values.length > 0 ? [`:root{${values.join(';')}}`] : []), ...readyFonts];
  };

  const dress = () => {
    if (sheet === '') return;
    for (const document of documents()) {
      const root = document.documentElement;
      if (root === null) continue;
      const found = root.querySelector(`:scope > style[${MARK}]`);
      if (found?.textContent === sheet) continue;
      const style = found ?? document.createElement('style');
      style.textContent = sheet;
      if (found !== null) continue;
      style.setAttribute(MARK, '');
      root.insertBefore(style, root.firstChild);
    }
  };

  return {
    book,
    takeWanted() {
      const taken = wanted;
      wanted = [];
      return taken;
    },
    arrive(hashes) {
      const filled = hashes.flatMap((hash) => {
        // One that is taken from the shelf later has to be asked for again.
        asked.delete(hash);
        const address = shelf.addressOf(hash);
        return address === null ? [] : fill(hash, address);
      });
      loadFonts();
      const next = rules().join('');
      if (next !== sheet) {
        sheet = next;
        dress();
      }
      return filled;
    },
    forgetNodes() {
      // What was asked for may have been lost with its link.
      asked.clear();
      attributes.clear();
      deferred = 0;
    },
    dress,
    rules,
  };
}
