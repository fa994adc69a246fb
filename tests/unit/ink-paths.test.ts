import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../lib/annotation/affine.ts';
import {
  type AnchorTraits,
  boundsOf,
  follow,
  LIKE_ENOUGH,
  likeness,
  pickAnchor,
  pickFramed,
  shareInside,
} from '../../lib/annotation/anchor.ts';
import { inkSpaceOf } from '../../lib/annotation/ink-space.ts';
import type { StrokeShape } from '../../lib/annotation/shown-ink.ts';
import { strokePaths } from '../../lib/annotation/stroke-paths.ts';
import { TOOLS } from '../../lib/protocol/ink-messages.ts';

const space = inkSpaceOf({ width: 1_280, height: 720 });
const unit = fc.integer({ min: 0, max: 32_767 });
const shape: fc.Arbitrary<StrokeShape> = fc.record({
  tool: fc.constantFrom(...TOOLS),
  colour: fc.constant('#e5484d'),
  width: fc.integer({ min: 1, max: 60 }),
  seed: fc.integer({ min: 1, max: 0x7fff_ffff }),
  points: fc
    .array(fc.tuple(unit, unit, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 60 })
    .map((list) => list.flat()),
  number: fc.integer({ min: 1, max: 99 }),
  text: fc.string({ maxLength: 20 }),
});

const numbersIn = (data: string): number[] => (data.match(/-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|Infinity/g) ?? []).map(Number);

describe('paths of strokes', () => {
  it('are the same on both sides, and never contain anything but finite numbers', () => {
    fc.assert(
      fc.property(shape, (drawn) => {
        const paths = strokePaths(drawn, space);
        expect(strokePaths({ ...drawn }, { ...space })).toEqual(paths);
        const numbers = numbersIn(paths.fill + paths.line);
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(paths.fill + paths.line).toMatch(/^[MLCQZ0-9eE+\-., ]*$/);
      }),
    );
  });

  it('another seed is another wobble', () => {
    const box: StrokeShape = {
      tool: 'ellipse',
      colour: '#000000',
      width: 9,
      seed: 1,
      points: [1_000, 1_000, 128, 9_000, 9_000, 128],
    };
    expect(strokePaths(box, space).line).not.toBe(strokePaths({ ...box, seed: 2 }, space).line);
  });

  it.each(['rectangle', 'ellipse', 'arrow'] as const)('a %s lies where it was drawn', (tool) => {
    const points = [0.25 * 32_767, 0.25 * 32_767, 128, 0.75 * 32_767, 0.75 * 32_767, 128].map(Math.round);
    const numbers = numbersIn(strokePaths({ tool, colour: '#000000', width: 9, seed: 3, points }, space).line);
    const xs = numbers.filter((_, index) => index % 2 === 0);
    const ys = numbers.filter((_, index) => index % 2 === 1);
    const bounds = boundsOf(xs.map((x, index) => ({ x, y: ys[index] ?? 0 })));
    expect(Math.abs(bounds.x - 0.25 * space.width)).toBeLessThan(15);
    expect(Math.abs(bounds.y - 250)).toBeLessThan(15);
    expect(Math.abs(bounds.width - 0.5 * space.width)).toBeLessThan(20);
    expect(Math.abs(bounds.height - 500)).toBeLessThan(20);
  });

  it('a numbered arrow has its number at its start, words stand where they were set', () => {
    const arrow: StrokeShape = {
      tool: 'numbered-arrow',
      colour: '#000000',
      width: 9,
      seed: 3,
      points: [0, 0, 128, 9_000, 9_000, 128],
      number: 4,
    };
    expect(strokePaths(arrow, space).label).toMatchObject({ at: { x: 0, y: 0 }, text: '4', style: 'number' });
    expect(strokePaths({ ...arrow, tool: 'text', text: 'Here' }, space).label).toMatchObject({
      text: 'Here',
      style: 'words',
    });
  });

  it('a press without a move is a dot, not nothing', () => {
    expect(
      strokePaths({ tool: 'pen', colour: '#000000', width: 9, seed: 3, points: [5_000, 5_000, 128] }, space).fill,
    ).not.toBe('');
  });
});

describe('anchors', () => {
  const drawing = { x: 100, y: 100, width: 50, height: 30 };
  it.each([
    ['an element that holds it', [{ x: 90, y: 90, width: 100, height: 60 }], 0],
    [
      'climbs over an icon',
      [
        { x: 100, y: 100, width: 16, height: 16 },
        { x: 90, y: 90, width: 100, height: 60 },
      ],
      1,
    ],
    [
      'climbs over a box that holds too little',
      [
        { x: 100, y: 100, width: 45, height: 20 },
        { x: 0, y: 0, width: 900, height: 900 },
      ],
      1,
    ],
    ['80 % is enough', [{ x: 100, y: 100, width: 40, height: 30 }], 0],
    ['nothing holds it', [{ x: 0, y: 0, width: 60, height: 60 }], -1],
    ['there is nothing', [], -1],
  ])('%s', (_, chain, expected) => expect(pickAnchor(chain, drawing)).toBe(expected));

  it('a straight line and a dot have a share too', () => {
    const box = { x: 0, y: 0, width: 100, height: 100 };
    expect(shareInside({ x: 50, y: 10, width: 100, height: 0 }, box)).toBeCloseTo(0.5, 9);
    expect(shareInside({ x: 50, y: 50, width: 0, height: 0 }, box)).toBe(1);
    expect(shareInside({ x: 150, y: 50, width: 0, height: 0 }, box)).toBe(0);
  });

  it('follows its element: same place in it, whatever moved', () => {
    const move = follow({ x: 10, y: 10, width: 100, height: 50 }, { x: 210, y: -40, width: 150, height: 50 });
    expect(apply(move, { x: 60, y: 35 })).toEqual({ x: 285, y: -15 });
  });

  it('does not blow up, nor collapse, with its element', () => {
    const drawn = { x: 0, y: 0, width: 100, height: 100 };
    expect(follow(drawn, { x: 0, y: 0, width: 1_000, height: 1 })).toMatchObject({ a: 2, d: 0.5 });
    expect(follow({ ...drawn, width: 0 }, drawn)).toMatchObject({ a: 1 });
    expect(follow({ ...drawn, width: 0 }, { ...drawn, width: 0 })).toMatchObject({ a: 1 });
  });

  it('that did not move is the identity', () => {
    const anyBox = fc.record({
      x: fc.integer(),
      y: fc.integer(),
      width: fc.integer({ min: 1, max: 9_999 }),
      height: fc.integer({ min: 1, max: 9_999 }),
    });
    fc.assert(
      fc.property(anyBox, (box) => {
        const point = { x: 12.5, y: 99 };
        const moved = apply(follow(box, box), point);
        expect(moved.x).toBeCloseTo(point.x, 3);
        expect(moved.y).toBeCloseTo(point.y, 3);
      }),
    );
  });

  const traits: AnchorTraits = { tag: 'BUTTON', id: 'pay', textHash: 5, path: [1, 2, 3] };
  it.each([
    ['the same', traits, true],
    ['same id, elsewhere, other text', { ...traits, textHash: 6, path: [1] }, true],
    ['another tag', { ...traits, tag: 'DIV' }, false],
    ['another id in the same place', { ...traits, id: 'cancel' }, false],
  ])('%s', (_, candidate, expected) => expect(likeness(traits, candidate) >= LIKE_ENOUGH).toBe(expected));

  it('without an id it takes text and place', () => {
    const plain = { ...traits, id: '' };
    expect(likeness(plain, plain)).toBeGreaterThanOrEqual(LIKE_ENOUGH);
    expect(likeness(plain, { ...plain, path: [1, 2, 4] })).toBeGreaterThanOrEqual(LIKE_ENOUGH);
    expect(likeness(plain, { ...plain, textHash: 9 })).toBeLessThan(LIKE_ENOUGH);
  });
});

describe('the element that a frame is drawn round', () => {
  const frame = { x: 100, y: 100, width: 220, height: 120 };
  const button = { x: 108, y: 108, width: 204, height: 104 };
  const word = { x: 150, y: 140, width: 60, height: 20 };
  const row = { x: 0, y: 90, width: 1_000, height: 140 };
  it.each([
    ['the element inside it', [button, row], 0],
    ['the largest inside it', [word, button, row], 1],
    ['something smaller, when it fills its frame', [{ x: 110, y: 105, width: 190, height: 90 }], 0],
    ['nothing, when all is larger', [row], -1],
    ['nothing, when all is lost in it', [word, row], -1],
    ['nothing, when what fills it sticks out', [{ ...button, x: 140 }, row], -1],
    ['nothing, where nothing is', [], -1],
  ])('%s', (_, chain, expected) => expect(pickFramed(chain, frame)).toBe(expected));
});
