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
import { ancestorsOf, anchorIn, boxOf, clipOf, elementChain, framedBy, traitsOf } from './page-anchor.ts';

/** What is drawn round something belongs to it, wherever the pen was put down. */
const FRAMES: ReadonlySet<Tool> = new Set(['rectangle', 'ellipse']);

/** A stroke tied to the page. */
export interface Tie {
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

export interface Anchor {
  element: Element;
  readonly traits: ReturnType<typeof traitsOf>;
  readonly drawn: Box;
  /** How far the drawing stood out of its scroll containers when it was made: so far it may still. */
  readonly overhang: { readonly x: number; readonly y: number };
  watching: AbortController;
  awaySince: number | null;
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

export interface TieOptions {
  readonly picture: Size | null;
  /** Null: as the page's own view says. */
  readonly window: Size | null;
  /** What the author says that it is tied to. */
  readonly named: Element | null;
  readonly chain?: readonly Element[];
}

/** Ties a stroke to what its author named, or to what is under it now. */
export function tieTo(document: Document, stroke: ShownStroke, options: TieOptions): Tie {
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
export function toWindows(box: Box, { space, drawnBy }: Pick<Tie, 'space' | 'drawnBy'>): InkTie['box'] | null {
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

/** What is left of an anchor's drawing by the scroll containers around it; undefined when none of them cuts. */
export function clipWith({ element, overhang }: Anchor): Box | undefined {
  const clip = clipOf(element);
  if (clip === null) return undefined;
  return {
    x: clip.x - overhang.x,
    y: clip.y - overhang.y,
    width: clip.width + overhang.x * 2,
    height: clip.height + overhang.y * 2,
  };
}

/** Within a tenth of a pixel. */
export const isSameBox = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < 0.1 &&
  Math.abs(a.y - b.y) < 0.1 &&
  Math.abs(a.width - b.width) < 0.1 &&
  Math.abs(a.height - b.height) < 0.1;
