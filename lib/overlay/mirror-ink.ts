import { compose, scaling } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { InkTie } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createInkPainter, createPainterHost, type InkPlace } from './ink-painter.ts';
import { createPageInk, type PageInk } from './page-ink.ts';

export interface MirrorInkDeps {
  /** Covers the mirrored page, in the size in which it is shown. */
  readonly canvas: HTMLCanvasElement;
  readonly clock: Clock;
  /** The mirrored page that is shown now. */
  readonly frame: () => HTMLIFrameElement | null;
  /** The mirrored element that an author has tied a stroke to. */
  readonly find: (tie: InkTie) => Element | null;
  /** A stroke was tied to a mirrored element; `box` as in `InkTie`. */
  readonly onTied: (stroke: ShownStroke, element: Element, box: InkTie['box']) => void;
  readonly signal: AbortSignal;
}

/** Strokes that are new or changed, and the keys of all there are, in painting order. */
export interface InkNews {
  readonly changed: readonly ShownStroke[];
  readonly keys: readonly string[];
  readonly names: Readonly<Record<string, string>>;
}

/** The ink of a shared page over its mirror: tied to the mirrored elements as it is to the real ones at the other side. */
export interface MirrorInk {
  show(news: InkNews): void;
  setScale(scale: number): void;
  /** Something of the page, or another page, is shown. */
  moved(): void;
}

export function createMirrorInk({ canvas, clock, frame, find, onTied, signal }: MirrorInkDeps): MirrorInk {
  const strokes = new Map<string, ShownStroke>();
  let names: Readonly<Record<string, string>> = {};
  let keys: readonly string[] = [];
  let scale = 1;
  let page: { readonly document: Document; readonly ink: PageInk } | null = null;
  let last: { readonly of: readonly InkPlace[]; readonly scale: number; readonly places: readonly InkPlace[] } | null =
    null;

  const pageNow = (): PageInk | null => {
    const document = frame()?.contentDocument ?? null;
    if (page?.document === document) return page?.ink ?? null;
    page?.ink.dispose();
    page = null;
    if (document === null) return null;
    const nameOf = (author: string) => (Object.hasOwn(names, author) ? names[author] : undefined);
    const onMove = () => painter.invalidate();
    page = { document, ink: createPageInk({ document, clock, onMove, nameOf, windowSize, find, onTied }) };
    page.ink.show(shown());
    return page.ink;
  };
  // With the room that a scroll bar takes at the customer's.
  const windowSize = () => ({ width: frame()?.offsetWidth ?? 0, height: frame()?.offsetHeight ?? 0 });
  const shown = () => keys.map((key) => strokes.get(key)).filter((stroke) => stroke !== undefined);

  const painter = createInkPainter(canvas, createPainterHost(window, clock), () => {
    const of = pageNow()?.places() ?? [];
    if (last === null || last.of !== of || last.scale !== scale) {
      last = { of, scale, places: of.map((place) => enlarge(place, scale)) };
    }
    return last.places;
  });
  signal.addEventListener('abort', () => {
    painter.dispose();
    page?.ink.dispose();
  });

  return {
    show(news) {
      ({ names, keys } = news);
      for (const stroke of news.changed) strokes.set(stroke.key, stroke);
      const kept = new Set(keys);
      for (const key of strokes.keys()) if (!kept.has(key)) strokes.delete(key);
      pageNow()?.show(shown());
      painter.invalidate();
    },
    setScale(next) {
      scale = next;
      painter.invalidate();
    },
    moved: () => painter.invalidate(),
  };
}

function enlarge(place: InkPlace, scale: number): InkPlace {
  const { matrix, clip } = place;
  return {
    ...place,
    matrix: compose(matrix, scaling(scale, scale)),
    ...(clip !== undefined && {
      clip: { x: clip.x * scale, y: clip.y * scale, width: clip.width * scale, height: clip.height * scale },
    }),
  };
}
