import type { Size } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { InkTie } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createInkPainter, createPainterHost } from './ink-painter.ts';
import { createPageInk } from './page-ink.ts';
import { createStatusBar, type PageStatus, type StatusButton } from './status-bar.ts';
import { createLayer } from './top-layer.ts';

export interface OverlayDeps {
  readonly document: Document;
  readonly clock: Clock;
  /** A person pressed a button of the status bar. Presses that a script made up never get here. */
  readonly onPress: (button: StatusButton) => void;
  /** The stroke is on screen in the page. */
  readonly onPainted: (stroke: ShownStroke) => void;
  readonly nameOf: (author: string) => string | undefined;
  /** Pixels of the picture in which the other side sees this window; null where it sees the window itself, as without this. */
  readonly pictureSize?: (() => Size | null) | undefined;
  /** The element of this page that an author has tied a stroke to. */
  readonly find?: ((tie: InkTie) => Element | null) | undefined;
}

export interface Overlay {
  /** All ink on this page, in the order of painting. With none, nothing of the ink layer is left in the page. */
  showInk(strokes: readonly ShownStroke[]): void;
  /** Border and pill; null takes them away. */
  showStatus(status: PageStatus | null): void;
  /** Takes everything out of the page, at once and without a trace. */
  stop(): void;
}

/** Ink and status over somebody else's page. Costs nothing while neither is shown. */
export function createOverlay(deps: OverlayDeps): Overlay {
  const statusBar = createStatusBar(deps.document, deps.onPress);
  let ink: InkLayer | null = null;
  return {
    showInk(strokes) {
      if (strokes.length === 0) {
        ink?.stop();
        ink = null;
        return;
      }
      ink ??= createInkLayer(deps);
      ink.show(strokes);
      // Ink that was put over the page must not lie over the buttons.
      statusBar.raise();
    },
    showStatus: (status) => statusBar.show(status),
    stop() {
      ink?.stop();
      ink = null;
      statusBar.show(null);
    },
  };
}

interface InkLayer {
  show(strokes: readonly ShownStroke[]): void;
  stop(): void;
}

function createInkLayer({ document, clock, nameOf, pictureSize, find, onPainted }: OverlayDeps): InkLayer {
  const view = document.defaultView ?? window;
  const over = new AbortController();
  const { signal } = over;
  const layer = createLayer({ document, css: INK_CSS, pointer: 'through', signal });
  const canvas = document.createElement('canvas');
  layer.root.append(canvas);

  const reported = new Set<string>();
  const report = (strokes: readonly ShownStroke[]) => {
    for (const stroke of strokes) {
      if (stroke.live || reported.has(stroke.key)) continue;
      reported.add(stroke.key);
      onPainted(stroke);
    }
  };
  const page = createPageInk({ document, clock, nameOf, pictureSize, find, onMove: () => painter.invalidate() });
  const painter = createInkPainter(canvas, createPainterHost(view, clock), () => {
    const places = page.places();
    report(places.map(({ stroke }) => stroke));
    return places;
  });

  const move = () => painter.invalidate();
  const anyTime = { capture: true, passive: true, signal } as const;
  document.addEventListener('scroll', move, anyTime);
  view.addEventListener('resize', move, anyTime);
  view.visualViewport?.addEventListener('scroll', move, anyTime);
  view.visualViewport?.addEventListener('resize', move, anyTime);
  for (const type of ['transitionend', 'animationend', 'load', 'toggle'])
    document.addEventListener(type, move, anyTime);
  const changes = new MutationObserver(move);
  changes.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['class', 'style', 'hidden', 'open'],
  });

  return {
    show(strokes) {
      page.show(strokes);
      painter.invalidate();
    },
    stop() {
      over.abort();
      changes.disconnect();
      painter.dispose();
      page.dispose();
    },
  };
}

const INK_CSS = 'canvas{position:absolute;inset:0;width:100%;height:100%;display:block;pointer-events:none}';
