import { LAYER_MARK } from '../cobrowse/state-marks.ts';
import type { Layer } from '../protocol/cobrowse-messages.ts';
import { isElement, isHtmlElement } from './mirror-nodes.ts';

/**
 * Popovers, dialogs and the fullscreen element of a mirror. rrweb replays dialogs only; what else is open above the page
 * is told apart (`layers`) and shown by the same means, without taking the focus.
 */
export interface MirrorLayers {
  /** The layers of one frame, bottom first. */
  show(frameId: number, epoch: number, open: readonly Layer[]): void;
  /** The mirror has changed: what should be open may be there by now, or was closed because it was moved. */
  again(): void;
  /** The browser's own pickers that are open at the customer's, which can't be mirrored. */
  pickers(): { readonly node: Element; readonly picker: NonNullable<Layer['picker']> }[];
  /** The frames of which nothing is seen. */
  barred(): Element[];
  clear(): void;
}

/** What a popover shows here. */
const ABOVE: ReadonlySet<Layer['kind']> = new Set(['popover', 'fullscreen']);

const setMixed = (element: Element, isMixed: boolean) => {
  if ('indeterminate' in element) element.indeterminate = isMixed;
};

/** `nodeOf` gives null for a node that is not in the mirror. */
export function createMirrorLayers(
  nodeOf: (frameId: number, epoch: number, nodeId: number) => Node | null,
): MirrorLayers {
  const told = new Map<number, { readonly epoch: number; readonly open: readonly Layer[] }>();
  const shown = new Map<number, Set<Element>>();
  const pickers = new Map<number, { node: Element; picker: NonNullable<Layer['picker']> }[]>();

  const raise = (element: Element, kind: Layer['kind']) => {
    if (!isHtmlElement(element) || !isThere(element)) return;
    element.setAttribute(LAYER_MARK, kind);
    if (kind === 'mixed') setMixed(element, true);
    // A dialog is opened by its own attributes, in the event that opens it.
    if (!ABOVE.has(kind) || element.localName === 'dialog') return;
    if (element.popover === null) element.popover = 'manual';
    if (!element.matches(':popover-open')) element.showPopover();
  };
  const lower = (element: Element) => {
    const kind = element.getAttribute(LAYER_MARK);
    element.removeAttribute(LAYER_MARK);
    if (kind === 'mixed') setMixed(element, false);
    if (!isHtmlElement(element) || !isThere(element) || kind === 'dialog' || kind === 'modal') return;
    if (element.popover !== null && element.matches(':popover-open')) element.hidePopover();
    if (kind === 'fullscreen') element.popover = null;
  };

  const barred = new Map<number, Element[]>();

  const place = (frameId: number, epoch: number, open: readonly Layer[]) => {
    const next = new Map<Element, Layer['kind']>();
    const native: { node: Element; picker: NonNullable<Layer['picker']> }[] = [];
    const unseen: Element[] = [];
    for (const { nodeId, kind, picker } of open) {
      const node = nodeOf(frameId, epoch, nodeId);
      if (node === null || !isElement(node)) continue;
      if (kind === 'native') native.push({ node, picker: picker ?? 'select' });
      else if (kind === 'barred') unseen.push(node);
      else next.set(node, kind);
    }
    for (const element of shown.get(frameId) ?? []) if (!next.has(element)) lower(element);
    for (const [element, kind] of next) raise(element, kind);
    shown.set(frameId, new Set(next.keys()));
    pickers.set(frameId, native);
    barred.set(frameId, unseen);
  };

  return {
    show(frameId, epoch, open) {
      told.set(frameId, { epoch, open });
      place(frameId, epoch, open);
    },
    again() {
      for (const [frameId, { epoch, open }] of told) if (open.length > 0) place(frameId, epoch, open);
    },
    pickers: () => [...pickers.values()].flat().filter(({ node }) => node.isConnected),
    barred: () => [...barred.values()].flat().filter(({ isConnected }) => isConnected),
    clear() {
      told.clear();
      shown.clear();
      pickers.clear();
      barred.clear();
    },
  };
}

/** What is in the document of a frame that has gone can't be opened or closed; browsers throw. */
const isThere = (element: Element): boolean => element.isConnected && element.ownerDocument.defaultView !== null;
