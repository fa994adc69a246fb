import type { RecorderEvent } from '../cobrowse/coalesce-events.ts';
import { noteCalls } from './note-calls.ts';
import { eachDocument } from './reachable-documents.ts';

const DEFINITION = 16;

/**
 * Tells which custom elements a page defines from now on, in frames of the same origin too: what is not defined yet is
 * often hidden (`:not(:defined)`). Elements that are told later say so themselves. Returns what ends it.
 */
export function watchDefinitions(
  document: Document,
  names: { getId(node: Node): number },
  tell: (event: RecorderEvent) => void,
): () => void {
  const over = new AbortController();
  eachDocument(
    document,
    (root) => {
      const registry = root.defaultView?.customElements;
      if (!registry) return;
      const note = (self: object, [name]: readonly unknown[]) => {
        const id = names.getId(root);
        if (self === registry && id > 0) {
          tell({ type: 3, data: { source: DEFINITION, id, name: String(name) }, timestamp: Date.now() });
        }
      };
      noteCalls(Object.getPrototypeOf(registry) as object, 'define', note, over.signal);
    },
    over.signal,
  );
  return () => over.abort();
}
