import { eachDocument } from './reachable-documents.ts';
import { proxyGetter } from './recorder-view.ts';

/**
 * Closed shadow roots, in the page's own world. `element.shadowRoot` does not tell of them; rrweb keeps the getter that it
 * finds when it first looks, if it is the browser's own, and for that moment it is one that knows them.
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

export function createClosedRoots(document: Document, onLearnt: (root: ShadowRoot) => void): ClosedRoots {
  const roots = new WeakMap<object, ShadowRoot>();
  const learn = (root: ShadowRoot) => {
    if (root.mode !== 'closed' || roots.has(root.host)) return;
    roots.set(root.host, root);
    onLearnt(root);
  };

  return {
    learn,
    isHost: (element) => element.shadowRoot !== null || roots.has(element),
    while(run) {
      const stop = proxyGetter(
        Element.prototype,
        'shadowRoot',
        (native, host) => native(host) ?? roots.get(host) ?? null,
      );
      try {
        return run();
      } finally {
        stop();
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
