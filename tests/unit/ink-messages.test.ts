import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { InkMessage } from '../../lib/protocol/ink-messages.ts';

const stroke = {
  type: 'ink.stroke',
  n: 1,
  order: 1,
  surface: 'camera:abcdefgh',
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 42,
  points: [0, 0, 128, 32_767, 32_767, 0],
  stay: false,
};

const tie = {
  type: 'ink.tie',
  surface: 'page:abcdefgh-3',
  n: 9,
  tie: { epoch: 2, nodeId: 77, box: { x: 0.1, y: -3.5, width: 0.5, height: 12 } },
};

const takes = (value: unknown): boolean => v.safeParse(InkMessage, value).success;

describe('ink messages', () => {
  it.each([
    ['a stroke', stroke],
    ['a numbered arrow', { ...stroke, tool: 'numbered-arrow', number: 3 }],
    ['words', { ...stroke, tool: 'text', points: [1, 1, 128], text: 'Hier drücken ↗ 这里' }],
    ['visibility', { type: 'ink.visibility', rev: 3, hide: [1, 2], show: [] }],
    ['lift', { type: 'ink.lift', n: 9 }],
    ['painted', { type: 'ink.painted', surface: 'page:abcdefgh', n: 9 }],
    ['a tie', tie],
  ])('%s is taken', (_, message) => expect(takes(message)).toBe(true));

  it.each([
    ['a laser that stays', { ...stroke, tool: 'laser' }],
    ['an unknown tool', { ...stroke, tool: 'spray' }],
    ['no points', { ...stroke, points: [] }],
    ['half a point', { ...stroke, points: [1, 2] }],
    ['too many points', { ...stroke, points: Array.from({ length: 601 * 3 }, () => 1) }],
    ['a point outside', { ...stroke, points: [40_000, 0, 0] }],
    ['a negative point', { ...stroke, points: [-1, 0, 0] }],
    ['a fraction', { ...stroke, points: [0.5, 0, 0] }],
    ['NaN', { ...stroke, points: [Number.NaN, 0, 0] }],
    ['infinity', { ...stroke, points: [Number.POSITIVE_INFINITY, 0, 0] }],
    ['a giant pressure', { ...stroke, points: [0, 0, 256] }],
    ['text as a point', { ...stroke, points: ['1', 0, 0] }],
    ['a random seed', { ...stroke, seed: 0 }],
    ['a giant seed', { ...stroke, seed: 2 ** 31 }],
    ['a wide line', { ...stroke, width: 61 }],
    ['a colour that is CSS', { ...stroke, colour: 'url(https://example.com/)' }],
    ['a surface that is a path', { ...stroke, surface: 'page:../../x' }],
    ['a surface without an owner', { ...stroke, surface: 'camera:' }],
    ['a giant label', { ...stroke, tool: 'text', text: 'x'.repeat(201) }],
    ['a label that turns around', { ...stroke, tool: 'text', text: 'ab\u202ecd' }],
    ['a label with control characters', { ...stroke, tool: 'text', text: 'ab\u0000cd' }],
    ['a number too large for its disc', { ...stroke, number: 100 }],
    ['more than is known', { ...stroke, author: 'someone-else' }],
    ['a prototype', JSON.parse('{"type":"ink.lift","n":1,"__proto__":{"x":1}}')],
    [
      'a clear of the whole world',
      { type: 'ink.visibility', rev: 1, hide: Array.from({ length: 501 }, () => 1), show: [] },
    ],
    ['a negative revision', { type: 'ink.visibility', rev: -1, hide: [], show: [] }],
    ['a tie on a picture', { ...tie, surface: 'screen:abcdefgh' }],
    ['a tie to nothing', { ...tie, tie: { ...tie.tie, nodeId: 0 } }],
    ['a tie to a box without an end', { ...tie, tie: { ...tie.tie, box: { x: 0, y: 0, width: 1 } } }],
    ['a tie beyond all measure', { ...tie, tie: { ...tie.tie, box: { ...tie.tie.box, height: 1e6 } } }],
    ['a tie to a box that is none', { ...tie, tie: { ...tie.tie, box: { ...tie.tie.box, y: Number.NaN } } }],
    ['nothing', null],
  ])('%s is refused', (_, message) => expect(takes(message)).toBe(false));
});
