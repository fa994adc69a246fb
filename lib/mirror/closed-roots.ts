import { eachDocument } from './reachable-documents.ts';

/**
 * Closed shadow roots, in the page's own world. `element.shadowRoot` does not tell of them; rrweb looks through a getter
 * that it takes from a fresh frame and keeps (so that pages can't mislead it), and that getter is given the knowledge.
 */
export interface ClosedRoots {
  /** Does nothing for open ones. */
  learn(root: ShadowRoot): void;
  /** Whether this element has a root, open or one that is known. */
  isHost(element: Element): boolean;
  /** Runs what makes rrweb look for the first time. Nothing of the page runs meanwhile. */
  while<T>(run: () => T): T;
  /** From now on closed roots are learnt as they are made, in frames of the same origin too; returns what ends it. */
  watch(): () => void;
}

type Getter = (this: unknown) => unknown;

const getterOf = (prototype: object, name: string): Getter | undefined =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get;

export function createClosedRoots(document: Document, onLearnt: (root: ShadowRoot) => void): ClosedRoots {
  const roots = new WeakMap<object, ShadowRoot>();
  const learn = (root: ShadowRoot) => {
    if (root.mode !== 'closed' || roots.has(root.host)) return;
    roots.set(root.host, root);
    onLearnt(root);
  };

  const teach = (prototype: object) => {
    const native = getterOf(prototype, 'shadowRoot');
    if (native === undefined) return;
    const get = function (this: object) {
      return native.call(this) ?? roots.get(this) ?? null;
    };
    Object.defineProperty(prototype, 'shadowRoot', { configurable: true, enumerable: true, get });
  };

  return {
    learn,
    isHost: (element) => element.shadowRoot !== null || roots.has(element),
    while(run) {
      const before = Object.getOwnPropertyDescriptor(document, 'createElement');
      const create = document.createElement.bind(document) as (
        name: string,
        options?: ElementCreationOptions,
      ) => Element;
      const value = (name: string, options?: ElementCreationOptions) => {
        const element = create(name, options);
        if (element instanceof HTMLIFrameElement) {
          const inner = getterOf(HTMLIFrameElement.prototype, 'contentWindow');
          const get = () => {
            const view = inner?.call(element) as (Window & typeof globalThis) | null | undefined;
            if (view) teach(view.Element.prototype);
            return view;
          };
          Object.defineProperty(element, 'contentWindow', { configurable: true, get });
        }
        return element;
      };
      Object.defineProperty(document, 'createElement', { configurable: true, writable: true, value });
      try {
        return run();
      } finally {
        Reflect.deleteProperty(document, 'createElement');
        if (before !== undefined) Object.defineProperty(document, 'createElement', before);
      }
    },
    watch() {
      const over = new AbortController();
      eachDocument(
        document,
        ({ defaultView: view }) => {
          if (view === null) return;
          const restore = learnFrom(view.Element.prototype, learn);
          over.signal.addEventListener('abort', restore, { once: true });
        },
        over.signal,
      );
      return () => over.abort();
    },
  };
}

/** Tells `learn` of each root that is made by this realm's elements; returns what ends it. */
function learnFrom(prototype: Element, learn: (root: ShadowRoot) => void): () => void {
  const native: typeof prototype.attachShadow = Reflect.get(prototype, 'attachShadow');
  const attachShadow = function (this: Element, init: ShadowRootInit) {
    const root = native.call(this, init);
    learn(root);
    return root;
  };
  prototype.attachShadow = attachShadow;
  return () => {
    if (Reflect.get(prototype, 'attachShadow') === attachShadow) prototype.attachShadow = native;
  };
}
