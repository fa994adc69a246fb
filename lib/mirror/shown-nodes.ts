import { effectOf } from '../cobrowse/privacy-effect.ts';
import { isToggleShown } from '../cobrowse/privacy-field-output.ts';
import type { PageState } from '../protocol/cobrowse-messages.ts';
import { deepActiveElement } from './composed.ts';
import type { PageFeed } from './page-feed.ts';
import type { PageNodes } from './page-nodes.ts';

export interface ShownNodesDeps {
  readonly document: Document;
  readonly feed: Pick<PageFeed, 'epoch' | 'filter'>;
  readonly nodes: Pick<PageNodes, 'find' | 'idOf'>;
  /** The epochs of this document are above it, and its node ids are the same in all of them. */
  readonly above: number;
}

/** The nodes of a page that the other side has on show. */
export interface ShownNodes {
  isShown(id: number): boolean;
  /** What the other side calls a node; null when it does not see it. */
  idOf(node: Node): number | null;
  /** The same of a checkbox, when the other side sees its mark. */
  toggleIdOf(node: Node): number | null;
  /** The element that has the focus, and whether the page shows that it has. */
  focus(): Pick<PageState, 'focusId' | 'focusVisible'>;
  /** The element that the other side has named, while it is in the page. */
  find(place: { readonly epoch: number; readonly nodeId: number }): Element | null;
}

export function createShownNodes({ document, feed, nodes, above }: ShownNodesDeps): ShownNodes {
  const isShown = (id: number): boolean => {
    const known = feed.filter.node(id);
    if (known === null || feed.filter.sentChildren(id) === null) return false;
    return effectOf(known, feed.filter.context.rules).hiddenBy === null;
  };
  const idOf = (node: Node): number | null => {
    const id = nodes.idOf(node);
    return id !== null && isShown(id) ? id : null;
  };
  return {
    isShown,
    idOf,
    toggleIdOf(node) {
      const id = idOf(node);
      const known = id === null ? null : feed.filter.node(id);
      return known !== null && isToggleShown(known, effectOf(known, feed.filter.context.rules)) ? id : null;
    },
    focus() {
      const active = deepActiveElement(document);
      const focusId = active === null || active === document.body ? null : idOf(active);
      return { focusId, focusVisible: focusId !== null && active?.matches(':focus-visible') === true };
    },
    find({ epoch, nodeId }) {
      const isOfDocument = epoch > above && epoch <= feed.epoch();
      const node = isOfDocument && isShown(nodeId) ? nodes.find(nodeId) : null;
      return node instanceof Element && node.isConnected ? node : null;
    },
  };
}
