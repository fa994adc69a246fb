/**
 * Nodes of the page that the recorder does not know of yet, although they are there. Whoever looks at the page without
 * them sees one that is right in itself. They come group by group: what is around first, then what is in it, from the top.
 */
export interface Untold {
  isEmpty(): boolean;
  has(node: Node): boolean;
  /** Whether some children of this node are untold. */
  isCut(node: Node): boolean;
  /** The children of this node have changed; `isCut` when untold ones came. */
  noteChange(parent: Node, isCut: boolean): void;
  /** The last of the untold nodes that stand in one row with this one, as far as that is known. */
  lastOfRow(node: Node): Node;
  /** Leaves out these children of `parent`, which are in their order. */
  leave(parent: Node, nodes: readonly Node[]): void;
  /** Leaves out what is in the large parts of `root`, but for those in `whole`. */
  cut(root: Node, whole: ReadonlySet<Node>): void;
  /** What comes next: children of `parent`, told from now on; null when nothing is left. Looks at the page as it is now. */
  next(): Group | null;
  /** Everything that is left, without further cuts. */
  rest(): Group[];
  /** Elements whose children were left out since the last call. */
  takeCut(): Element[];
  clear(): void;
}

export interface Group {
  readonly parent: Node;
  readonly nodes: readonly Node[];
}

export interface UntoldRules {
  /** Nodes in a group. */
  readonly groupNodes?: number;
  /** Nodes in a part that is cut. */
  readonly largeNodes?: number;
  /** Whether the recorder knows a node. */
  readonly isKnown: (node: Node) => boolean;
}

/** To read, filter and pack one node takes some 20 µs. */
export const GROUP_NODES = 100;
export const LARGE_NODES = 400;

interface Entry {
  readonly parent: Node;
  readonly nodes: readonly Node[];
  at: number;
}

export function createUntold({ groupNodes = GROUP_NODES, largeNodes = LARGE_NODES, isKnown }: UntoldRules): Untold {
  const untold = new Set<Node>();
  const entries: Entry[] = [];
  const parents = new Set<Node>();
  /** The last of a parent's untold children, while they stand in one row. */
  const rowEnds = new Map<Node, Node>();
  let cutElements: Element[] = [];

  const leave = (parent: Node, nodes: readonly Node[]) => {
    for (const node of nodes) untold.add(node);
    if (parents.has(parent)) rowEnds.delete(parent);
    else if (nodes.every((node, at) => at === 0 || node.previousSibling === nodes[at - 1])) {
      rowEnds.set(parent, nodes.at(-1) ?? parent);
    }
    parents.add(parent);
    entries.push({ parent, nodes, at: 0 });
  };
  const isLarge = (node: Node): node is Element =>
    node.nodeType === Node.ELEMENT_NODE && node.nodeName !== 'STYLE' && sizeOf(node, largeNodes) >= largeNodes;
  const cutOne = (element: Element) => {
    cutElements.push(element);
    leave(element, [...element.childNodes]);
  };
  const takeFrom = (entry: Entry, groupSize: number): Group | null => {
    const nodes: Node[] = [];
    for (let size = 0; entry.at < entry.nodes.length && size < groupSize; entry.at += 1) {
      const node = entry.nodes[entry.at];
      if (node === undefined || !untold.has(node)) continue;
      const parent = node.parentNode;
      if (parent !== entry.parent) {
        if (nodes.length > 0) break;
        untold.delete(node);
        // What has moved to where nobody looks yet is told with that place.
        if (parent === null || !node.isConnected || !isKnown(parent)) continue;
        entry.at += 1;
        return { parent, nodes: [node] };
      }
      untold.delete(node);
      nodes.push(node);
      if (groupSize === Number.POSITIVE_INFINITY) continue;
      const isCut = isLarge(node);
      if (isCut) cutOne(node);
      size += isCut ? 1 : sizeOf(node, groupSize);
    }
    return nodes.length === 0 ? null : { parent: entry.parent, nodes };
  };
  const take = (groupSize: number): Group | null => {
    for (let entry = entries[0]; entry !== undefined; entry = entries[0]) {
      const group = takeFrom(entry, groupSize);
      if (entry.at >= entry.nodes.length) entries.shift();
      if (group !== null) return group;
    }
    untold.clear();
    parents.clear();
    rowEnds.clear();
    return null;
  };

  return {
    isEmpty: () => untold.size === 0,
    has: (node) => untold.has(node),
    isCut: (node) => parents.has(node),
    noteChange(parent, isCut) {
      if (isCut) parents.add(parent);
      rowEnds.delete(parent);
    },
    lastOfRow: (node) => (node.parentNode === null ? node : (rowEnds.get(node.parentNode) ?? node)),
    leave,
    cut(root, whole) {
      const large: Element[] = [];
      const look = (node: Node) => {
        if (!whole.has(node)) {
          if (isLarge(node)) large.push(node);
        } else for (const child of node.childNodes) look(child);
      };
      look(root);
      for (const element of large) cutOne(element);
    },
    next: () => take(groupNodes),
    rest() {
      const groups: Group[] = [];
      for (let group = take(Number.POSITIVE_INFINITY); group !== null; group = take(Number.POSITIVE_INFINITY)) {
        groups.push(group);
      }
      return groups;
    },
    takeCut() {
      const taken = cutElements;
      cutElements = [];
      return taken;
    },
    clear() {
      untold.clear();
      parents.clear();
      rowEnds.clear();
      entries.length = 0;
      cutElements = [];
    },
  };
}

/** Nodes in `node`, counted no further than `max`. */
export function sizeOf(node: Node, max: number): number {
  let size = 1;
  for (let child = node.firstChild; child !== null && size < max; child = child.nextSibling) {
    size += sizeOf(child, max - size);
  }
  return size;
}
