import { afterTask } from '../shared/after-task.ts';
import { createId } from '../shared/ids.ts';
import type { ToRecorder } from './recorder-messages.ts';

/** What HTML lets attach a shadow root. */
const CAN_HOST = /^(?:[a-z][^-]*-.*|article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;
/** To look through a large page takes some tens of ms; in between the page can answer. */
const TURN_MS = 8;
/** Elements between two looks at the clock. */
const BETWEEN_LOOKS = 200;

export interface LendingDeps {
  /** The recorder's own. */
  readonly document: Document;
  readonly shadowRootOf: (element: Element) => ShadowRoot | null;
  readonly tell: (message: ToRecorder) => void;
  readonly signal: AbortSignal;
}

/**
 * Shows the recorder the closed shadow roots that were there before it. Only the isolated world can look into them, and
 * objects don't cross worlds, but nodes change places: a comment of the recorder's is put into each root for a moment.
 * They are looked for in `places`, the document and frames of the same origin, turn by turn; what takes no longer than one
 * turn is done when this returns. `isLate`: there are some, and they are shown after that.
 */
export function lendClosedRoots(
  places: readonly Document[],
  deps: LendingDeps,
  onDone: (isLate: boolean) => void,
): void {
  const search = searchIn(places, deps.shadowRootOf);
  const roots: ShadowRoot[] = [];
  let isLate = false;
  const turn = () => {
    if (deps.signal.aborted) return;
    const until = performance.now() + TURN_MS;
    for (let next = search.next(); next.done !== true; next = search.next()) {
      if (next.value !== null) roots.push(next.value);
      else if (performance.now() > until) {
        isLate = true;
        return afterTask(turn);
      }
    }
    lend(roots, deps);
    onDone(isLate && roots.length > 0);
  };
  turn();
}

function lend(roots: readonly ShadowRoot[], { document, tell }: LendingDeps): void {
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

/** Null now and then, for whoever has to look at the clock. */
function* searchIn(
  places: readonly ParentNode[],
  shadowRootOf: LendingDeps['shadowRootOf'],
): Generator<ShadowRoot | null> {
  let count = 0;
  for (const place of places) {
    for (const element of place.querySelectorAll('*')) {
      count += 1;
      if (count % BETWEEN_LOOKS === 0) yield null;
      if (!CAN_HOST.test(element.localName) || element.hasAttribute('data-alongside-layer')) continue;
      const root = shadowRootOf(element);
      if (root === null) continue;
      if (root.mode === 'closed') yield root;
      yield* searchIn([root], shadowRootOf);
    }
  }
}

const isNode = (target: EventTarget | undefined): target is Node => target !== undefined && 'nodeType' in target;
