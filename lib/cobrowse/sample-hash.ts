import { MAX_HASHED_NODES } from '../protocol/cobrowse-limits.ts';
import { hashTree } from './tree-hash.ts';

/** The part of the filter that tells what the other side has. */
export interface SentTree {
  ids(): readonly number[];
  sentChildren(id: number): readonly number[] | null;
}

/** A drift check over nodes that are spread evenly through what was sent; null when nothing was. */
export function sampleHash(tree: SentTree): { nodeCount: number; ids: number[]; hash: number } | null {
  const all = tree.ids();
  const step = Math.max(1, Math.floor(all.length / MAX_HASHED_NODES));
  const ids: number[] = [];
  for (let at = 0; at < all.length && ids.length < MAX_HASHED_NODES; at += step) {
    const id = all[at];
    if (id !== undefined && tree.sentChildren(id) !== null) ids.push(id);
  }
  return ids.length === 0 ? null : { nodeCount: all.length, ids, hash: hashTree(ids, tree.sentChildren) };
}
