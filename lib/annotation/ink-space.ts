import { INK_UNITS } from '../protocol/ink-limits.ts';
import { type Affine, compose, scaling, type Size, translation, type XY } from './affine.ts';

/**
 * Ink space: the picture's short side is 1000 units. Shapes are computed in it, so both people get the same line
 * whatever the size of their views; a view only adds a matrix.
 */
export const INK_SPACE_SIDE = 1_000;

export function inkSpaceOf(picture: Size): Size {
  const factor = INK_SPACE_SIDE / Math.min(picture.width, picture.height);
  return { width: picture.width * factor, height: picture.height * factor };
}

/** From ink space to normalised picture coordinates. */
export const inkSpaceToPicture = (space: Size): Affine => scaling(1 / space.width, 1 / space.height);

/**
 * Where ink on a picture of a window lies in that window. The picture shows it whole, with bars at two of its sides where
 * their shapes differ. `matrix` leads from ink space of the picture to the window's own units.
 */
export function inkInWindow(size: Size, picture: Size): { readonly space: Size; readonly matrix: Affine } {
  const space = inkSpaceOf(picture);
  /** Window units for one pixel of the picture. */
  const unit = Math.max(size.width / picture.width, size.height / picture.height);
  const bars = { x: (picture.width * unit - size.width) / 2, y: (picture.height * unit - size.height) / 2 };
  const scale = (picture.width / space.width) * unit;
  return { space, matrix: compose(scaling(scale, scale), translation(-bars.x, -bars.y)) };
}

const clampUnit = (value: number): number =>
  Number.isFinite(value) ? Math.min(INK_UNITS, Math.max(0, Math.round(value * INK_UNITS))) : 0;

/** Normalised coordinates and pressure (0..1) as the wire has them; what lies beside the picture is moved to its edge. */
export const quantise = ({ x, y }: XY, pressure: number): [number, number, number] => [
  clampUnit(x),
  clampUnit(y),
  Number.isFinite(pressure) ? Math.min(255, Math.max(0, Math.round(pressure * 255))) : 128,
];

export interface InkPoint extends XY {
  /** 0..1 */
  readonly pressure: number;
}

/** The wire's numbers as points of ink space. */
export function toInkSpace(points: readonly number[], space: Size): InkPoint[] {
  const result: InkPoint[] = [];
  for (let index = 0; index + 2 < points.length; index += 3) {
    result.push({
      x: ((points[index] ?? 0) / INK_UNITS) * space.width,
      y: ((points[index + 1] ?? 0) / INK_UNITS) * space.height,
      pressure: (points[index + 2] ?? 0) / 255,
    });
  }
  return result;
}

/** Points nearer than this to the one before add cost and no shape (ink space units; 1.5 px at 1000 px). */
export const MIN_STEP = 1.5;

/** Whether the next point of a line is far enough from the last one to be kept. Both are wire points. */
export function isFarEnough(last: readonly number[], next: readonly number[], space: Size): boolean {
  const dx = (((next[0] ?? 0) - (last[0] ?? 0)) / INK_UNITS) * space.width;
  const dy = (((next[1] ?? 0) - (last[1] ?? 0)) / INK_UNITS) * space.height;
  return dx * dx + dy * dy >= MIN_STEP * MIN_STEP;
}
