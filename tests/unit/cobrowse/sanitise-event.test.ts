import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sanitiseEvent } from '../../../lib/cobrowse/sanitise-event.ts';
import { createContext, EVIL, HERE, type Known, run } from './sanitised.ts';

describe('trees', () => {
  const snapshot = (node: unknown, nodes = 1_000) => {
    const { context } = createContext({}, nodes);
    return sanitiseEvent({ type: 2, data: { node, initialOffset: { top: 0, left: 0 } }, timestamp: 1 }, context);
  };
  const nested = (depth: number): unknown =>
    depth === 0
      ? { type: 3, id: 9, textContent: 'x' }
      : { type: 2, id: depth + 10, tagName: 'div', attributes: {}, childNodes: [nested(depth - 1)] };

  test.each([
    ['no document', { type: 2, id: 1, tagName: 'div', attributes: {}, childNodes: [] }, 'shape'],
    ['no node', null, 'shape'],
    ['an unknown kind', { type: 9, id: 1 }, 'shape'],
    ['children that are none', { type: 0, id: 1, childNodes: 'x' }, 'shape'],
    ['an id that is none', { type: 0, id: 1.5, childNodes: [] }, 'id'],
    ['a huge id', { type: 0, id: 2 ** 40, childNodes: [] }, 'id'],
    ['a text that is none', { type: 0, id: 1, childNodes: [{ type: 3, id: 2, textContent: 5 }] }, 'shape'],
    [
      'attributes that are none',
      { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: 'a', attributes: [] }] },
      'shape',
    ],
    ['too deep', { type: 0, id: 1, childNodes: [nested(600)] }, 'depth'],
  ])('refuses %s', (_, node, reason) => {
    expect(snapshot(node)).toEqual({ ok: false, reason });
  });
  it('refuses more nodes than fit', () => {
    const children = Array.from({ length: 50 }, (_, id) => ({ type: 5, id: id + 2, textContent: '' }));
    expect(snapshot({ type: 0, id: 1, childNodes: children }, 40)).toMatchObject({ reason: 'node-count' });
  });
  it('keeps what a document can hold', () => {
    const result = snapshot({
      type: 0,
      id: 1,
      compatMode: 'BackCompat',
      childNodes: [
        { type: 5, id: 2, textContent: 'secret' },
        { type: 2, id: 3, tagName: 'html', attributes: {}, childNodes: [{ type: 0, id: 6, childNodes: [] }] },
        { type: 2, id: 4, tagName: 'html', attributes: {}, childNodes: [] },
        { type: 3, id: 5, textContent: 'x' },
      ],
    });
    expect(result).toMatchObject({
      value: {
        data: {
          node: {
            compatMode: 'BackCompat',
            childNodes: [
              { type: 5, textContent: '' },
              { id: 3, childNodes: [] },
            ],
          },
        },
      },
    });
  });
});

describe('mutations', () => {
  const page = {
    1: { tagName: '' },
    2: { tagName: 'div', parent: 1 },
    3: { parent: 2 },
    4: { tagName: 'style', parent: 2 },
    5: { parent: 4 },
  };
  const change = (part: Record<string, unknown>, known: Readonly<Record<number, Known>> = page) => {
    const { context, unknown } = createContext(known);
    const data = { source: 0, adds: [], removes: [], texts: [], attributes: [], ...part };
    const result = sanitiseEvent({ type: 3, data, timestamp: 1 }, context);
    return { result, unknown: unknown(), data: result.ok ? (result.value?.data as Record<string, unknown>) : null };
  };
  const div = { type: 2, id: 20, tagName: 'div', attributes: {}, childNodes: [] };

  it('reads a text under a style element as CSS', () => {
    expect(change({ texts: [{ id: 5, value: `a{b:url(${EVIL})}` }] }).data).toMatchObject({
      texts: [{ id: 5, value: 'a{b: none }' }],
    });
  });
  it('reads a text that is added under a style element as CSS', () => {
    const adds = [{ parentId: 4, nextId: null, node: { type: 3, id: 9, textContent: `a{b:url(${EVIL})}` } }];
    const texts = [{ id: 9, value: `@import "${EVIL}";` }];
    const { data } = change({ adds, texts });
    expect(JSON.stringify(data)).not.toContain('evil');
  });
  it('leaves out what is said of unknown nodes, and counts it', () => {
    const { data, unknown } = change({
      removes: [{ parentId: 2, id: 77 }],
      texts: [{ id: 78, value: 'x' }],
      attributes: [{ id: 79, attributes: { class: 'x' } }],
      adds: [{ parentId: 80, nextId: null, node: div }],
    });
    expect(data).toMatchObject({ removes: [], texts: [], attributes: [], adds: [] });
    expect(unknown).toBe(4);
  });
  it('puts a node at the end when the one after it is unknown', () => {
    const { data, unknown } = change({ adds: [{ parentId: 2, nextId: 99, node: div }] });
    expect(data).toMatchObject({ adds: [{ parentId: 2, nextId: null }] });
    expect(unknown).toBe(1);
  });
  it('knows what the same event adds', () => {
    const inner = { ...div, id: 21 };
    const { data, unknown } = change({
      adds: [
        { parentId: 2, nextId: null, node: div },
        { parentId: 20, nextId: null, node: inner },
        { parentId: 20, nextId: 21, node: { ...div, id: 22 } },
      ],
      attributes: [{ id: 21, attributes: { class: 'x' } }],
    });
    expect(data).toMatchObject({
      adds: [{}, {}, { nextId: 21 }],
      attributes: [{ id: 21, attributes: { class: 'x' } }],
    });
    expect(unknown).toBe(0);
  });
  it('takes what is added with all below it apart, node by node, the last first', () => {
    const css = { type: 3, id: 24, textContent: `a{b:url(${EVIL})}` };
    const style = { ...div, id: 23, tagName: 'style', childNodes: [css] };
    const shadow = { ...div, id: 25, isShadow: true };
    const tree = { ...div, childNodes: [{ ...div, id: 21 }, style, { ...div, id: 22 }, shadow] };
    const { data, unknown } = change({
      adds: [{ parentId: 2, nextId: 3, node: tree }],
      texts: [{ id: 24, value: `@import "${EVIL}";` }],
      attributes: [{ id: 22, attributes: { class: 'x' } }],
    });
    expect(data?.adds).toMatchObject([
      { parentId: 2, nextId: 3, node: { id: 20, childNodes: [] } },
      { parentId: 20, nextId: null, node: { id: 25, isShadow: true } },
      { parentId: 20, nextId: null, node: { id: 22 } },
      { parentId: 20, nextId: 22, node: { id: 23, childNodes: [] } },
      { parentId: 23, nextId: null, node: { id: 24 } },
      { parentId: 20, nextId: 23, node: { id: 21 } },
    ]);
    expect(data?.attributes).toHaveLength(1);
    expect(JSON.stringify(data)).not.toContain('evil');
    expect(unknown).toBe(0);
  });
  it('takes out first what is built again', () => {
    for (const node of [
      { ...div, id: 2 },
      { ...div, childNodes: [{ ...div, id: 2 }] },
    ]) {
      expect(change({ adds: [{ parentId: 1, nextId: null, node }] }).data?.removes).toEqual([{ id: 2, parentId: 1 }]);
    }
  });
  it('leaves out a removal from where the node is no longer', () => {
    expect(change({ removes: [{ parentId: 1, id: 3 }] })).toMatchObject({ data: { removes: [] }, unknown: 0 });
  });
  it('lets a document into a frame only', () => {
    const document = { type: 0, id: 30, childNodes: [] };
    expect(change({ adds: [{ parentId: 2, nextId: null, node: document }] }).data).toMatchObject({ adds: [] });
    const frames = { ...page, 6: { tagName: 'iframe', parent: 2 } };
    expect(change({ adds: [{ parentId: 6, nextId: null, node: document }] }, frames).data).toMatchObject({
      adds: [{ parentId: 6 }],
    });
  });
  it('ends a picture whose next one is not shown', () => {
    const known = { 2: { tagName: 'img', parent: 1 } };
    expect(change({ attributes: [{ id: 2, attributes: { src: EVIL, alt: null } }] }, known).data).toMatchObject({
      attributes: [{ attributes: { src: null, alt: null } }],
    });
  });
  it('reads the properties of a style', () => {
    const style = {
      color: 'red',
      width: ['1px', 'important'],
      top: false,
      background: `url(${EVIL})`,
      behavior: 'x',
      'a:b': 'c',
    };
    expect(change({ attributes: [{ id: 2, attributes: { style } }] }).data).toMatchObject({
      attributes: [
        { attributes: { style: { color: 'red', width: ['1px', 'important'], top: false, background: 'none' } } },
      ],
    });
  });
});

test.each([
  ['mouse', { source: 1, positions: [] }],
  ['canvas', { source: 9, id: 1 }],
  ['font', { source: 10, family: 'x', fontSource: `url(${EVIL})` }],
  ['media', { source: 7, id: 1, type: 0 }],
])('has no use for %s events', (_, data) => {
  expect(run(data)).toEqual({ ok: true, value: null });
});

test.each([0, 1, 5, 6, 7, 8, 99])('has no use for events of type %i', (type) => {
  expect(run({ anything: EVIL }, {}, type)).toEqual({ ok: true, value: null });
});

test.each([
  ['scroll', { source: 3, id: 1, x: Number.NaN, y: 0 }],
  ['size', { source: 4, width: 1e9, height: 1 }],
  ['input', { source: 5, id: 1, text: 5, isChecked: true }],
  ['rule', { source: 8, id: 1, adds: [{ rule: 5 }] }],
  ['definition', { source: 16, id: 1, name: 'div' }],
  ['name', { source: 16, id: 1, name: 'font-face' }],
  ['nothing', null],
  ['unknown', { source: 44 }],
])('refuses a misshapen %s', (_, data) => {
  expect(run(data)).toEqual({ ok: false, reason: 'shape' });
});

describe('whatever comes', () => {
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom(EVIL, `url(${EVIL})`, `javascript:${EVIL}`, 'x', '', null, true, 1, -1, 2, 0, 1e99, HERE),
      fc.string({ maxLength: 5 }),
    ),
    node: fc.record(
      {
        type: fc.constantFrom(0, 1, 2, 3, 4, 5, 9),
        id: fc.integer({ min: 0, max: 40 }),
        tagName: fc.constantFrom(
          'img',
          'style',
          'a',
          'SCRIPT',
          'iframe',
          'link',
          'svg',
          'use',
          'input',
          'meta',
          'video',
        ),
        attributes: fc.dictionary(
          fc.constantFrom(
            'src',
            'href',
            'style',
            'onclick',
            '_cssText',
            'srcset',
            'content',
            'xlink:href',
            'rr_dataURL',
            'poster',
            'type',
            'id',
            'fill',
          ),
          tie('leaf'),
        ),
        childNodes: fc.array(tie('node'), { maxLength: 3 }),
        textContent: tie('leaf'),
        isSVG: fc.constant(true),
        isShadowHost: fc.boolean(),
      },
      { requiredKeys: ['type', 'id'] },
    ),
    data: fc.record(
      {
        source: fc.integer({ min: 0, max: 16 }),
        node: tie('node'),
        initialOffset: fc.constant({ top: 0, left: 0 }),
        adds: fc.array(
          fc.record({ parentId: fc.integer({ min: 0, max: 9 }), nextId: tie('leaf'), node: tie('node') }),
          { maxLength: 3 },
        ),
        removes: fc.constant([]),
        texts: fc.array(fc.record({ id: fc.integer({ min: 0, max: 9 }), value: tie('leaf') }), { maxLength: 3 }),
        attributes: fc.array(
          fc.record({
            id: fc.integer({ min: 0, max: 9 }),
            attributes: fc.dictionary(fc.constantFrom('src', 'style', 'href'), tie('leaf')),
          }),
          { maxLength: 3 },
        ),
        rule: tie('leaf'),
        id: fc.integer({ min: 0, max: 9 }),
      },
      { requiredKeys: ['source'] },
    ),
  }));

  it('never throws, and names no address where one could be asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4), value.data, (type, data) => {
        const { context } = createContext({
          2: { tagName: 'img', parent: 1 },
          4: { tagName: 'style', parent: 2 },
          5: { parent: 4 },
        });
        const result = sanitiseEvent({ type, data, timestamp: 1 }, context);
        const json = JSON.stringify(result, (key, part: unknown) =>
          // Words for people may say anything.
          key === 'textContent' || key === 'id' || key === 'value' ? undefined : part,
        );
        expect(json).not.toMatch(/evil\.example/);
        expect(json).not.toMatch(/"on[a-z]+":/);
      }),
      { numRuns: 3_000 },
    );
  });
});
