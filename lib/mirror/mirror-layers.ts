import type { Layer } from '../protocol/cobrowse-messages.ts';
import { isElement, isHtmlElement } from './mirror-nodes.ts';

/**
 * Popovers, dialogs and the fullscreen element of a mirror. rrweb replays dialogs only; what else is open above the page
 * is told apart (`layers`) and shown by the same means, without taking the focus.
 */
export interface MirrorLayers {
  /** The layers of one frame, bottom first; a node is null when it is not in the mirror. */
  show(frameId: number, open: readonly (Layer & { readonly node: Node | null })[]): void;
  /** The browser's own pickers that are open at the customer's, which can't be mirrored. */
  pickers(): { readonly node: Element; readonly picker: NonNullable<Layer['picker']> }[];
  clear(): void;
}

const SHOWN = 'data-alongside-layer';

export function createMirrorLayers(): MirrorLayers {
  const shown = new Map<number, Set<Element>>();
  const pickers = new Map<number, { node: Element; picker: NonNullable<Layer['picker']> }[]>();

  const raise = (element: Element, kind: Layer['kind']) => {
    if (!isHtmlElement(element) || !element.isConnected) return;
    element.setAttribute(SHOWN, kind);
    // A dialog is opened by its own attributes, in the event that opens it.
    if (kind === 'dialog' || kind === 'modal' || element.localName === 'dialog') return;
    if (element.popover === null) element.popover = 'manual';
    if (!element.matches(':popover-open')) element.showPopover();
  };
  const lower = (element: Element) => {
    const kind = element.getAttribute(SHOWN);
    element.removeAttribute(SHOWN);
    if (!isHtmlElement(element) || kind === 'dialog' || kind === 'modal') return;
    if (element.popover !== null && element.matches(':popover-open')) element.hidePopover();
    if (kind === 'fullscreen') element.popover = null;
  };

  return {
    show(frameId, open) {
      const next = new Set<Element>();
      pickers.set(frameId, []);
      for (const { node, kind, picker } of open) {
        if (node === null || !isElement(node)) continue;
        if (kind === 'native') pickers.get(frameId)?.push({ node, picker: picker ?? 'select' });
        else next.add(node);
      }
      for (const element of shown.get(frameId) ?? []) if (!next.has(element)) lower(element);
      for (const { node, kind } of open) if (node !== null && isElement(node) && kind !== 'native') raise(node, kind);
      shown.set(frameId, next);
    },
    pickers: () => [...pickers.values()].flat().filter(({ node }) => node.isConnected),
    clear() {
      shown.clear();
      pickers.clear();
    },
  };
}
