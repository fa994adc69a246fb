/** How rrweb is made to see the page without what is untold, and to hear of changes when they are to be told. */
import type { PaintGate } from './paint-gate.ts';
import type { Untold } from './untold.ts';

/** Nodes. Fewer that change together are told before the page is painted. */
const MANY_CHANGED = 50;

/** As much of a mutation record as rrweb reads. */
export type Change = Pick<MutationRecord, 'type' | 'target' | 'attributeName' | 'attributeNamespace' | 'oldValue'> & {
  readonly addedNodes: Iterable<Node>;
  readonly removedNodes: Iterable<Node>;
};
export type Hear = (changes: readonly unknown[]) => void;

/** rrweb keeps the getters that it finds when it first looks, if they are the browser's own: a proxy of one counts as such. */
export function seeThrough(untold: Untold, onSeen: (name: string) => void): () => void {
  const stopChildren = proxyGetter(Node.prototype, 'childNodes', (native, node) => {
    onSeen('childNodes');
    const all = native(node);
    return untold.isCut(node) ? [...(all as Iterable<Node>)].filter((child) => !untold.has(child)) : all;
  });
  const stopSiblings = proxyGetter(Node.prototype, 'nextSibling', (native, node) => {
    onSeen('nextSibling');
    let next = native(node);
    while (next instanceof Node && untold.has(next)) next = native(untold.lastOfRow(next));
    return next;
  });
  return () => {
    stopChildren();
    stopSiblings();
  };
}

/** Until what is returned is called, whoever takes this getter of the prototype takes `look` with it. */
export function proxyGetter<T extends Node>(
  prototype: T,
  name: keyof T & string,
  look: (native: (node: T) => unknown, node: T) => unknown,
): () => void {
  const native = Object.getOwnPropertyDescriptor(prototype, name);
  const getter = native?.get;
  if (native === undefined || getter === undefined) return () => {};
  const call = (node: T): unknown => Reflect.apply(getter, node, []);
  const get = new Proxy(getter, { apply: (_, node: T) => look(call, node) });
  Object.defineProperty(prototype, name, { ...native, get });
  return () => void Object.defineProperty(prototype, name, native);
}

interface HearingParts {
  readonly gate: PaintGate;
  readonly sift: (records: readonly MutationRecord[], isCostly: boolean) => readonly Change[];
  /** The page has changed. */
  readonly onRecords: () => void;
  readonly onHeard: (hear: Hear) => void;
  readonly onTold: () => void;
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
export function hearMutations(
  document: Document,
  { gate, sift, onRecords, onHeard, onTold }: HearingParts,
): () => void {
  const { Zone } = globalThis as { Zone?: { __symbol__?: (name: string) => string } };
  const unpatched: unknown = Reflect.get(globalThis, Zone?.__symbol__?.('MutationObserver') ?? '');
  const Observer = typeof unpatched === 'function' ? (unpatched as typeof MutationObserver) : MutationObserver;
  const { prototype } = Observer;
  const native = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  if (native === undefined) return () => {};
  const value = new Proxy(Observer, {
    construct(target, [run]: [(records: readonly unknown[], observer: MutationObserver) => void]) {
      let isOfDocument = false;
      /** Of the document, waiting to be told: together, because rrweb looks at the page as it is then. */
      let late: MutationRecord[] | null = null;
      const tell = (records: readonly MutationRecord[], isLate: boolean) => {
        run(isOfDocument ? sift(records, isLate) : records, observer);
        if (isOfDocument) onTold();
      };
      const taken = (): MutationRecord[] => prototype.takeRecords.call(observer);
      const observer = new target((records) => {
        onRecords();
        if (!isOfDocument) return gate.pass(() => tell(records, false), false);
        if (late !== null) return records.forEach((record) => late?.push(record));
        late = [...records];
        const isLate = gate.isHolding() || isCostly(records);
        return gate.pass(() => {
          const all = [...(late ?? []), ...taken()];
          late = null;
          tell(all, isLate);
        }, isLate);
      });
      // Whoever wants to be told at once gets them in the order in which they came.
      observer.takeRecords = () => {
        gate.flush();
        const records = taken();
        if (records.length > 0) tell(records, isCostly(records));
        return [];
      };
      observer.observe = (node, options) => {
        isOfDocument ||= node === document;
        if (node === document) onHeard((changes) => run(changes, observer));
        prototype.observe.call(observer, node, options);
      };
      return observer;
    },
  });
  Object.defineProperty(prototype, 'constructor', { ...native, value });
  return () => void Object.defineProperty(prototype, 'constructor', native);
}
