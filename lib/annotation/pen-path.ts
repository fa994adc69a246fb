import { getStroke } from 'perfect-freehand';
import type { InkPoint } from './ink-space.ts';

/** A mouse has no pressure of its own: browsers report this for it. */
const MOUSE_PRESSURE = 128 / 255;

/**
 * The outline of a pen line as closed SVG path data, in the units of `points`. Thickness follows the pen's pressure;
 * without one, speed.
 */
export function penOutline(points: readonly InkPoint[], width: number): string {
  const hasPressure = points.some(({ pressure }) => Math.abs(pressure - MOUSE_PRESSURE) > 0.01);
  const outline = getStroke(
    points.map(({ x, y, pressure }) => [x, y, pressure]),
    {
      size: width,
      thinning: hasPressure ? 0.6 : 0.25,
      smoothing: 0.5,
      // Low, so that the line stays under the hand: the points are filtered already.
      streamline: 0.2,
      simulatePressure: !hasPressure,
      last: true,
    },
  );
  return closedCurve(outline);
}

const shorten = (value: number): number => Math.round(value * 100) / 100;

/** Quadratic curves through the middles of the outline's edges. */
function closedCurve(outline: readonly (readonly [number, number])[]): string {
  const [first] = outline;
  if (first === undefined) return '';
  const parts = [`M${shorten(first[0])} ${shorten(first[1])}Q`];
  for (let index = 0; index < outline.length; index++) {
    const [x, y] = outline[index] ?? first;
    const [nextX, nextY] = outline[(index + 1) % outline.length] ?? first;
    parts.push(`${shorten(x)} ${shorten(y)} ${shorten((x + nextX) / 2)} ${shorten((y + nextY) / 2)}`);
  }
  return `${parts.join(' ')}Z`;
}
