import { boundsOf, follow } from '../annotation/anchor.ts';
import {
  type Affine,
  apply,
  type Box,
  compose,
  invert,
  scaling,
  type Size,
  translation,
  type XY,
} from '../annotation/affine.ts';
import { inkInWindow, inkSpaceToPicture, toInkSpace } from '../annotation/ink-space.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import { MAX_TIE_WINDOWS } from '../protocol/ink-limits.ts';
import type { InkTie, Tool } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import type { InkPlace } from './ink-painter.ts';
import {
  ancestorsOf,
  anchorIn,
  boxOf,
  clipOf,
  elementChain,
  findAgain,
  framedBy,
  isHidden,
  traitsOf,
} from './page-anchor.ts';
import { observePosition } from './position-observer.ts';

/** What is drawn round something belongs to it, wherever the pen was put down. */
const FRAMES: ReadonlySet<Tool> = new Set(['rectangle', 'ellipse']);
/** An anchor that a framework is about to render anew may be away for so long before its ink goes. */
const AWAY_MS = 1_000;

/** A stroke tied to the page. */
interface Tie {
  readonly space: Size;
  /** From ink space to the window, CSS pixels, when it was drawn. */
  readonly drawnBy: Affine;
  readonly chain: readonly Element[];
  /** Null: tied to the document. */
  readonly anchor: Anchor | null;
  readonly scroll: XY;
  /** The author's own word, which it follows; null where the place alone decided. */
  readonly word: InkTie | null;
}

interface Anchor {
  element: Element;
  readonly traits: ReturnType<typeof traitsOf>;
  readonly drawn: Box;
  /** How far the drawing stood out of its scroll containers when it was made: so far it may still. */
  readonly overhang: { readonly x: number; readonly y: number };
  watching: AbortController;
  awaySince: number | null;
}

export interface PageInk {
  /** All strokes on this page now, in the order of painting. */
  show(strokes: readonly ShownStroke[]): void;
  /** Where they are at this moment. The same array while nothing has moved. */
  places(): readonly InkPlace[];
  dispose(): void;
}

export interface PageInkDeps {
  readonly document: Document;
  readonly clock: Clock;
  /** Something may have moved. */
  readonly onMove: () => void;
  readonly nameOf: (author: string) => string | undefined;
  /** Pixels of the picture in which the other side sees this window; null where it sees the window itself, as without this. */
  readonly pictureSize?: (() => Size | null) | undefined;
  /** CSS px of the window, for a page that is shown in another one. */
  readonly windowSize?: (() => Size) | undefined;
  /** The element that an author has tied a stroke to; null when it is not (yet, or any more) in this page. */
  readonly find?: ((tie: InkTie) => Element | null) | undefined;
  /** A stroke was tied to an element by its place; `box` is where that is, as in `InkTie`. */
  readonly onTied?: ((stroke: ShownStroke, element: Element, box: InkTie['box']) => void) | undefined;
}

/** Ties strokes to the elements under them and tells where they are, however the page scrolls, resizes or renders anew. */
export function createPageInk(deps: PageInkDeps): PageInk {
  const { document, clock, onMove, nameOf, pictureSize, windowSize, find, onTied } = deps;
  const ties = new Map<string, { tie: Tie; settled: boolean }>();
  let strokes: readonly ShownStroke[] = [];
  let last: readonly InkPlace[] = [];

  const watch = (anchor: Anchor) => {
    anchor.watching.abort();
    anchor.watching = new AbortController();
    observePosition(anchor.element, onMove, anchor.watching.signal);
  };
  const tieAnew = (stroke: ShownStroke, chain?: readonly Element[]): Tie => {
    const isAnew = chain !== undefined;
    const named = isAnew || stroke.tie === undefined ? null : (find?.(stroke.tie) ?? null);
    const sizes = { picture: pictureSize?.() ?? null, window: windowSize?.() ?? null };
    const tie = tieTo(document, stroke, { ...sizes, named, ...(chain && { chain }) });
    const { anchor } = tie;
    if (anchor === null) return tie;
    watch(anchor);
    // What was said once counts, unless its author's own hand has made more of it.
    const isNews = tie.word === null && (isAnew || stroke.tie === undefined);
    const box = isNews ? toWindows(anchor.drawn, tie) : null;
    if (box !== null) onTied?.(stroke, anchor.element, box);
    return tie;
  };
  const untie = ({ anchor }: Tie) => anchor?.watching.abort();

  /** A finished stroke is tied by its whole extent; while it was drawn only its beginning was known. */
  const settle = (known: { tie: Tie; settled: boolean }, stroke: ShownStroke) => {
    known.settled = true;
    if (known.tie.word !== null && onTied === undefined) return;
    const { anchor } = known.tie;
    const hasMoved = anchor !== null && !isSameBox(boxOf(anchor.element), anchor.drawn);
    if (hasMoved) return;
    untie(known.tie);
    known.tie = tieAnew(stroke, known.tie.chain);
  };

  const locate = (stroke: ShownStroke): InkPlace | null => {
    const tie = ties.get(stroke.key)?.tie;
    if (tie === undefined) return null;
    const base = { stroke, space: tie.space, ...nameTag(stroke) };
    const { anchor } = tie;
    if (anchor === null) {
      const { scrollX, scrollY } = document.defaultView ?? { scrollX: 0, scrollY: 0 };
      return { ...base, matrix: compose(tie.drawnBy, translation(tie.scroll.x - scrollX, tie.scroll.y - scrollY)) };
    }
    if (!anchor.element.isConnected && !recover(anchor)) return null;
    if (isHidden(anchor.element)) return null;
    const matrix = compose(tie.drawnBy, follow(anchor.drawn, boxOf(anchor.element)));
    return { ...base, matrix, clip: clipWith(anchor) };
  };

  const recover = (anchor: Anchor): boolean => {
    const found = findAgain(document, anchor.traits);
    if (found !== null) {
      anchor.element = found;
      anchor.awaySince = null;
      watch(anchor);
      return true;
    }
    if (anchor.awaySince === null) {
      anchor.awaySince = clock.now();
      clock.after(AWAY_MS, onMove, anchor.watching.signal);
    }
    return false;
  };

  const nameTag = (stroke: ShownStroke): { name?: string } => {
    const newest = strokes.findLast(({ author }) => author === stroke.author);
    const name = newest?.key === stroke.key ? nameOf(stroke.author) : undefined;
    return name === undefined ? {} : { name };
  };

  return {
    show(next) {
      strokes = next;
      const keys = new Set(next.map(({ key }) => key));
      for (const [key, { tie }] of ties) {
        if (keys.has(key)) continue;
        untie(tie);
        ties.delete(key);
      }
      for (const stroke of next) {
        const known = ties.get(stroke.key);
        if (known === undefined) ties.set(stroke.key, { tie: tieAnew(stroke), settled: !stroke.live });
        else if (stroke.tie !== undefined && stroke.tie !== known.tie.word && find?.(stroke.tie)) {
          untie(known.tie);
          known.tie = tieAnew(stroke);
          known.settled = !stroke.live;
        } else if (!known.settled && !stroke.live) settle(known, stroke);
      }
    },
    places() {
      const next = strokes.map(locate).filter((place) => place !== null);
      if (next.length !== last.length || next.some((place, index) => !isSamePlace(place, last[index]))) last = next;
      return last;
    },
    dispose() {
      for (const { tie } of ties.values()) untie(tie);
      ties.clear();
      strokes = [];
    },
  };
}

/** Normalised coordinates are those of what the window shows: with a pinch zoom that is a part of the layout viewport. */
function windowMap(view: Window, picture: Size | null, window: Size | null): Pick<Tie, 'space'> & { matrix: Affine } {
  const zoom = view.visualViewport?.scale ?? 1;
  const { width, height } = window ?? { width: view.innerWidth, height: view.innerHeight };
  const size = { width: width / zoom, height: height / zoom };
  const offset = { x: view.visualViewport?.offsetLeft ?? 0, y: view.visualViewport?.offsetTop ?? 0 };
  const { space, matrix } = inkInWindow(size, picture ?? size);
  return { space, matrix: compose(matrix, translation(offset.x, offset.y)) };
}

interface TieOptions {
  readonly picture: Size | null;
  /** Null: as the page's own view says. */
  readonly window: Size | null;
  /** What the author says that it is tied to. */
  readonly named: Element | null;
  readonly chain?: readonly Element[];
}

function tieTo(document: Document, stroke: ShownStroke, options: TieOptions): Tie {
  const { picture, named, chain: known } = options;
  const { shape, surface, tie: word } = stroke;
  const view = document.defaultView ?? window;
  // Ink that comes from a mirror knows the window itself.
  const { space, matrix } = windowMap(view, surface.startsWith('screen:') ? picture : null, options.window);
  const points = toInkSpace(shape.points, space).map((point) => apply(matrix, point));
  const [first = { x: 0, y: 0 }] = points;
  const drawing = boundsOf(points);
  const base = { space, drawnBy: matrix, scroll: { x: view.scrollX, y: view.scrollY } };
  if (named !== null && word !== undefined) {
    const drawn = fromWindows(word.box, base);
    return {
      ...base,
      chain: ancestorsOf(named),
      word,
      anchor: createAnchor(named, drawn, moved(drawing, drawn, boxOf(named))),
    };
  }
  const chain = known ?? elementChain(document, first);
  const framed = !stroke.live && FRAMES.has(shape.tool) ? framedBy(document, drawing) : null;
  const element = framed ?? anchorIn(chain, drawing);
  const anchor = element === null ? null : createAnchor(element, boxOf(element), drawing);
  return { ...base, chain, word: null, anchor };
}

/** A box in the window, CSS pixels, in sizes of that window; null for one that is beyond all measure. */
function toWindows(box: Box, { space, drawnBy }: Pick<Tie, 'space' | 'drawnBy'>): InkTie['box'] | null {
  const back = invert(drawnBy);
  if (back === null) return null;
  const windows = mapBox(compose(back, inkSpaceToPicture(space)), box);
  return Object.values(windows).every((side) => Math.abs(side) <= MAX_TIE_WINDOWS) ? windows : null;
}

const fromWindows = (box: InkTie['box'], { space, drawnBy }: Pick<Tie, 'space' | 'drawnBy'>): Box =>
  mapBox(compose(scaling(space.width, space.height), drawnBy), box);

const moved = (drawing: Box, drawn: Box, now: Box): Box => mapBox(follow(drawn, now), drawing);

/** By a matrix that does not turn. */
function mapBox(matrix: Affine, { x, y, width, height }: Box): Box {
  const from = apply(matrix, { x, y });
  const to = apply(matrix, { x: x + width, y: y + height });
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

/** `drawn`: where it was for the drawing; `drawing`: where that is now. */
function createAnchor(element: Element, drawn: Box, drawing: Box): Anchor {
  const clip = clipOf(element);
  return {
    element,
    traits: traitsOf(element),
    drawn,
    overhang: clip === null ? { x: 0, y: 0 } : overhangOf(drawing, clip),
    watching: new AbortController(),
    awaySince: null,
  };
}

/** Ink has a width and a wobble, and a circle round the last row of a list reaches out of the list. CSS pixels. */
const EDGE_PX = 12;

const overhangOf = (drawing: Box, clip: Box): { x: number; y: number } => ({
  x: Math.max(0, clip.x - drawing.x, drawing.x + drawing.width - clip.x - clip.width) + EDGE_PX,
  y: Math.max(0, clip.y - drawing.y, drawing.y + drawing.height - clip.y - clip.height) + EDGE_PX,
});

function clipWith({ element, overhang }: Anchor): Box | undefined {
  const clip = clipOf(element);
  if (clip === null) return undefined;
  return {
    x: clip.x - overhang.x,
    y: clip.y - overhang.y,
    width: clip.width + overhang.x * 2,
    height: clip.height + overhang.y * 2,
  };
}

const isSameBox = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < 0.1 &&
  Math.abs(a.y - b.y) < 0.1 &&
  Math.abs(a.width - b.width) < 0.1 &&
  Math.abs(a.height - b.height) < 0.1;

function isSamePlace(a: InkPlace, b: InkPlace | undefined): boolean {
  if (b === undefined || a.stroke !== b.stroke || a.name !== b.name) return false;
  const isMoved = (['a', 'b', 'c', 'd', 'e', 'f'] as const).some((part) => a.matrix[part] !== b.matrix[part]);
  return !isMoved && (a.clip === b.clip || (a.clip !== undefined && b.clip !== undefined && isSameBox(a.clip, b.clip)));
}
