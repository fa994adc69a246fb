import { fromMirrorId, toMirrorId } from '../cobrowse/merge-frames.ts';
import type { ChildrenOf } from '../cobrowse/tree-hash.ts';
import { isElement, type MirrorNodes } from './mirror-nodes.ts';

/** A node's children as its frame's recorder counts them: its own nodes, and the document of a frame it looks into. */
export const childrenIn =
  (nodes: MirrorNodes, slot: number): ChildrenOf =>
  (id) => {
    const node = nodes.getNode(toMirrorId(slot, id));
    if (node === null) return null;
    const children: number[] = [];
    const add = (child: Node | null) => {
      const mirrorId = child === null ? -1 : nodes.getId(child);
      if (mirrorId > 0 && fromMirrorId(mirrorId).slot === slot) children.push(fromMirrorId(mirrorId).id);
    };
    for (const child of node.childNodes) add(child);
    if (isElement(node) && node.localName === 'iframe' && 'contentDocument' in node) add(node.contentDocument as Node);
    return children;
  };
