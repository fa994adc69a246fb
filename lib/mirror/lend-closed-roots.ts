import { createId } from '../shared/ids.ts';
import type { ToRecorder } from './recorder-messages.ts';

/** What HTML lets attach a shadow root. */
const CAN_HOST = /^(?:[a-z][^-]*-.*|article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/**
 * Shows the recorder the closed shadow roots that were there before it. Only the isolated world can look into them, and
 * objects don't cross worlds, but nodes change places: a comment of the recorder's is put into each root for a moment.
 * `document` is the recorder's own, `places` are where the roots are looked for: in it, and in frames of the same origin.
 */
export function lendClosedRoots(
  document: Document,
  places: readonly Document[],
  shadowRootOf: (element: Element) => ShadowRoot | null,
  tell: (message: ToRecorder) => void,
): void {
  const roots = places.flatMap((inner) => [...closedRootsIn(inner, shadowRootOf)]);
  if (roots.length === 0) return;
  const mark = createId();
  const carry = (event: Event) => {
    event.stopImmediatePropagation();
    const [carrier] = event.composedPath();
    if (!isNode(carrier)) return;
    for (const root of roots) {
      root.append(carrier);
      tell({ type: 'root' });
    }
  };
  document.addEventListener(mark, carry, { capture: true, once: true });
  tell({ type: 'carry', mark });
  document.removeEventListener(mark, carry, { capture: true });
}

function* closedRootsIn(
  scope: ParentNode,
  shadowRootOf: (element: Element) => ShadowRoot | null,
): Generator<ShadowRoot> {
  for (const element of scope.querySelectorAll('*')) {
    if (!CAN_HOST.test(element.localName) || element.hasAttribute('data-alongside-layer')) continue;
    const root = shadowRootOf(element);
    if (root === null) continue;
    if (root.mode === 'closed') yield root;
    yield* closedRootsIn(root, shadowRootOf);
  }
}

const isNode = (target: EventTarget | undefined): target is Node => target !== undefined && 'nodeType' in target;
