import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { AssetBook } from '../../../lib/cobrowse/asset-ref.ts';
import type { EventContext } from '../../../lib/cobrowse/event-rules.ts';
import { sanitiseEvent } from '../../../lib/cobrowse/sanitise-event.ts';

const EVIL = 'http://evil.example';
const HERE = 'a'.repeat(64);
const AWAY = 'b'.repeat(64);
const PIXEL = 'data:image/png;base64,AA==';

interface Known {
  readonly tagName?: string;
  readonly isSvg?: boolean;
  readonly parent?: number;
}

function createContext(known: Readonly<Record<number, Known>> = {}, nodes = 1_000) {
  const deferred: string[] = [];
  let unknown = 0;
  const assets: AssetBook = {
    addressOf: (hash) => (hash === HERE ? 'blob:here' : null),
    deferAttribute: (hash, id, name) => deferred.push(`${hash.slice(0, 1)} ${id} ${name}`),
    deferProperty: () => {},
    deferFont: () => {},
  };
  const context: EventContext = {
    assets,
    reserved: new Set(['appendChild', 'body']),
    budget: { nodes },
    defaultRootId: null,
    hostDepth: 0,
    mapId: (id) => id,
    mapStyleId: (id) => id,
    onElement: () => {},
    has: (id) => id in known,
    onUnknown: () => {
      unknown += 1;
    },
    parentOf: (id) => (known[id]?.parent === undefined ? null : { id: known[id].parent, isShadow: false }),
    elementOf: (id) => {
      const element = known[id];
      return element === undefined ? null : { tagName: element.tagName ?? '', isSvg: element.isSvg ?? false, depth: 1 };
    },
    parentTagOf: (id) => known[known[id]?.parent ?? -1]?.tagName ?? null,
  };
  return { context, deferred, unknown: () => unknown };
}

const run = (data: unknown, known?: Readonly<Record<number, Known>>, type = 3) => {
  const { context } = createContext(known);
  return sanitiseEvent({ type, data, timestamp: 1 }, context);
};

/** An element of a snapshot, after the sanitiser. */
function element(tagName: string, attributes: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  const { context, deferred } = createContext();
  const node = { type: 2, id: 3, tagName, attributes, childNodes: [], ...more };
  const data = { node: { type: 0, id: 1, childNodes: [node] }, initialOffset: { top: 0, left: 0 } };
  const result = sanitiseEvent({ type: 2, data, timestamp: 1 }, context);
  if (!result.ok || result.value?.type !== 2 || result.value.data.node.type !== 0) throw new Error('refused');
  const [child] = result.value.data.node.childNodes;
  if (child?.type !== 2) throw new Error('not an element');
  return { ...child, deferred };
}
const attributesOf = (tagName: string, attributes: Record<string, unknown>, more?: Record<string, unknown>) =>
  element(tagName, attributes, more).attributes;

describe('elements', () => {
  test.each(['script', 'SCRIPT', 'noscript', 'base', 'object', 'embed', 'frameset', 'template', 'portal'])(
    '%s is there, and inert',
    (tagName) => {
      expect(element(tagName, { src: EVIL, data: EVIL, href: EVIL, class: 'x' })).toMatchObject({
        tagName: 'alongside-inert',
        attributes: {},
      });
    },
  );
  test.each(['div', 'x-card', 'svg', 'h1', 'annotation-xml'])('%s passes', (tagName) => {
    expect(element(tagName).tagName).toBe(tagName);
  });
  test.each(['a b', 'a>b', '<img', '1x', 'é', 'a\u0000'])('%j is an element nobody knows', (tagName) => {
    expect(element(tagName).tagName).toBe('alongside-unknown');
  });
  it('takes a custom element for one only by a name that can be one', () => {
    expect(element('x-a', {}, { isCustom: true }).isCustom).toBe(true);
    expect(element('div', {}, { isCustom: true }).isCustom).toBeUndefined();
    expect(element('font-face', {}, { isCustom: true }).isCustom).toBeUndefined();
  });
});

describe('attributes', () => {
  test.each([
    ['div', { onclick: 'x', ONLOAD: 'x', onanything: 'x' }, {}],
    [
      'div',
      { class: 'a', title: 't', 'data-x': 'y', 'aria-label': 'l', hidden: true },
      { class: 'a', title: 't', 'data-x': 'y', 'aria-label': 'l', hidden: '' },
    ],
    ['div', { srcdoc: 'x', nonce: 'x', ping: EVIL, autofocus: true, tabindex: '1', accesskey: 's' }, {}],
    [
      'div',
      { theme: 'dark', variant: 'a,b 1.5', odd: EVIL, host: '//evil.example/x', back: 'a\\b' },
      { theme: 'dark', variant: 'a,b 1.5' },
    ],
    ['img', { src: EVIL, srcset: EVIL, alt: 'x', loading: 'lazy' }, { alt: 'x' }],
    ['img', { src: `asset:${HERE}` }, { src: 'blob:here' }],
    ['img', { src: PIXEL }, { src: PIXEL }],
    ['img', { src: 'data:text/html,x' }, {}],
    ['img', { src: 'blob:other' }, {}],
    ['img', { rr_dataURL: `asset:${HERE}` }, { src: 'blob:here' }],
    ['iframe', { src: EVIL, rr_src: EVIL, srcdoc: 'x', name: 'top', class: 'f' }, { class: 'f' }],
    ['video', { src: EVIL, poster: `asset:${HERE}`, rr_mediaState: 'played', autoplay: '' }, { poster: 'blob:here' }],
    ['canvas', { rr_dataURL: `asset:${HERE}`, width: '9' }, { 'data-alongside-picture': 'blob:here', width: '9' }],
    ['a', { href: `javascript:1`, target: '_blank' }, { href: 'about:invalid' }],
    ['link', { rel: 'preconnect', href: EVIL, media: 'print' }, { media: 'print' }],
    ['link', { _cssText: `a{b:url(${EVIL})}` }, { _cssText: 'a{b: none }' }],
    ['div', { _cssText: 'a{}' }, {}],
    ['style', { _cssText: 'a{b:c}', media: 'print' }, { _cssText: 'a{b:c}', media: 'print' }],
    ['meta', { name: 'viewport', content: 'width=device-width' }, { name: 'viewport', content: 'width=device-width' }],
    ['meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}` }, {}],
    ['meta', { name: 'referrer', content: 'unsafe-url' }, { content: 'unsafe-url' }],
    ['input', { type: 'password', name: 'pin', value: '•' }, { type: 'x-password', name: 'x-pin', value: '•' }],
    ['input', { id: 'appendChild', name: 'body' }, { id: 'x-appendChild', name: 'x-body' }],
    ['form', { name: 'appendChild', action: EVIL }, {}],
    ['td', { background: EVIL, colspan: '2' }, { colspan: '2' }],
    ['td', { background: `asset:${HERE}` }, { background: 'blob:here' }],
    ['div', { background: `asset:${HERE}` }, {}],
    ['div', { style: `color:red;background:url(${EVIL})` }, { style: 'color:red;background: none' }],
    ['div', { 'data-alongside-picture': EVIL }, {}],
    ['dialog', { rr_open_mode: 'modal', open: '' }, { rr_open_mode: 'modal', open: '' }],
    [
      'div',
      { rr_width: '10px', rr_height: 'calc(1px)', rr_scrollTop: 5, rr_x: 9 },
      { rr_width: '10px', rr_scrollTop: 5 },
    ],
    ['div', { __proto__: 'x', constructor: 'y', toString: 'z' }, { constructor: 'y', toString: 'z' }],
  ])('%s %j', (tagName, attributes, expected) => {
    expect(attributesOf(tagName, attributes)).toEqual(expected);
  });

  test.each([
    ['image', { href: EVIL }, {}],
    ['image', { 'xlink:href': `asset:${HERE}` }, { href: 'blob:here' }],
    ['use', { href: '#icon' }, { href: '#icon' }],
    ['use', { href: `${EVIL}#icon` }, {}],
    ['use', { href: `asset:${HERE}#icon` }, { href: 'blob:here#icon' }],
    ['use', { 'xlink:href': `asset:${HERE}#icon` }, { href: 'blob:here#icon' }],
    ['use', { href: `asset:${HERE}` }, {}],
    ['use', { href: `asset:${AWAY}#icon` }, {}],
    ['use', { href: `asset:${HERE}#"><script>` }, {}],
    ['rect', { href: `asset:${HERE}#icon` }, {}],
    [
      'path',
      { d: 'M0,0 L1 1', fill: 'url(#g)', stroke: `url(${EVIL}#g)`, transform: 'rotate(1)' },
      { d: 'M0,0 L1 1', fill: 'url(#g)', stroke: 'none', transform: 'rotate(1)' },
    ],
    ['set', { attributeName: 'href', to: EVIL }, {}],
    [
      'animate',
      { attributeName: 'fill', values: `red;url(${EVIL})`, dur: '1s' },
      { attributeName: 'fill', values: 'red; none', dur: '1s' },
    ],
    ['animate', { attributeName: 'onclick', to: 'x' }, { to: 'x' }],
  ])('svg %s %j', (tagName, attributes, expected) => {
    expect(attributesOf(tagName, attributes, { isSVG: true })).toEqual(expected);
  });

  it('remembers a picture that has not come yet', () => {
    const { attributes, deferred } = element('img', { src: `asset:${AWAY}` });
    expect(attributes).toEqual({});
    expect(deferred).toEqual(['b 3 src']);
  });
});

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
