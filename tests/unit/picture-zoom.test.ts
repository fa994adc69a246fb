import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, invert, type XY } from '../../lib/annotation/affine.ts';
import { pictureToView } from '../../lib/annotation/picture-map.ts';
import {
  actualSize,
  FIT,
  fitScale,
  panBy,
  type PictureZoom,
  placeOfZoom,
  scaleOf,
  zoomBy,
  type ZoomFrame,
} from '../../lib/annotation/picture-zoom.ts';

const side = fc.integer({ min: 64, max: 4_096 });
const frame: fc.Arbitrary<ZoomFrame> = fc.record({
  box: fc.record({ width: side, height: side }),
  picture: fc.record({ width: side, height: side }),
  devicePixelRatio: fc.constantFrom(1, 1.5, 2, 3),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.oneof(
  fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }), at: fc.record({ x: share, y: share }) }),
  fc.record({ x: fc.integer({ min: -3_000, max: 3_000 }), y: fc.integer({ min: -3_000, max: 3_000 }) }),
);

/** The matrix that a browser makes of the video's style: all of it in the box, then enlarged and moved. */
const matrixOf = (zoom: PictureZoom, { box, picture, devicePixelRatio }: ZoomFrame) => {
  const { factor, shift } = placeOfZoom(zoom, { box, picture, devicePixelRatio });
  return pictureToView({ box, picture, fit: 'contain', zoom: factor, pan: shift });
};

const walk = (
  start: PictureZoom,
  view: ZoomFrame,
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
) =>
  steps.reduce<PictureZoom>(
    (zoom, each) =>
      'factor' in each
        ? zoomBy(zoom, view, {
            factor: each.factor,
            at: { x: each.at.x * view.box.width, y: each.at.y * view.box.height },
          })
        : panBy(zoom, view, each),
    start,
  );

describe('looking nearer', () => {
  it('never leaves a gap beside a picture that is larger than its box, nor moves one that is smaller', () => {
    fc.assert(
      fc.property(frame, fc.array(step, { maxLength: 12 }), (view, steps) => {
        const matrix = matrixOf(walk(FIT, view, steps), view);
        const from = apply(matrix, { x: 0, y: 0 });
        const to = apply(matrix, { x: 1, y: 1 });
        for (const axis of ['x', 'y'] as const) {
          const size = axis === 'x' ? view.box.width : view.box.height;
          if (to[axis] - from[axis] >= size) {
            expect(from[axis]).toBeLessThanOrEqual(0.01);
            expect(to[axis]).toBeGreaterThanOrEqual(size - 0.01);
          } else expect((from[axis] + to[axis]) / 2).toBeCloseTo(size / 2, 3);
        }
      }),
    );
  });

  it('keeps the place under the pointer there, as far as the edges let it', () => {
    const view: ZoomFrame = {
      box: { width: 800, height: 450 },
      picture: { width: 1_600, height: 900 },
      devicePixelRatio: 1,
    };
    const near = zoomBy(FIT, view, { factor: 4 });
    fc.assert(
      fc.property(share, share, fc.double({ min: 1, max: 3, noNaN: true }), (x, y, factor) => {
        const at: XY = { x: x * 800, y: y * 450 };
        const inverse = invert(matrixOf(near, view));
        if (inverse === null) throw new Error('It has a size');
        const again = apply(matrixOf(zoomBy(near, view, { factor, at }), view), apply(inverse, at));
        expect(Math.hypot(again.x - at.x, again.y - at.y)).toBeLessThan(0.01);
      }),
    );
  });

  it('at its actual size, one pixel of the picture is one of the screen', () => {
    fc.assert(
      fc.property(frame, (view) => {
        const matrix = matrixOf(actualSize(FIT, view), view);
        expect(matrix.a * view.devicePixelRatio).toBeCloseTo(view.picture.width, 3);
        expect(matrix.d * view.devicePixelRatio).toBeCloseTo(view.picture.height, 3);
      }),
    );
  });

  it('stays in bounds: from the whole of it, or its actual size where that is smaller, to eight times as large', () => {
    fc.assert(
      fc.property(frame, fc.array(step, { maxLength: 12 }), (view, steps) => {
        const scale = scaleOf(walk(FIT, view, steps), view);
        expect(scale).toBeGreaterThanOrEqual(Math.min(1, fitScale(view)) - 1e-9);
        expect(scale).toBeLessThanOrEqual(Math.max(8, fitScale(view)) + 1e-9);
      }),
    );
  });

  it('back at the whole of it, it is whole in every window', () => {
    const view: ZoomFrame = {
      box: { width: 400, height: 300 },
      picture: { width: 1_600, height: 900 },
      devicePixelRatio: 2,
    };
    expect(zoomBy(zoomBy(FIT, view, { factor: 3 }), view, { factor: 0.2 })).toEqual(FIT);
    expect(panBy(FIT, view, { x: 50, y: 50 })).toEqual(FIT);
  });
});
