import type { SafeEvent } from '../cobrowse/mirror-events.ts';
import { isDocument, type MirrorNodes } from './mirror-nodes.ts';

/** No page defines as many; a stream that does is only out to fill memory. */
const MAX_DEFINED = 5_000;
const defined = new WeakMap<Document, number>();

/** Custom elements of a name that the page has defined are defined in the mirror, too: as elements that do nothing. */
export function defineElements({ type, data }: SafeEvent, nodes: Pick<MirrorNodes, 'getNode'>): void {
  if (type !== 3 || data.source !== 16) return;
  const document = nodes.getNode(data.id);
  const view = document !== null && isDocument(document) ? document.defaultView : null;
  if (view === null || view.customElements.get(data.name)) return;
  const count = (defined.get(view.document) ?? 0) + 1;
  if (count > MAX_DEFINED) return;
  defined.set(view.document, count);
  view.customElements.define(data.name, class extends view.HTMLElement {});
}
