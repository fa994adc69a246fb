import type { Layer, PageState } from '../protocol/cobrowse-messages.ts';
import type { Box, FromPlayer, Hit, NodePlace, ToPlayer } from '../protocol/player-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { boxOf, contentOrigin, deepElementFromPoint, fractionIn } from './mirror-geometry.ts';
import { createMirrorFocus } from './mirror-focus.ts';
import { createMirrorFocusMarks } from './mirror-focus-marks.ts';
import { createMirrorHover } from './mirror-hover.ts';
import { createMirrorLayers, type MirrorLayers } from './mirror-layers.ts';
import { isElement } from './mirror-nodes.ts';
import { createMirrorOverlay } from './mirror-overlay.ts';
import { optionsOf, pickerLines, targetKind, valueInputOf } from './mirror-pickers.ts';
import { filesIn, standIn } from './mirror-stand-ins.ts';
import type { TabMirror } from './tab-mirror.ts';

/** What is drawn over the shown mirror, and what is asked of it: cursor, focus, layers, hits. */
export interface PlayerView {
  show(mirror: TabMirror | null): void;
  changed(tabId: number, mirror: TabMirror): void;
  page(mirror: TabMirror, frameId: number, epoch: number, state: PageState): void;
  layers(mirror: TabMirror, frameId: number, epoch: number, open: readonly Layer[]): void;
  cursor(mirror: TabMirror, at: FrameCursor): void;
  interaction(mirror: TabMirror, node: Node, kind: number): void;
  receive(
    message: Exclude<ToPlayer, { type: 'stream' | 'asset' | 'show' | 'ink' }>,
    find: (place: NodePlace) => Node | null,
  ): void;
}

interface FrameCursor {
  readonly frameId: number;
  readonly x: number;
  readonly y: number;
  readonly pressed: boolean;
}

interface PlayerViewPorts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  post(message: FromPlayer): void;
}

/** Style sheets, animations and pictures move things without an event. */
const LOOK_AGAIN_MS = 300;
/** rrweb's MouseInteractions.Click. */
const CLICK = 2;

export function createPlayerView(root: HTMLElement, { clock, signal, post }: PlayerViewPorts): PlayerView {
  const overlay = createMirrorOverlay(root);
  const hover = createMirrorHover();
  const layers = new Map<TabMirror, MirrorLayers>();
  const focus = createMirrorFocus();
  const marks = createMirrorFocusMarks();
  let shown: TabMirror | null = null;
  let barredText = '';
  let fileText = '';
  let pointer: { x: number; y: number; pressed: boolean } | null = null;
  let highlighted: Node | null = null;
  let frameRequest = 0;

  const barred = () => (shown === null ? [] : (layers.get(shown)?.barred() ?? []));
  const draw = () => {
    frameRequest = 0;
    const focused = focus.nodeIn(shown);
    overlay.focus(focused?.isConnected ? boxOf(focused) : null);
    marks.show(focused, focus.isVisible(shown));
    overlay.highlight(highlighted?.isConnected ? boxOf(highlighted) : null);
    overlay.cursor(pointer);
    if (shown !== null) standIn(barred(), barredText, shown.nodes);
    const open = shown === null ? [] : (layers.get(shown)?.pickers() ?? []);
    overlay.pickers(
      open.flatMap(({ node, picker }) => {
        const box = boxOf(node);
        return box === null ? [] : [{ box, kind: picker, lines: pickerLines(node, picker) }];
      }),
    );
  };
  const redraw = () => {
    if (frameRequest === 0) frameRequest = requestAnimationFrame(draw);
  };
  const lookAgain = () => {
    if (shown !== null) standIn(filesIn(shown.iframe.contentDocument), fileText, shown.nodes);
    redraw();
  };
  clock.every(LOOK_AGAIN_MS, lookAgain, signal);

  let toldPickers = '';
  let toldBarred = 0;
  const tellLayers = () => {
    const { length } = barred();
    if (length !== toldBarred) post({ type: 'barred', frames: length });
    toldBarred = length;
    const open = shown === null ? [] : (layers.get(shown)?.pickers() ?? []);
    const kinds = open.slice(0, 20).map(({ picker }) => picker);
    if (kinds.join() === toldPickers) return;
    toldPickers = kinds.join();
    post({ type: 'pickers', kinds });
  };

  const elementAt = (x: number, y: number): Element | null => {
    const inner = shown?.iframe.contentDocument;
    return inner ? deepElementFromPoint(inner, x, y) : null;
  };

  const hitAt = (x: number, y: number): Hit | null => {
    // A text or what the mirror itself has added belongs to the nearest element of the stream.
    for (let at = elementAt(x, y); at !== null; at = at.parentElement) {
      const hit = hitOn(at, (box) => fractionIn(box, x, y));
      if (hit !== null) return hit;
    }
    return null;
  };
  const hitOn = (element: Element, fraction: (box: Box) => { fx: number; fy: number }): Hit | null => {
    const tabId = shown === null ? undefined : tabOf.get(shown);
    const origin = shown?.originOf(element) ?? null;
    const box = boxOf(element);
    if (shown === null || origin === null || box === null || tabId === undefined) return null;
    const kind = targetKind(element, shown.nodes);
    const input = valueInputOf(element);
    const field = kind === 'select' ? element.closest('select') : null;
    return {
      place: { tabId, ...origin },
      ...fraction(box),
      box,
      target: kind,
      ...(input !== null && { input }),
      ...(field !== null && { options: optionsOf(field, (node) => shown?.originOf(node)?.nodeId ?? null) }),
    };
  };
  const middleOf = (node: Node | null): Hit | null =>
    node !== null && isElement(node) ? hitOn(node, () => ({ fx: 0.5, fy: 0.5 })) : null;
  const moveCursor = (mirror: TabMirror, { frameId, x, y, pressed }: FrameCursor) => {
    const frame = mirror.frameElement(frameId);
    const offset = frame === null ? { x: 0, y: 0 } : contentOrigin(frame);
    const wasPressed = pointer?.pressed ?? false;
    pointer = { x: x + offset.x, y: y + offset.y, pressed };
    if (pressed && !wasPressed) overlay.ripple(pointer.x, pointer.y);
    hover.at(elementAt(pointer.x, pointer.y));
    redraw();
  };
  const tabOf = new Map<TabMirror, number>();

  return {
    show(mirror) {
      shown = mirror;
      pointer = null;
      highlighted = null;
      hover.at(null);
      tellLayers();
      redraw();
    },
    changed(tabId, mirror) {
      tabOf.set(mirror, tabId);
      layers.get(mirror)?.again();
      const at = clock.now();
      redraw();
      // Two frames: the first runs before the change is painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          post({ type: 'shown', tabId, nodeCount: mirror.nodeCount, tookMs: Math.max(0, clock.now() - at) }),
        ),
      );
    },
    page(mirror, frameId, epoch, state) {
      if (frameId === 0) {
        mirror.iframe.setAttribute('width', String(state.width));
        mirror.iframe.setAttribute('height', String(state.height));
        // The mirror has no scroll bars of its own: the page gets as much room as it has at the customer's.
        mirror.iframe.style.boxSizing = 'border-box';
        mirror.iframe.style.borderRight = `${state.gutter ?? 0}px solid transparent`;
        // What an iframe's element is asked for, pages in it are (CSS Color Adjustment §2.2), whatever the expert prefers.
        root.style.colorScheme = state.dark === true ? 'dark' : 'light';
      }
      if (state.focusId !== null || frameId === 0) {
        const isVisible = state.focusVisible === true;
        focus.tell(mirror, state.focusId === null ? null : { frameId, epoch, nodeId: state.focusId, isVisible });
      }
      redraw();
    },
    layers(mirror, frameId, epoch, open) {
      const own = layers.get(mirror) ?? createMirrorLayers((...place) => mirror.nodeOf(...place));
      layers.set(mirror, own);
      own.show(frameId, epoch, open);
      tellLayers();
      redraw();
    },
    cursor: moveCursor,
    interaction(mirror, node, kind) {
      const box = mirror === shown && kind === CLICK ? boxOf(node) : null;
      if (box !== null) overlay.ripple(pointer?.x ?? box.x + box.width / 2, pointer?.y ?? box.y + box.height / 2);
    },
    receive(message, find) {
      switch (message.type) {
        case 'scale':
          root.style.setProperty('--scale', String(message.scale));
          return;
        case 'words':
          overlay.name(message.customer);
          barredText = message.barred;
          fileText = message.file;
          return redraw();
        case 'cursor':
          return shown === null ? undefined : moveCursor(shown, message);
        case 'hit':
          post({ type: 'hit', requestId: message.requestId, hit: hitAt(message.x, message.y) });
          return;
        case 'focused':
          focus.ask(shown, message.nodeId, (node) =>
            post({ type: 'hit', requestId: message.requestId, hit: middleOf(node) }),
          );
          return;
        case 'locate': {
          const node = find(message.place);
          post({ type: 'located', requestId: message.requestId, box: node === null ? null : boxOf(node) });
          return;
        }
        case 'highlight':
          highlighted = message.place === null ? null : find(message.place);
          return redraw();
      }
    },
  };
}
