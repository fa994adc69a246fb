import { createId } from '../shared/ids.ts';
import { reachableDocuments } from './reachable-documents.ts';
import type { ToRecorder } from './recorder-messages.ts';

/** The way between the recorder's node ids and the isolated world's own view of the nodes. */
export interface PageNodes {
  /** The node that the recorder calls `id`. The page may have lied: the caller checks what it got. */
  find(id: number): Node | null;
  /** The recorder's id of a node, null when it has none. */
  idOf(node: Node): number | null;
  /** To be told what the recorder answered. */
  onIdentified(mark: string, id: number): void;
}

/**
 * Objects don't cross worlds, but events do: one is fired on the node by the one world, and the other takes its target.
 * Everything happens before these functions return.
 */
export function createPageNodes(
  document: Document,
  shadowRootOf: (element: Element) => ShadowRoot | null,
  tell: (message: ToRecorder) => void,
): PageNodes {
  /** The innermost node that is said to have this id in any of these places. */
  const hear = (places: readonly Node[], id: number): Node | null => {
    const mark = createId();
    let found: Node | null = null;
    const take = (event: Event) => {
      const target = event.composedPath()[0];
      if (target instanceof Node || isNodeOfFrame(target)) found = target;
    };
    for (const place of places) place.addEventListener(mark, take, { capture: true });
    tell({ type: 'find', id, mark });
    for (const place of places) place.removeEventListener(mark, take, { capture: true });
    return found;
  };
  let answer: { readonly mark: string; id: number | null } | null = null;
  return {
    find(id) {
      const places: Node[] = reachableDocuments(document);
      for (;;) {
        const found = hear(places, id);
        // Of what is in a closed root the document hears its host's name only; the root itself hears more.
        const root = found !== null && 'shadowRoot' in found ? shadowRootOf(found as Element) : null; // only elements have one
        if (root?.mode !== 'closed' || places.includes(root)) return found;
        places.push(root);
      }
    },
    idOf(node) {
      const mark = createId();
      answer = { mark, id: null };
      tell({ type: 'identify', mark, inFrame: node.ownerDocument !== document });
      node.dispatchEvent(new CustomEvent(mark, { composed: true }));
      const { id } = answer;
      answer = null;
      return id !== null && id > 0 ? id : null;
    },
    onIdentified(mark, id) {
      if (answer?.mark === mark) answer.id = id;
    },
  };
}

/** Nodes of a frame are of another realm, where `instanceof` is of no use. */
const isNodeOfFrame = (target: EventTarget | undefined): target is Node =>
  target !== undefined && 'nodeType' in target && 'ownerDocument' in target;
