/**
 * A large page told in slices, so that no task holds it up for long. rrweb knows nothing of it: it looks at children
 * through a getter that leaves some out at first, and hears of them later as if they had just been added.
 */
import { afterTask } from '../shared/after-task.ts';
import { createPaintGate, type PaintGate } from './paint-gate.ts';
import { planSlices, type SlicePlan } from './slice-plan.ts';

export interface SlicedSnapshot {
  /** Runs what makes rrweb look for the first time. Nothing of the page runs meanwhile. */
  while<T>(run: () => T): T;
  /** Runs `tell`, which tells of the page; of a large one only the frame of it, and the rest in tasks to come. */
  take<T>(tell: () => T): T;
  /** False after a large page was told in slices that can't come: rrweb did not look, or does not hear. */
  isComplete(): boolean;
  isBusy(): boolean;
  /** Tells of all changes that wait for the page to be painted. */
  flush(): void;
  stop(): void;
}

/** Elements. Smaller pages are told at once. */
const LARGE_PAGE = 1_500;
/** Nodes. Fewer that change together are told before the page is painted. */
const MANY_CHANGED = 100;

type Hear = (records: readonly unknown[]) => void;

export interface SlicedSnapshotParts {
  /** A node that is told without its scroll position, because it is new to rrweb. */
  readonly onScrolled: (node: Element | Document) => void;
  /** Whether an element has a shadow root, of whatever kind. */
  readonly isHost: (element: Element) => boolean;
  /** The page changed among what is half told; it has to be told at once instead. */
  readonly onSpoilt: () => void;
}

export function createSlicedSnapshot(
  document: Document,
  { onScrolled, isHost, onSpoilt }: SlicedSnapshotParts,
): SlicedSnapshot {
  /** Whether rrweb looks at children through us: when it takes a snapshot, and when it hears of additions. */
  let isSeen = false;
  let isHeard = false;
  let hear: Hear | null = null;
  let plan: SlicePlan | null = null;
  let leftOut: ReadonlySet<Node> | null = null;
  let isComplete = true;
  const gate = createPaintGate(document);

  const leavingOut = <T>(large: ReadonlySet<Node> | null, run: () => T): T => {
    leftOut = large;
    try {
      return run();
    } finally {
      leftOut = null;
    }
  };
  /** What moves between told and untold children has no place that rrweb could name. */
  const judge = (records: readonly MutationRecord[]) => {
    if (plan === null || !records.some(({ type, target }) => type === 'childList' && plan?.large.has(target))) return;
    plan = null;
    onSpoilt();
  };
  const tellSlice = (current: SlicePlan) => {
    if (plan !== current) return;
    gate.flush();
    if (plan !== current) return;
    const slice = current.next();
    if (slice === null) {
      plan = null;
      // They could not be scrolled before they were full.
      for (const node of current.large) if (node instanceof Element && isScrolled(node)) onScrolled(node);
      return onScrolled(document);
    }
    const { parent, nodes } = slice;
    const record = { type: 'childList', target: parent, addedNodes: nodes, removedNodes: [] };
    leavingOut(current.large, () => hear?.([record]));
    for (const node of nodes) if (node instanceof Element && !current.large.has(node)) tellScrolled(node, onScrolled);
    afterTask(() => tellSlice(current));
  };

  /** rrweb's two halves look through getters of their own; the second is shown ours by an addition that comes to nothing. */
  const listen = () => {
    if (isHeard || hear === null) return;
    isSeen = false;
    const stray = document.createElement('i');
    hear([{ type: 'childList', target: document.documentElement, addedNodes: [stray], removedNodes: [] }]);
    isHeard = isSeen;
  };

  return {
    isComplete: () => isComplete,
    isBusy: () => plan !== null,
    flush: gate.flush,
    while(run) {
      const stopSeeing = seeChildren((node) => {
        isSeen = true;
        return leftOut?.has(node) === true;
      });
      const stopHearing = hearMutations(document, { gate, onHeard: (heard) => void (hear = heard), onRecords: judge });
      try {
        return run();
      } finally {
        stopSeeing();
        stopHearing();
      }
    },
    take(tell) {
      gate.flush();
      const { body } = document;
      const isLarge = body !== null && isComplete && document.getElementsByTagName('*').length > LARGE_PAGE;
      const next = isLarge ? planSlices(body, { isHost }) : null;
      isSeen = false;
      const result = leavingOut(next?.large ?? null, tell);
      const isCut = isSeen && next !== null && next.large.size > 0;
      listen();
      isComplete = !isCut || isHeard;
      plan = isCut && isHeard ? next : null;
      if (plan !== null && next !== null) afterTask(() => tellSlice(next));
      return result;
    },
    stop() {
      plan = null;
      gate.flush();
    },
  };
}

const isScrolled = ({ scrollTop, scrollLeft }: Element): boolean => scrollTop !== 0 || scrollLeft !== 0;

function tellScrolled(element: Element, onScrolled: (element: Element) => void): void {
  if (isScrolled(element)) onScrolled(element);
  for (const inner of element.querySelectorAll('*')) if (isScrolled(inner)) onScrolled(inner);
}

/** rrweb keeps the getter that it finds when it first looks, if that is the browser's own: a proxy of it counts as such. */
function seeChildren(isLeftOut: (node: Node) => boolean): () => void {
  const native = Object.getOwnPropertyDescriptor(Node.prototype, 'childNodes');
  if (native?.get === undefined) return () => {};
  const get = new Proxy(native.get, {
    apply: (target, node: Node) => (isLeftOut(node) ? [] : (Reflect.apply(target, node, []) as unknown)),
  });
  Object.defineProperty(Node.prototype, 'childNodes', { ...native, get });
  return () => void Object.defineProperty(Node.prototype, 'childNodes', native);
}

interface HearingParts {
  readonly gate: PaintGate;
  readonly onHeard: (hear: Hear) => void;
  readonly onRecords: (records: readonly MutationRecord[]) => void;
}

function isCostly(records: readonly MutationRecord[]): boolean {
  let count = records.length;
  for (const { addedNodes, removedNodes } of records) {
    for (const node of [...addedNodes, ...removedNodes]) {
      if (count > MANY_CHANGED) return true;
      count += node instanceof Element ? node.getElementsByTagName('*').length : 0;
    }
  }
  return count > MANY_CHANGED;
}

/** Calls back with what rrweb does about the document's mutations; it makes its observer as its own look-up finds it. */
function hearMutations(document: Document, { gate, onHeard, onRecords }: HearingParts): () => void {
  const { Zone } = globalThis as { Zone?: { __symbol__?: (name: string) => string } };
  const unpatched: unknown = Reflect.get(globalThis, Zone?.__symbol__?.('MutationObserver') ?? '');
  const Observer = typeof unpatched === 'function' ? (unpatched as typeof MutationObserver) : MutationObserver;
  const { prototype } = Observer;
  const native = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  if (native === undefined) return () => {};
  const value = new Proxy(Observer, {
    construct(target, [run]: [MutationCallback]) {
      let isOfDocument = false;
      const observer = new target((records, own) => {
        const tell = () => {
          run(records, own);
          if (isOfDocument) onRecords(records);
        };
        gate.pass(tell, isOfDocument && isCostly(records));
      });
      observer.observe = (node, options) => {
        isOfDocument ||= node === document;
        if (node === document) onHeard((records) => run(records as MutationRecord[], observer)); // all that is read of them
        prototype.observe.call(observer, node, options);
      };
      return observer;
    },
  });
  Object.defineProperty(prototype, 'constructor', { ...native, value });
  return () => void Object.defineProperty(prototype, 'constructor', native);
}
