import { type Box, type Size, type XY } from './affine.ts';
import { boundsOf } from './anchor.ts';
import { toInkSpace } from './ink-space.ts';
import { penOutline } from './pen-path.ts';
import { roughEllipse, roughLine, roughPolyline, roughRectangle, type Wobble } from './rough-paths.ts';
import type { StrokeShape } from './shown-ink.ts';

/** A stroke ready to be painted, in ink space. */
export interface StrokePaths {
  /** SVG path data, '' for none. `fill` is an outline to be filled, `line` is to be stroked with the stroke's width. */
  readonly fill: string;
  readonly line: string;
  /** Painted upright whatever the view does: a mirrored picture has no mirrored words. */
  readonly label: InkLabel | null;
}

export interface InkLabel {
  readonly at: XY;
  readonly text: string;
  /** A number stands in a disc of its colour; words stand on their own, `at` is the start of their base line's middle. */
  readonly style: 'number' | 'words';
  /** Ink space. */
  readonly size: number;
}

const NOTHING: StrokePaths = { fill: '', line: '', label: null };

/** Geometry of a stroke on a picture with ink space `space`. Pure, and the same on both sides. */
export function strokePaths(shape: StrokeShape, space: Size): StrokePaths {
  const points = toInkSpace(shape.points, space);
  const [start] = points;
  const end = points.at(-1);
  if (start === undefined || end === undefined) return NOTHING;
  const wobble: Wobble = { seed: shape.seed, width: shape.width };
  switch (shape.tool) {
    case 'pen':
    case 'laser':
      return { ...NOTHING, fill: penOutline(points, shape.width) };
    case 'rectangle':
      return { ...NOTHING, line: roughRectangle(boundsOf([start, end]), wobble) };
    case 'ellipse':
      return { ...NOTHING, line: roughEllipse(boundsOf([start, end]), wobble) };
    case 'arrow':
      return { ...NOTHING, line: arrowLine(start, end, wobble) };
    case 'numbered-arrow':
      return {
        ...NOTHING,
        line: points.length < 2 ? '' : arrowLine(start, end, wobble),
        label: { at: start, text: String(shape.number ?? 1), style: 'number', size: numberSize(shape.width) },
      };
    case 'text':
      return { ...NOTHING, label: { at: start, text: shape.text ?? '', style: 'words', size: textSize(shape.width) } };
  }
}

/** Ink space; at the medium width about a heading's size on a full view. */
export const textSize = (width: number): number => 20 + width * 2;
export const numberSize = (width: number): number => 22 + width * 1.6;

const HEAD_ANGLE = Math.PI / 7;

function arrowLine(from: XY, to: XY, wobble: Wobble): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return '';
  const head = Math.min(length * 0.5, 18 + wobble.width * 2.4);
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const barb = (side: number): XY => ({
    x: to.x - head * Math.cos(angle + side * HEAD_ANGLE),
    y: to.y - head * Math.sin(angle + side * HEAD_ANGLE),
  });
  return `${roughLine(from, to, wobble)} ${roughPolyline([barb(1), to, barb(-1)], wobble)}`;
}

/** Where a stroke is, in ink space, with its line's width around it. Labels of words are measured by who paints them. */
export function strokeBounds(shape: StrokeShape, space: Size): Box {
  const box = boundsOf(toInkSpace(shape.points, space));
  const margin = shape.tool === 'numbered-arrow' ? numberSize(shape.width) : shape.width;
  return { x: box.x - margin, y: box.y - margin, width: box.width + margin * 2, height: box.height + margin * 2 };
}
