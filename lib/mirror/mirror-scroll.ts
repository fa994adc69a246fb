import { isDocument, isElement, type MirrorNodes } from './mirror-nodes.ts';

/**
 * Scroll positions of a mirror. They are set at once and without animation, and again after the page has grown: a
 * position that was not reachable when it came is reached as soon as it can be.
 */
export interface MirrorScroll {
  set(id: number, x: number, y: number): void;
  settle(): void;
  clear(): void;
}

/** Far more than scroll at the same time on any page. */
const MAX_POSITIONS = 300;

export function createMirrorScroll(nodes: MirrorNodes): MirrorScroll {
  const short = new Map<number, { readonly left: number; readonly top: number }>();

  const scroll = (id: number, left: number, top: number) => {
    const node = nodes.getNode(id);
    const scroller = node === null ? null : isDocument(node) ? node.scrollingElement : isElement(node) ? node : null;
    short.delete(id);
    if (scroller === null) return;
    scroller.scrollTo({ left, top, behavior: 'instant' });
    const isShort = Math.abs(scroller.scrollLeft - left) > 1 || Math.abs(scroller.scrollTop - top) > 1;
    if (isShort && short.size < MAX_POSITIONS) short.set(id, { left, top });
  };

  return {
    set: scroll,
    settle() {
      for (const [id, { left, top }] of [...short]) scroll(id, left, top);
    },
    clear: () => short.clear(),
  };
}
