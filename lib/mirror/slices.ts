/**
 * What is large is told in slices, so that no task holds the page up for long: a page at first, and what comes into it
 * later. rrweb knows nothing of it: it looks at the page through getters that leave out what is untold, and hears of that
 * later as if it had just been added.
 */
import { afterTask } from '../shared/after-task.ts';
import { createIdleTime } from '../shared/idle-time.ts';
import { holdsFieldPart, type IsHost, withFieldParts } from './field-parts.ts';
import { createPaintGate } from './paint-gate.ts';
import { type Change, type Hear, hearMutations, seeThrough } from './recorder-view.ts';
import { findReorder } from './least-moves.ts';
import { createUntold, type Group, LARGE_NODES, sizeOf } from './untold.ts';

export interface Slices {
  /** Runs what makes rrweb look for the first time. Nothing of the page runs meanwhile. */
  while<T>(run: () => T): T;
  /** Runs `tell`, which tells of the page; of a large one only the frame of it, and the rest in tasks to come. */
  take<T>(tell: () => T): T;
  /** False after a large page was told in slices that can't come: rrweb did not look, or does not hear. */
  isComplete(): boolean;
  /** Tells of all that is untold and of all changes that wait for the page to be painted, now. */
  flush(): void;
  stop(): void;
}

export interface SlicesParts {
  /** Whether rrweb has told of a node. */
  readonly isKnown: (node: Node) => boolean;
  /** Whether an element has a shadow root, of whatever kind. */
  readonly isHost: IsHost;
  /** A node that is told without its scroll position, because it is new to rrweb. */
  readonly onScrolled: (node: Element | Document) => void;
  /** Whether the way is free for more. */
  readonly isFree: () => boolean;
  /** One slice has been told. */
  readonly onSlice: () => void;
}

/** Elements. Smaller pages are told at once. */
const LARGE_PAGE = 1_500;
/** What has been read has to be filtered and sent in the same turn, which takes about as long. */
const READING = 0.4;
const TRY_AGAIN_MS = 50;
/** Half of a frame. */
const FIRST_SLICE_MS = 8;

/** Frames, style sheets, players and what is open above the page are not what they were when they are put back. */
const CHANGED_BY_MOVE = 'iframe,frame,object,embed,style,link,dialog,[popover],video,audio';

const mayStay = (node: Node): boolean =>
  !(node instanceof Element) || !(node.matches(CHANGED_BY_MOVE) || node.querySelector(CHANGED_BY_MOVE) !== null);

const addition = (target: Node, addedNodes: readonly Node[]) => ({
  ...{ type: 'childList' as const, target, addedNodes, removedNodes: [] },
  ...{ attributeName: null, attributeNamespace: null, oldValue: null },
});

export function createSlices(document: Document, parts: SlicesParts): Slices {
  const { isKnown, isHost, onScrolled } = parts;
  const gate = createPaintGate(document);
  const idle = createIdleTime(document);
  const untold = createUntold({ isKnown });
  /** Whether rrweb looks through us: at children and siblings, when it takes a snapshot and when it hears of additions. */
  const seen = new Set<string>();
  let isHeard = false;
  let hear: Hear | null = null;
  let isComplete = true;
  let isPlanned = false;
  /** The page as it was at first: it may be scrolled anywhere. */
  let isFirst = false;
  const scrolled = new Set<Node>();
  /** What is told at once together with what is being told. */
  let settled: readonly Group[] = [];

  const plan = () => {
    if (isPlanned || untold.isEmpty()) return;
    isPlanned = true;
    if (!isFirst) idle.end(); // a page that works leaves no time unused
    idle.next((budgetMs) => {
      isPlanned = false;
      if (untold.isEmpty()) return;
      if (gate.isHolding() || !parts.isFree()) setTimeout(plan, TRY_AGAIN_MS);
      else tellSlice(budgetMs * READING);
    });
  };
  const planFirst = () => {
    isPlanned = true;
    afterTask(() => {
      isPlanned = false;
      if (gate.isHolding() || !parts.isFree()) plan();
      else if (!untold.isEmpty()) tellSlice(FIRST_SLICE_MS * READING);
    });
  };
  const tellSlice = (budgetMs: number) => {
    const until = performance.now() + budgetMs;
    for (let group = untold.next(); group !== null; group = performance.now() < until ? untold.next() : null) {
      hear?.([addition(group.parent, group.nodes)]);
      onTold([group]);
    }
    parts.onSlice();
  };
  const onTold = (groups: readonly Group[]) => {
    for (const { nodes } of groups) {
      for (const node of nodes) if (node instanceof Element && !untold.isCut(node)) tellScrolled(node);
    }
    if (untold.isEmpty()) finish();
    else plan();
  };
  const tellScrolled = (element: Element) => {
    if (!isFirst && scrolled.size === 0) return;
    for (const inner of [element, ...element.getElementsByTagName('*')]) {
      if (isFirst ? isScrolled(inner) : scrolled.has(inner)) onScrolled(inner);
    }
  };
  const finish = () => {
    // They could not be scrolled before they were full.
    for (const element of untold.takeCut()) if (isScrolled(element)) onScrolled(element);
    if (isFirst) onScrolled(document);
    isFirst = false;
    scrolled.clear();
  };
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (!untold.isEmpty() && target instanceof Element) scrolled.add(target);
    },
    { capture: true, passive: true },
  );

  /** What rrweb is told of these changes now, so that it sees a page that is right in itself. */
  const sift = (records: readonly MutationRecord[], isCostly: boolean): readonly Change[] => {
    if (untold.isEmpty() && !isCostly) return records;
    const fresh = isHeard && isCostly ? freshOf(records) : null;
    const kept = isCostly ? leastMoves(records) : records;
    if (untold.isEmpty() && fresh === null) return kept;
    if (records.some(({ addedNodes }) => [...addedNodes].some((node) => holdsFieldPart(node, isHost)))) {
      settled = untold.rest();
      return [...kept, ...settled.map(({ parent, nodes }) => addition(parent, nodes))];
    }
    for (const { type, target, addedNodes } of records) {
      if (type === 'childList') untold.noteChange(target, [...addedNodes].some(untold.has));
    }
    for (const [parent, nodes] of fresh ?? []) untold.leave(parent, nodes);
    return kept.flatMap((change) => without(change, untold.has));
  };
  const leastMoves = (records: readonly MutationRecord[]): readonly Change[] => {
    const isTold = (node: Node) => isKnown(node) && !untold.has(node);
    const { staying, moved } = findReorder(records, { isTold, mayStay });
    if (staying.size === 0) return records;
    const kept = records.flatMap((record) => without(record, (node) => staying.has(node)));
    const moves = moved.flatMap((node) => (node.parentNode === null ? [] : moveOf(node, node.parentNode)));
    return [...kept, ...moves];
  };
  /** New nodes by their parents, in their order; null when they are few. */
  const freshOf = (records: readonly MutationRecord[]): ReadonlyMap<Node, readonly Node[]> | null => {
    const fresh = new Set<Node>();
    let size = 0;
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        const parent = node.parentNode;
        if (parent === null || fresh.has(node) || !node.isConnected || isKnown(node) || !isKnown(parent)) continue;
        fresh.add(node);
        if (size < LARGE_NODES) size += sizeOf(node, LARGE_NODES);
      }
    }
    return size < LARGE_NODES ? null : inOrder(fresh);
  };

  /** rrweb's two halves look through getters of their own; the second is shown ours by an addition that comes to nothing. */
  const listen = () => {
    if (isHeard || hear === null) return;
    seen.clear();
    const stray = document.createElement('i');
    document.createDocumentFragment().append(stray, document.createElement('i'));
    hear([addition(document.documentElement, [stray])]);
    isHeard = seen.has('childNodes') && seen.has('nextSibling');
  };

  return {
    isComplete: () => isComplete,
    flush() {
      gate.flush();
      const groups = untold.rest();
      if (groups.length === 0) return;
      hear?.(groups.map(({ parent, nodes }) => addition(parent, nodes)));
      onTold(groups);
    },
    while(run) {
      const stopSeeing = seeThrough(untold, (name) => seen.add(name));
      const stopHearing = hearMutations(document, {
        gate,
        sift,
        onRecords: idle.end,
        onHeard: (heard) => void (hear = heard),
        onTold() {
          const groups = settled;
          settled = [];
          onTold(groups);
        },
      });
      try {
        return run();
      } finally {
        stopSeeing();
        stopHearing();
      }
    },
    take(tell) {
      gate.flush();
      untold.clear();
      scrolled.clear();
      const { body } = document;
      const isLarge = body !== null && isComplete && document.getElementsByTagName('*').length > LARGE_PAGE;
      if (isLarge) untold.cut(body, withFieldParts(body, isHost));
      isFirst = isLarge;
      seen.clear();
      const result = tell();
      const isCut = seen.has('childNodes') && !untold.isEmpty();
      listen();
      isComplete = !isCut || isHeard;
      if (!isCut || !isHeard) untold.clear();
      // What one sees at first is not kept waiting until the page is idle.
      if (isFirst && !untold.isEmpty()) planFirst();
      else plan();
      return result;
    },
    stop() {
      gate.flush();
      untold.clear();
    },
  };
}

const moveOf = (node: Node, parent: Node): readonly Change[] => [
  { ...addition(parent, []), removedNodes: [node] },
  addition(parent, [node]),
];

/** What is left of a change without some of the nodes that came and went. */
function without(change: Change, isLeftOut: (node: Node) => boolean): readonly Change[] {
  if (change.type !== 'childList') return [change];
  const [all, gone] = [[...change.addedNodes], [...change.removedNodes]];
  const addedNodes = all.filter((node) => !isLeftOut(node));
  const removedNodes = gone.filter((node) => !isLeftOut(node));
  if (addedNodes.length + removedNodes.length === all.length + gone.length) return [change];
  if (addedNodes.length + removedNodes.length === 0) return [];
  return [{ ...addition(change.target, addedNodes), removedNodes }];
}

const isScrolled = ({ scrollTop, scrollLeft }: Element): boolean => scrollTop !== 0 || scrollLeft !== 0;

function inOrder(nodes: ReadonlySet<Node>): ReadonlyMap<Node, readonly Node[]> {
  const byParent = new Map<Node, Node[]>();
  for (const node of nodes) {
    const parent = node.parentNode;
    if (parent === null || byParent.has(parent)) continue;
    const children: Node[] = [];
    for (let child = parent.firstChild; child !== null; child = child.nextSibling)
      if (nodes.has(child)) children.push(child);
    byParent.set(parent, children);
  }
  return byParent;
}
