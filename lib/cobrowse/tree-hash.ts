/** What both sides know of a node's place: its children in order, without a shadow root's, by their ids in the stream. */
export type ChildrenOf = (id: number) => readonly number[] | null;

/**
 * A number that both sides compute over the same sample of nodes, to notice that the mirror has drifted. It covers ids
 * and order; `null` (no such node) counts as a value of its own. FNV-1a, 32 bits.
 */
export function hashTree(ids: readonly number[], childrenOf: ChildrenOf): number {
  let hash = 0x811c9dc5;
  const feed = (word: number) => {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 255), 0x01000193);
  };
  for (const id of ids) {
    const children = childrenOf(id);
    feed(id);
    feed(children === null ? 0xffffffff : children.length);
    for (const child of children ?? []) feed(child);
  }
  return hash >>> 0;
}
