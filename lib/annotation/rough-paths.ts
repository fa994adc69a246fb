/** The one place that knows rough.js. Its generator computes lines only; nothing here touches a canvas. */
import { RoughGenerator } from 'roughjs/bin/generator.js';
import type { Box, XY } from './affine.ts';

export interface Wobble {
  /** Same seed, same line, on both sides. */
  readonly seed: number;
  /** Line width in ink space: a thick line wobbles as much as a thin one, relative to its size. */
  readonly width: number;
}

const generator = new RoughGenerator();

/** Enough wobble to look drawn by hand, little enough to point at one thing (a hundredth of the picture at most). */
const optionsOf = ({ seed, width }: Wobble) => ({
  seed,
  roughness: 1,
  bowing: 0.6,
  strokeWidth: width,
  maxRandomnessOffset: Math.min(4, 2 + width / 6),
  curveFitting: 0.98,
  preserveVertices: false,
});

type Drawn = ReturnType<RoughGenerator['line']>;

/** SVG path data, two decimals: finer than any screen. */
const dataOf = (drawn: Drawn): string =>
  drawn.sets
    .filter(({ type }) => type === 'path')
    .map((set) => generator.opsToPath(set, 2).trim())
    .join(' ');

export const roughLine = (from: XY, to: XY, wobble: Wobble): string =>
  dataOf(generator.line(from.x, from.y, to.x, to.y, optionsOf(wobble)));

export const roughRectangle = ({ x, y, width, height }: Box, wobble: Wobble): string =>
  dataOf(generator.rectangle(x, y, width, height, optionsOf(wobble)));

export const roughEllipse = ({ x, y, width, height }: Box, wobble: Wobble): string =>
  dataOf(generator.ellipse(x + width / 2, y + height / 2, width, height, optionsOf(wobble)));

export const roughPolyline = (points: readonly XY[], wobble: Wobble): string =>
  dataOf(
    generator.linearPath(
      points.map(({ x, y }): [number, number] => [x, y]),
      optionsOf(wobble),
    ),
  );
