/** As much of a mutation record as is read here. */
export interface ChildChange {
  readonly type: string;
  readonly target: Node;
  readonly addedNodes: Iterable<Node>;
  readonly removedNodes: Iterable<Node>;
  readonly nextSibling: Node | null;
}

/** How little need be told of nodes that were taken out and put back. */
export interface Reorder {
  /** These came and went, but whoever hears of the others alone has the new order, too. */
  readonly staying: ReadonlySet<Node>;
  /** These never went anywhere, but those that stay did, around them. */
  readonly moved: readonly Node[];
}

export interface ReorderRules {
  /** Whether whoever hears of it knew this child before. */
  readonly isTold: (node: Node) => boolean;
  /** Whether this child is the same after it was taken out and put back. */
  readonly mayStay: (node: Node) => boolean;
}

/**
 * The fewest children whose moves make the new order. A page that sorts a list, or swaps two rows, takes out and puts back
 * most of it. `changes` are all there have been, and lead to the page as it is now.
 */
export function findReorder(changes: readonly ChildChange[], { isTold, mayStay }: ReorderRules): Reorder {
  const byParent = new Map<Node, ChildChange[]>();
  /** Where a node came or went; null when in several places. */
  const places = new Map<Node, Node | null>();
  for (const change of changes) {
    if (change.type !== 'childList') continue;
    const { target } = change;
    const ofParent = byParent.get(target) ?? [];
    ofParent.push(change);
    byParent.set(target, ofParent);
    for (const node of [...change.addedNodes, ...change.removedNodes]) {
      places.set(node, places.has(node) && places.get(node) !== target ? null : target);
    }
  }
  const staying = new Set<Node>();
  const moved: Node[] = [];
  for (const [parent, ofParent] of byParent) {
    if (!ofParent.some(({ removedNodes }) => [...removedNodes].some((node) => node.parentNode === parent))) continue;
    const before = orderBefore(parent, ofParent);
    if (before === null) continue;
    const told = [...parent.childNodes].filter((node) => before.has(node) && isTold(node));
    const isOfParent = (node: Node) => !places.has(node) || places.get(node) === parent;
    const candidates = new Set(told.filter((node) => isOfParent(node) && mayStay(node)));
    const rise = longestRise([...candidates], before);
    const rising = new Set(rise);
    const unmoved = told.filter((node) => !places.has(node) && !rising.has(node));
    // A frame that is told as moved would load again at the other side.
    if (unmoved.some((node) => !candidates.has(node))) continue;
    for (const node of rise) if (places.has(node)) staying.add(node);
    for (const node of unmoved) moved.push(node);
  }
  return { staying, moved };
}

/** The children that `parent` had before these changes, by their place; null when the changes are not all. */
function orderBefore(parent: Node, changes: readonly ChildChange[]): ReadonlyMap<Node, number> | null {
  const next = new Map<Node | null, Node | null>();
  const previous = new Map<Node | null, Node | null>();
  const join = (one: Node | null, other: Node | null) => {
    next.set(one, other);
    previous.set(other, one);
  };
  // The end of the row is also its beginning.
  let last: Node | null = null;
  for (const child of parent.childNodes) {
    join(last, child);
    last = child;
  }
  join(last, null);
  for (const { addedNodes, removedNodes, nextSibling } of changes.toReversed()) {
    for (const node of addedNodes) {
      if (!next.has(node)) return null;
      join(previous.get(node) ?? null, next.get(node) ?? null);
      next.delete(node);
      previous.delete(node);
    }
    if (!previous.has(nextSibling)) return null;
    for (const node of removedNodes) {
      if (next.has(node)) return null;
      join(previous.get(nextSibling) ?? null, node);
      join(node, nextSibling);
    }
  }
  const order = new Map<Node, number>();
  for (let node = next.get(null) ?? null; node !== null; node = next.get(node) ?? null) order.set(node, order.size);
  return order;
}

/** The most of these nodes, in their order, whose numbers rise. */
function longestRise(nodes: readonly Node[], numbers: ReadonlyMap<Node, number>): Node[] {
  const numberOf = (node: Node | undefined): number => (node === undefined ? -1 : (numbers.get(node) ?? -1));
  /** By length: the last of a rise of that length, with the smallest number there is. */
  const ends: Node[] = [];
  const before = new Map<Node, Node | undefined>();
  for (const node of nodes) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numberOf(ends[middle]) < numberOf(node)) low = middle + 1;
      else high = middle;
    }
    before.set(node, ends[low - 1]);
    ends[low] = node;
  }
  const rise: Node[] = [];
  for (let node = ends.at(-1); node !== undefined; node = before.get(node)) rise.push(node);
  return rise;
}
