import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, compose, invert, quarterTurns, scaling, translation } from '../../lib/annotation/affine.ts';
import { inkInWindow, inkSpaceOf, quantise, toInkSpace } from '../../lib/annotation/ink-space.ts';
import { isInPicture, type PictureView, pictureToView, viewToPicture } from '../../lib/annotation/picture-map.ts';

const side = fc.integer({ min: 16, max: 7_680 });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.record({ width: side, height: side });
const crop = fc
  .record({ x: fc.double({ min: 0, max: 0.9, noNaN: true }), y: fc.double({ min: 0, max: 0.9, noNaN: true }) })
  .chain(({ x, y }) =>
    fc.record({
      x: fc.constant(x),
      y: fc.constant(y),
      width: fc.double({ min: 0.05, max: 1 - x, noNaN: true }),
      height: fc.double({ min: 0.05, max: 1 - y, noNaN: true }),
    }),
  );
const view: fc.Arbitrary<PictureView> = fc.record({
  box: size,
  picture: size,
  fit: fc.constantFrom('contain' as const, 'cover' as const, 'fill' as const, 'none' as const),
  crop,
  mirror: fc.boolean(),
  rotate: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  zoom: fc.double({ min: 0.25, max: 8, noNaN: true }),
  pan: fc.record({
    x: fc.double({ min: -4_000, max: 4_000, noNaN: true }),
    y: fc.double({ min: -4_000, max: 4_000, noNaN: true }),
  }),
  devicePixelRatio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
});

describe('picture and view', () => {
  it('there and back is the same point, within half a device pixel', () => {
    fc.assert(
      fc.property(view, fraction, fraction, (shown, x, y) => {
        const there = apply(pictureToView(shown), { x, y });
        const back = viewToPicture(shown, there);
        if (back === null) throw new Error('A view with a size has an inverse');
        const again = apply(pictureToView(shown), back);
        const limit = 0.5 / (shown.devicePixelRatio ?? 1);
        expect(Math.hypot(again.x - there.x, again.y - there.y)).toBeLessThan(limit);
      }),
    );
  });

  it('the wire moves a point by less than half a pixel of an 8K picture shown whole', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (x, y, pressure) => {
        const space = { width: 7_680, height: 4_320 };
        const [point] = toInkSpace(quantise({ x, y }, pressure), space);
        expect(Math.abs((point?.x ?? 1e9) - x * 7_680)).toBeLessThan(0.5);
        expect(Math.abs((point?.y ?? 1e9) - y * 4_320)).toBeLessThan(0.5);
        expect(Math.abs((point?.pressure ?? 9) - pressure)).toBeLessThan(1 / 255);
      }),
    );
  });

  const box = { width: 400, height: 200 };
  const picture = { width: 1_000, height: 1_000 };
  it.each([
    ['contain leaves bars at the sides', { box, picture, fit: 'contain' }, [0, 0], [100, 0]],
    ['cover cuts above and below', { box, picture, fit: 'cover' }, [0, 0.25], [0, 0]],
    ['fill stretches', { box, picture, fit: 'fill' }, [1, 1], [400, 200]],
    ['1:1 puts the middle in the middle', { box, picture, fit: 'none' }, [0.5, 0.5], [200, 100]],
    ['1:1 counts device pixels', { box, picture, fit: 'none', devicePixelRatio: 2 }, [0.6, 0.5], [250, 100]],
    ['mirrored: left is right', { box, picture, fit: 'contain', mirror: true }, [0, 0], [300, 0]],
    ['a quarter turn: top left is top right', { box, picture, fit: 'fill', rotate: 90 }, [0, 0], [400, 0]],
    ['half a turn', { box, picture, fit: 'fill', rotate: 180 }, [0, 0], [400, 200]],
    ['three quarters: top left is bottom left', { box, picture, fit: 'fill', rotate: 270 }, [0, 0], [0, 200]],
    ['zoom keeps the middle', { box, picture, fit: 'contain', zoom: 2 }, [0.5, 0.5], [200, 100]],
    ['pan moves in CSS pixels', { box, picture, fit: 'contain', pan: { x: 7, y: -3 } }, [0.5, 0.5], [207, 97]],
    [
      'a crop fills the box with its part',
      { box, picture, fit: 'fill', crop: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 } },
      [0.5, 0.5],
      [0, 0],
    ],
  ] satisfies [string, PictureView, [number, number], [number, number]][])('%s', (_, shown, [x, y], [left, top]) => {
    const point = apply(pictureToView(shown), { x, y });
    expect(point.x).toBeCloseTo(left, 9);
    expect(point.y).toBeCloseTo(top, 9);
  });

  it('a view without a size has no points', () => {
    expect(viewToPicture({ box: { width: 0, height: 0 }, picture, fit: 'contain' }, { x: 1, y: 1 })).toBeNull();
  });

  it('knows what lies beside the picture', () => {
    const shown: PictureView = { box, picture, fit: 'contain' };
    expect(isInPicture(viewToPicture(shown, { x: 50, y: 100 }) ?? { x: 0, y: 0 })).toBe(false);
    expect(isInPicture(viewToPicture(shown, { x: 150, y: 100 }) ?? { x: -1, y: 0 })).toBe(true);
  });
});

describe('matrices', () => {
  it('four quarter turns are none', () => {
    const turned = compose(...[1, 1, 1, 1].map(quarterTurns));
    expect(apply(turned, { x: 3, y: 5 })).toEqual({ x: 3, y: 5 });
  });

  it('compose does the first step first', () => {
    expect(apply(compose(translation(1, 0), scaling(2, 2)), { x: 1, y: 1 })).toEqual({ x: 4, y: 2 });
  });

  it('a flat matrix has no inverse', () => {
    expect(invert(scaling(0, 1))).toBeNull();
    expect(invert(scaling(Number.NaN, 1))).toBeNull();
  });
});

describe('ink on the picture of a window', () => {
  it.each([
    ['of its own shape', { width: 1_600, height: 900 }, [0.25, 0.5], [200, 225]],
    ['with bars at its sides: left edge', { width: 1_000, height: 450 }, [0.1, 0], [0, 0]],
    ['with bars at its sides: right edge', { width: 1_000, height: 450 }, [0.9, 1], [800, 450]],
    ['with bars above and below', { width: 400, height: 300 }, [0.25, 0.125], [200, 0]],
    ['with bars above and below: the end', { width: 400, height: 300 }, [1, 0.875], [800, 450]],
  ] as const)('lies where it was seen, in one %s', (_, picture, [x, y], [left, top]) => {
    const { space, matrix } = inkInWindow({ width: 800, height: 450 }, picture);
    const point = apply(matrix, { x: x * space.width, y: y * space.height });
    expect(point.x).toBeCloseTo(left, 6);
    expect(point.y).toBeCloseTo(top, 6);
  });

  it('is there and back the same, whatever the shapes', () => {
    fc.assert(
      fc.property(size, size, fraction, fraction, (window, picture, x, y) => {
        const { space, matrix } = inkInWindow(window, picture);
        const toPicture = pictureToView({ box: picture, picture: window, fit: 'contain' });
        const seen = apply(toPicture, { x, y });
        const back = apply(matrix, {
          x: (seen.x / picture.width) * space.width,
          y: (seen.y / picture.height) * space.height,
        });
        expect(Math.hypot(back.x - x * window.width, back.y - y * window.height)).toBeLessThan(0.01);
      }),
    );
  });
});

describe('ink space', () => {
  it.each([
    [
      { width: 1_920, height: 1_080 },
      { width: 16_000 / 9, height: 1_000 },
    ],
    [
      { width: 480, height: 640 },
      { width: 1_000, height: 4_000 / 3 },
    ],
  ])('%o has a short side of 1000', (picture, expected) => {
    expect(inkSpaceOf(picture).width).toBeCloseTo(expected.width, 6);
    expect(inkSpaceOf(picture).height).toBeCloseTo(expected.height, 6);
  });

  it.each([
    [{ x: Number.NaN, y: Number.POSITIVE_INFINITY }, Number.NaN, [0, 0, 128]],
    [{ x: -5, y: 7 }, 9, [0, 32_767, 255]],
    [{ x: 0.5, y: 0.5 }, -1, [16_384, 16_384, 0]],
  ])('%o is brought into bounds', (point, pressure, expected) => {
    expect(quantise(point, pressure)).toEqual(expected);
  });
});
