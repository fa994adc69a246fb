import { type AssetBook, type AssetPlace, assetProperty } from '../cobrowse/asset-ref.ts';
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
  /** Asks for what was met since the last call. */
  ask(): void;
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
  onWant: (hashes: string[]) => void,
): DeferredAssets {
  const asked = new Set<string>();
  let wanted: string[] = [];
  const attributes = new Map<string, AssetPlace[]>();
  /** By node: the moving picture that is on its way, and the one to ask for then. */
  const moving = new Map<number, { readonly hash: string; next: { hash: string; place: AssetPlace } | null }>();
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

  const ask = () => {
    const hashes = wanted;
    wanted = [];
    if (hashes.length > 0) onWant(hashes);
  };
  const wait = (hash: string, place: AssetPlace) => {
    if (deferred >= MAX_DEFERRED) return;
    deferred += 1;
    if (place.isMoving) moving.set(place.nodeId, { hash, next: null });
    const places = attributes.get(hash) ?? [];
    places.push(place);
    attributes.set(hash, places);
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
    deferAttribute(hash, place) {
      const onItsWay = place.isMoving ? moving.get(place.nodeId) : undefined;
      if (onItsWay === undefined || onItsWay.hash === hash) return wait(hash, place);
      // A slow path carries as many as it can, and not those that were overtaken.
      asked.delete(hash);
      wanted = wanted.filter((each) => each !== hash);
      onItsWay.next = { hash, place };
    },
    deferFont(css) {
      if (fonts.size < MAX_DEFERRED) fonts.add(css);
    },
  };

  const askForNext = (nodeId: number, hash: string) => {
    shelf.pass(hash);
    const next = moving.get(nodeId)?.next ?? null;
    moving.delete(nodeId);
    if (next === null) return;
    want(next.hash);
    wait(next.hash, next.place);
  };
  const partAddress = (hash: string, part: string): string | null => {
    const drawing = shelf.addressOf(hash, true);
    return drawing === null ? null : `${drawing}#${part}`;
  };
  const fill = (hash: string, address: string): SafeMutation['attributes'] => {
    const filled: SafeMutation['attributes'] = [];
    for (const { nodeId, attribute, part, isMoving } of attributes.get(hash) ?? []) {
      deferred -= 1;
      if (isMoving) askForNext(nodeId, hash);
      const node = nodes.getNode(nodeId);
      const value = part === undefined ? address : partAddress(hash, part);
      // The last moving picture stays until the next one is here.
      const isFree = (element: Element) => isMoving || !element.hasAttribute(attribute);
      if (value === null || node === null || !isElement(node) || !isFree(node)) continue;
      setPicture(node, attribute, value);
      filled.push({ id: nodeId, attributes: { [attribute]: value } });
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
    ask,
    arrive(hashes) {
      const filled = hashes.flatMap((hash) => {
        // One that is taken from the shelf later has to be asked for again.
        asked.delete(hash);
        const address = shelf.addressOf(hash);
        return address === null ? [] : fill(hash, address);
      });
      ask();
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
      moving.clear();
      deferred = 0;
    },
    dress,
    rules,
  };
}
