import type { AssetBook } from '../cobrowse/asset-ref.ts';
import { toMirrorId } from '../cobrowse/merge-frames.ts';
import type { EventContext } from '../cobrowse/event-rules.ts';
import { MAX_MIRROR_NODES, MAX_TREE_DEPTH } from '../protocol/cobrowse-limits.ts';
import { depthOf, isElement, isShadowRoot, type MirrorNodes } from './mirror-nodes.ts';

/** Adds since the last count of the mirror's nodes; counting is as dear as a small snapshot. */
const RECOUNT_AFTER = 50_000;

export interface EventContexts {
  /** For events of the frame in `slot`, whose document is the content of element `hostId` (null: the top document). */
  of(slot: number, hostId: number | null): EventContext;
  /** References of the last events to nodes that are not there. */
  takeUnknown(): number;
  /** The mirror begins anew. */
  reset(): void;
}

/** What `sanitiseEvent` has to know of a mirror, looked up in the mirror itself. */
export function createEventContext({
  nodes,
  book,
  reserved,
}: {
  readonly nodes: MirrorNodes;
  readonly book: AssetBook;
  readonly reserved: ReadonlySet<string>;
}): EventContexts {
  const budget = { nodes: MAX_MIRROR_NODES };
  let atLastCount = MAX_MIRROR_NODES;
  let unknown = 0;

  const elementOf: EventContext['elementOf'] = (id) => {
    const node = nodes.getNode(id);
    if (node === null) return null;
    const meta = nodes.getMeta(node);
    const depth = depthOf(node, MAX_TREE_DEPTH);
    if (!isElementMeta(meta)) return { tagName: '', isSvg: false, depth };
    return { tagName: meta.tagName, isSvg: meta.isSVG === true, depth };
  };

  return {
    of(slot, hostId) {
      if (budget.nodes < atLastCount - RECOUNT_AFTER) {
        budget.nodes = MAX_MIRROR_NODES - nodes.getIds().length;
        atLastCount = budget.nodes;
      }
      return {
        assets: book,
        reserved,
        budget,
        // rrweb leaves out the document when it is the first one, number 1.
        defaultRootId: hostId === null ? null : toMirrorId(slot, 1),
        hostDepth: hostId === null ? 0 : (elementOf(hostId)?.depth ?? 0) + 1,
        mapId: (id) => toMirrorId(slot, id),
        mapStyleId: (id) => toMirrorId(slot, id),
        onElement: () => {},
        has: (id) => nodes.getNode(id) !== null,
        onUnknown: () => {
          unknown += 1;
        },
        elementOf,
        parentOf(id) {
          const parent = nodes.getNode(id)?.parentNode ?? null;
          if (parent === null) return null;
          const isShadow = isShadowRoot(parent);
          return { id: nodes.getId(isShadow ? parent.host : parent), isShadow };
        },
        parentTagOf(id) {
          const parent = nodes.getNode(id)?.parentNode;
          if (parent === null || parent === undefined || isShadowRoot(parent)) return null;
          if (!isElement(parent)) return null;
          const meta = nodes.getMeta(parent);
          // A linked style sheet is rebuilt as a style element; what counts is what the browser will read it as.
          return parent.localName === 'style' || !isElementMeta(meta) ? parent.localName : meta.tagName;
        },
      };
    },
    takeUnknown() {
      const count = unknown;
      unknown = 0;
      return count;
    },
    reset() {
      budget.nodes = MAX_MIRROR_NODES;
      atLastCount = MAX_MIRROR_NODES;
    },
  };
}

interface ElementMeta {
  readonly tagName: string;
  readonly isSVG?: unknown;
}
const isElementMeta = (meta: unknown): meta is ElementMeta =>
  typeof meta === 'object' && meta !== null && 'tagName' in meta && typeof meta.tagName === 'string';
