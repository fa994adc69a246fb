/** Rules for ink that is tied to an element of a page. Rectangles are CSS pixels of the viewport; no DOM in here. */
import { type Affine, type Box, compose, scaling, translation, type XY } from './affine.ts';

/** Smaller elements (an icon, a word) move by themselves too often to carry a drawing. */
const MIN_ANCHOR = { width: 40, height: 20 };
/** So much of the drawing has to lie in its anchor. */
const MIN_OVERLAP = 0.8;
/** Ink grows and shrinks with its anchor, but not into something else. */
const MIN_SCALE = 0.5;
const MAX_SCALE = 2;

/**
 * Which of `chain` (the element under the first point, then its ancestors) carries the drawing: the first that is large
 * enough and holds most of its bounding box. -1: none does, use document coordinates.
 */
export function pickAnchor(chain: readonly Box[], drawing: Box): number {
  return chain.findIndex(
    (box) =>
      box.width >= MIN_ANCHOR.width && box.height >= MIN_ANCHOR.height && shareInside(drawing, box) >= MIN_OVERLAP,
  );
}

/** What is framed fills so much of its frame, and sticks out by no more than the rest. */
const MIN_FILLED = 0.4;
const MIN_FRAMED = 0.9;

/**
 * Which of `chain` (the element under the middle of a frame, then its ancestors) is framed: the largest that lies in it and
 * fills it well. -1: none.
 */
export const pickFramed = (chain: readonly Box[], frame: Box): number =>
  chain.findLastIndex((box) => shareInside(box, frame) >= MIN_FRAMED && shareInside(frame, box) >= MIN_FILLED);

/** The share of `inner`'s area that lies in `outer`; a line or point counts by its length or place. */
export function shareInside(inner: Box, outer: Box): number {
  return (
    shareOfSide(inner.x, inner.width, outer.x, outer.width) * shareOfSide(inner.y, inner.height, outer.y, outer.height)
  );
}

function shareOfSide(start: number, length: number, from: number, size: number): number {
  if (length <= 0) return start >= from && start <= from + size ? 1 : 0;
  return Math.max(0, Math.min(start + length, from + size) - Math.max(start, from)) / length;
}

/** A drawing made while its anchor was at `drawn`, now that the anchor is at `now`. */
export function follow(drawn: Box, now: Box): Affine {
  return compose(
    translation(-drawn.x, -drawn.y),
    scaling(clampScale(now.width / drawn.width), clampScale(now.height / drawn.height)),
    translation(now.x, now.y),
  );
}

/** An anchor without a size has nothing to scale by. */
const clampScale = (scale: number): number =>
  Number.isFinite(scale) ? Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale)) : 1;

export function boundsOf(points: readonly XY[]): Box {
  if (points.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** What is remembered of an anchor, to find it again when a framework has replaced the element. */
export interface AnchorTraits {
  readonly tag: string;
  /** `data-testid`, `id` or `name`; empty when it has none. */
  readonly id: string;
  /** A hash of its text, never the text. */
  readonly textHash: number;
  /** Place among siblings, from the element up to the root. */
  readonly path: readonly number[];
}

/** How surely `candidate` is the same thing; below 3 it is not. Another tag never is. */
export function likeness(remembered: AnchorTraits, candidate: AnchorTraits): number {
  if (remembered.tag !== candidate.tag) return 0;
  let score = 0;
  if (remembered.id !== '') score += remembered.id === candidate.id ? 4 : -4;
  if (remembered.textHash === candidate.textHash) score += 2;
  if (samePath(remembered.path, candidate.path)) score += 2;
  else if (remembered.path.length === candidate.path.length) score += 1;
  return score;
}

export const LIKE_ENOUGH = 3;

const samePath = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);
