import { MAX_OPEN_LAYERS } from '../protocol/cobrowse-limits.ts';
import type { Layer } from '../protocol/cobrowse-messages.ts';
import type { ShownNodes } from './shown-nodes.ts';

export interface PageLayersDeps {
  readonly document: Document;
  readonly shown: Pick<ShownNodes, 'idOf' | 'toggleIdOf'>;
  /** Popovers on show in shadow roots and in frames, by ids that hold for one epoch. */
  readonly inner: { ids(): readonly number[]; find(id: number): Node | null; epoch(): number };
  readonly emit: (open: readonly Layer[]) => void;
  readonly signal: AbortSignal;
}

const OPEN = ':popover-open, dialog[open], :target, [type=checkbox]:indeterminate';
type Picker = NonNullable<Layer['picker']>;
/** What opens and closes by itself has an event; to look through a large page for it takes many ms. */
const LOOK_EVERY_MS = 100;
/** The page shows its change first. */
const AFTER_FRAME_MS = 20;
/** Of the time, at most. */
const LOOKING = 0.02;

export interface PageLayers {
  look(): void;
  /** The other side has to be told anew. */
  again(): void;
  /** All frames that can't be entered. */
  setBarred(frames: readonly Element[]): void;
}

/** Popovers, dialogs, the fullscreen element and the browser's own pickers: what is open above the page, and what has a mark. */
export function watchPageLayers(deps: PageLayersDeps): PageLayers {
  const { document, inner, emit, signal } = deps;
  let told = '';
  let picker: Known['picker'] = null;
  let barred: readonly Element[] = [];

  let lookAgainAt = Number.NEGATIVE_INFINITY;
  let isPlanned = false;

  const look = () => {
    isPlanned = false;
    if (signal.aborted) return;
    const startedAt = performance.now();
    const open = readLayers(deps, { innerIds: innerPopovers(), picker, barred });
    const now = performance.now();
    lookAgainAt = now + Math.max(LOOK_EVERY_MS, (now - startedAt) / LOOKING);
    // Ids hold for an epoch: after a snapshot the same has to be said again.
    const json = JSON.stringify([inner.epoch(), open]);
    if (json === told) return;
    told = json;
    emit(open);
  };
  const options = { capture: true, passive: true, signal };
  // The same listener again is none.
  const innerPopovers = watchInner(inner, (popover) => popover.addEventListener('toggle', look, options));
  // `toggle` reaches a capturing listener on the document for popovers and dialogs, in both browsers (cobrowse.md §1.6).
  for (const type of ['toggle', 'fullscreenchange', 'close']) document.addEventListener(type, look, options);
  document.addEventListener(
    'click',
    ({ target, isTrusted }) => {
      const kind = isTrusted && target instanceof Element ? pickerOf(target) : null;
      picker = kind === null || !(target instanceof Element) ? null : { element: target, kind };
      look();
      // What the page makes of it.
      lookSoon();
    },
    options,
  );
  document.defaultView?.addEventListener('hashchange', look, options);
  for (const type of ['change', 'focusout', 'keydown']) {
    document.addEventListener(
      type,
      () => {
        picker = null;
        look();
        if (type === 'change') lookSoon();
      },
      options,
    );
  }
  const lookSoon = () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(look, Math.max(AFTER_FRAME_MS, lookAgainAt - performance.now()));
  };
  return {
    look: lookSoon,
    again() {
      told = '';
      look();
    },
    setBarred(frames) {
      barred = frames;
      lookSoon();
    },
  };
}

/** The ids of those that are open; each popover is told to `onNew`, in every epoch. */
function watchInner(inner: PageLayersDeps['inner'], onNew: (popover: Element) => void): () => number[] {
  const known = new Map<number, Element>();
  let epoch = 0;
  const learn = (id: number) => {
    const node = inner.find(id);
    if (node?.nodeType !== Node.ELEMENT_NODE) return;
    const popover = node as Element; // by its nodeType
    known.set(id, popover);
    onNew(popover);
  };
  return () => {
    if (inner.epoch() !== epoch) known.clear();
    epoch = inner.epoch();
    return inner.ids().filter((id) => {
      if (!known.has(id)) learn(id);
      return known.get(id)?.matches(':popover-open');
    });
  };
}

/** What can't be found by a look at the document. */
interface Known {
  readonly innerIds: readonly number[];
  readonly picker: { readonly element: Element; readonly kind: Picker } | null;
  readonly barred: readonly Element[];
}

function readLayers({ document, shown }: PageLayersDeps, { innerIds, picker, barred }: Known): Layer[] {
  const layers: Layer[] = [];
  const add = (element: Element, kind: Layer['kind'], rest?: Pick<Layer, 'picker'>) => {
    const nodeId = kind === 'mixed' ? shown.toggleIdOf(element) : shown.idOf(element);
    if (nodeId !== null && layers.length < MAX_OPEN_LAYERS) layers.push({ nodeId, kind, ...rest });
  };
  for (const element of document.querySelectorAll(OPEN)) {
    if (element.hasAttribute('data-alongside-layer')) continue;
    if (element.matches(':target')) add(element, 'target');
    if (element.matches('input:indeterminate')) add(element, 'mixed');
    else if (element.matches(':popover-open')) add(element, 'popover');
    else if (element.matches('dialog[open]')) add(element, element.matches(':modal') ? 'modal' : 'dialog');
  }
  for (const nodeId of innerIds.slice(0, MAX_OPEN_LAYERS - layers.length)) layers.push({ nodeId, kind: 'popover' });
  const { fullscreenElement } = document;
  if (fullscreenElement !== null) add(fullscreenElement, 'fullscreen');
  if (picker?.element.isConnected) add(picker.element, 'native', { picker: picker.kind });
  for (const frame of barred) add(frame, 'barred');
  return layers;
}

/** Which of the browser's own pickers a press on this element opens; none of them can be mirrored. */
function pickerOf(element: Element): Picker | null {
  if (element.localName === 'select') return 'select';
  if (element.localName !== 'input') return null;
  const type = element.getAttribute('type')?.toLowerCase() ?? '';
  if (type === 'file') return 'file';
  if (type === 'color') return 'colour';
  if (/^(?:date|time|month|week|datetime-local)$/.test(type)) return 'date';
  return element.hasAttribute('list') ? 'datalist' : null;
}
