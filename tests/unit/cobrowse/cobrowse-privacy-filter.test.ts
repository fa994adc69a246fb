import { describe, expect, test } from 'vitest';
import type { PagePrivacy } from '../../../lib/cobrowse/privacy-rules.ts';
import { ASSIST, createPage, type Short, STRICT } from './filtered-page.ts';

const FORM: readonly Short[] = [
  ['label', { for: 'a' }, 'First name'],
  ['input', { $: 'name', id: 'a', value: 'NAME-VALUE' }],
  ['label', { for: 'b' }, 'Card number'],
  ['input', { $: 'card', id: 'b', value: 'CARD-VALUE' }],
  ['input', { $: 'password', type: 'password', value: 'PASSWORD-VALUE' }],
  ['input', { $: 'hidden', type: 'hidden', value: 'HIDDEN-VALUE' }],
  ['textarea', { $: 'note', value: 'NOTE-VALUE' }, 'NOTE-VALUE'],
  [
    'select',
    { $: 'country', value: 'key-2' },
    ['option', { value: 'key-1' }, 'Austria'],
    ['option', { $: 'option', value: 'key-2', selected: true }, 'Belgium'],
    ['option', { $: 'bare' }, '\n  Croatia,\n  Hrvatska '],
  ],
  ['input', { $: 'check', type: 'checkbox', value: 'CHECK-VALUE', checked: true }],
  ['div', { $: 'editor', contenteditable: 'true' }, ['p', {}, 'EDITOR-TEXT']],
];

describe('fields in a snapshot', () => {
  test('strict mode shows none of their values', () => {
    const { sent } = createPage(STRICT, FORM);
    expect(sent).not.toMatch(/-VALUE|EDITOR-TEXT|Austria|Belgium|key-/);
    expect(sent).toContain('First name');
  });

  test('assist mode shows the harmless ones', () => {
    const { sent } = createPage(ASSIST, FORM);
    expect(sent.match(/[A-Z]+-(?:VALUE|TEXT)/g)).toEqual(['NAME-VALUE', 'NOTE-VALUE', 'NOTE-VALUE', 'EDITOR-TEXT']);
    expect(sent).toContain('Belgium');
    expect(sent).not.toContain('key-');
  });

  test('the choices of a select say nothing about what it asks for', () => {
    const { sent } = createPage(ASSIST, [
      ['label', {}, 'Colour', ['select', {}, ['option', { value: '1' }, 'Tan'], ['option', { value: '2' }, 'Navy']]],
      ['label', {}, 'PIN', ['select', {}, ['option', { value: '3' }, 'First digit']]],
    ]);
    expect(sent).toContain('Navy');
    expect(sent).not.toContain('First digit');
  });

  test('a site may allow a field, but none of the always-mask set', () => {
    const { sent } = createPage(STRICT, [['form', { 'data-cobrowse': 'allow' }, ...FORM]]);
    expect(sent).toContain('NAME-VALUE');
    expect(sent).not.toMatch(/CARD-VALUE|PASSWORD-VALUE|HIDDEN-VALUE/);
  });

  test('the customer’s own rules may show a field, but none of the always-mask set, and nothing that the site masks', () => {
    const allow = ['*', 'input', '#b', '[type=password]', '[type=hidden]'];
    const { sent } = createPage({ ...STRICT, allow }, FORM);
    expect(sent).toMatch(/NAME-VALUE.*NOTE-VALUE.*EDITOR-TEXT/);
    expect(sent).not.toMatch(/CARD-VALUE|PASSWORD-VALUE|HIDDEN-VALUE/);
    const masked = createPage({ ...ASSIST, allow }, [['form', { 'data-cobrowse': 'mask' }, ...FORM]]);
    expect(masked.sent).not.toMatch(/[A-Z]+-(?:VALUE|TEXT)/);
    const byDesk = createPage({ ...STRICT, allow, mask: ['#a'] }, FORM);
    expect(byDesk.sent).not.toContain('NAME-VALUE');
  });

  test('the desk’s rules count more than what the site allows', () => {
    const { sent } = createPage({ ...ASSIST, mask: ['form input'], hide: ['#b', 'textarea'] }, [
      ['form', { 'data-cobrowse': 'allow' }, ...FORM],
    ]);
    expect(sent).not.toMatch(/NAME-VALUE|CARD-VALUE|NOTE-VALUE/);
  });
});

describe('input', () => {
  const typed = (privacy: PagePrivacy, name: string, text: string) => {
    const page = createPage(privacy, FORM);
    return JSON.stringify(page.incremental(5, { id: page.idOf(name), text, isChecked: true }));
  };

  test.each([
    [STRICT, 'name', 'typed', '••••••••'],
    [STRICT, 'name', 'a longer text', '••••••••'],
    [STRICT, 'name', '', '""'],
    [ASSIST, 'name', 'typed', '"typed"'],
    [ASSIST, 'card', 'typed', '••••••••'],
    [ASSIST, 'name', '4111 1111 1111 1111', '•••• ••••'],
    [ASSIST, 'check', 'CHECK-VALUE', '"isChecked":true'],
  ])('%o %s "%s"', (privacy, name, text, expected) => {
    expect(typed(privacy, name, text)).toContain(expected);
  });

  test('a choice is named by its node', () => {
    const page = createPage(ASSIST, FORM);
    const event = page.incremental(5, { id: page.idOf('country'), text: 'key-2', isChecked: false });
    expect(event?.data).toMatchObject({ text: `o${page.idOf('option')}` });
    const bare = page.incremental(5, { id: page.idOf('country'), text: 'Croatia, Hrvatska', isChecked: false });
    expect(bare?.data).toMatchObject({ text: `o${page.idOf('bare')}` });
    // So are those that have no value but their words, also when it was taken from them.
    expect(page.sent).toContain(`"value":"o${page.idOf('bare')}"`);
    const taken = page.incremental(0, {
      ...{ adds: [], removes: [], texts: [] },
      attributes: [{ id: page.idOf('option'), attributes: { value: null } }],
    });
    expect(JSON.stringify(taken)).toContain(`"value":"o${page.idOf('option')}"`);
    expect(createPage(STRICT, FORM).incremental(5, { id: page.idOf('country'), text: 'key-2' })).toBeNull();
  });

  test('that nothing has been chosen yet is said by an empty value', () => {
    const page = createPage(ASSIST, [
      [
        'select',
        { $: 'list', value: 'key-1' },
        ['option', { value: '' }, 'Choose'],
        ['option', { value: 'key-1' }, 'A'],
      ],
    ]);
    expect(page.sent).toContain('"tagName":"option","attributes":{"value":""}');
    const event = page.incremental(5, { id: page.idOf('list'), text: '', isChecked: false });
    expect(event?.data).toMatchObject({ text: '' });
  });

  test('"show password" shows nothing, in whatever order it comes', () => {
    const page = createPage(ASSIST, FORM);
    const id = page.idOf('password');
    const events = [
      page.incremental(5, { id, text: 'LATE-SECRET', isChecked: false }),
      page.mutate({ attributes: [{ id, attributes: { type: 'text' } }] }),
      page.incremental(5, { id, text: 'LATE-SECRET', isChecked: false }),
      page.mutate({ attributes: [{ id, attributes: { value: 'LATE-SECRET' } }] }),
      page.mutate({ removes: [{ parentId: page.idOf('body'), id }] }),
      page.mutate({
        adds: [
          {
            parentId: page.idOf('body'),
            nextId: null,
            node: { type: 2, id, tagName: 'input', attributes: { type: 'text', value: 'LATE-SECRET' }, childNodes: [] },
          },
        ],
      }),
    ];
    expect(JSON.stringify(events)).not.toContain('LATE-SECRET');
  });

  test('a field that turns out to be secret is covered', () => {
    const page = createPage(ASSIST, [['div', { $: 'box' }, ['input', { $: 'field', id: 'x', value: 'SOON-SECRET' }]]]);
    expect(page.sent).toContain('SOON-SECRET');
    const event = page.mutate({
      adds: [{ parentId: page.idOf('box'), nextId: null, node: page.node(['label', { for: 'x' }]) }],
      attributes: [{ id: page.idOf('field'), attributes: { autocomplete: 'cc-number' } }],
    });
    expect(event?.data).toMatchObject({
      attributes: expect.arrayContaining([{ id: page.idOf('field'), attributes: { value: '••••••••' } }]),
    });
  });
});

describe('what is added with all below it', () => {
  const add = (privacy: PagePrivacy, tree: Short, body: readonly Short[] = []) => {
    const page = createPage(privacy, [['div', { $: 'box' }, ...body]]);
    const adds = [{ parentId: page.idOf('box'), nextId: null, node: page.node(tree) }];
    return JSON.stringify(page.mutate({ adds }));
  };
  const ROW: Short = [
    'tr',
    {},
    ['td', {}, 'Security code'],
    ['td', {}, ['input', { value: 'CODE-SECRET' }]],
    ['td', {}, 'Colour', ['input', { value: 'COLOUR-PLAIN' }]],
    ['td', { class: 'ph-no-capture' }, 'BOX-SECRET'],
    ['td', { class: 'rr-mask' }, 'MASK-SECRET'],
  ];

  test('is masked by what stands around it', () => {
    const sent = add(ASSIST, ROW);
    expect(sent).not.toContain('-SECRET');
    expect(sent).toContain('COLOUR-PLAIN');
    expect(add(STRICT, ROW)).not.toContain('-PLAIN');
  });

  test('is nothing below something hidden', () => {
    const page = createPage(ASSIST, [['div', { $: 'box', class: 'ph-no-capture' }]]);
    expect(page.mutate({ adds: [{ parentId: page.idOf('box'), nextId: null, node: page.node(ROW) }] })).toBeNull();
  });

  test('covers the groups of a number that it completes', () => {
    const page = createPage(ASSIST, [['p', { $: 'line' }, ['b', {}, '4111'], ['b', {}, '1111'], ['b', {}, '1111']]]);
    expect(page.sent).toContain('4111');
    const adds = [{ parentId: page.idOf('line'), nextId: null, node: page.node(['i', {}, ['b', {}, '1111']]) }];
    const event = page.mutate({ adds });
    expect(event?.data).toMatchObject({ texts: [{}, {}, {}] });
    expect(JSON.stringify(event)).not.toContain('1111');
  });
});

describe('hiding', () => {
  const BOX: readonly Short[] = [
    [
      'section',
      { $: 'box', title: 'T' },
      ['p', { $: 'p' }, 'BOX-SECRET'],
      ['img', { src: 'https://a.example/BOX-SECRET' }],
    ],
    ['p', { $: 'after' }, 'after'],
  ];

  test.each([
    ['our mark', { 'data-cobrowse': 'hide' }],
    ['a vendor’s class', { class: 'x ph-no-capture' }],
  ])('%s leaves a grey box', (_name, attributes) => {
    const { sent } = createPage(ASSIST, [['section', attributes, 'BOX-SECRET']]);
    expect(sent).not.toContain('BOX-SECRET');
    expect(sent).toContain('"needBlock":true');
  });

  test.each(['embed', 'object'])('of what %s shows only the place is told', (tag) => {
    const page = createPage(ASSIST, [
      [
        tag,
        { $: 'file', src: 'https://a.example/BOX-SECRET', data: '/BOX-SECRET', width: '40' },
        ['p', {}, 'BOX-SECRET'],
      ],
    ]);
    expect(page.sent).not.toContain('BOX-SECRET');
    expect(page.sent).toContain('"tagName":"iframe","attributes":{"width":"40","frameborder":"0","rr_file":"1"}');
    const late = { parentId: page.idOf('file'), nextId: null, node: page.node(['p', {}, 'BOX-SECRET']) };
    expect(JSON.stringify(page.mutate({ adds: [late] }) ?? null)).not.toContain('BOX-SECRET');
  });

  test('payment frames are boxes, and what is attached to them stays at home', () => {
    const page = createPage(ASSIST, [['iframe', { $: 'frame', rr_src: 'https://js.stripe.com/v3/x.html' }]]);
    const event = page.mutate({
      adds: [
        {
          parentId: page.idOf('frame'),
          nextId: null,
          node: { type: 0, id: 900, childNodes: [page.node(['p', {}, 'X-SECRET'])] },
        },
      ],
      isAttachIframe: true,
    });
    expect(page.sent).not.toContain('stripe');
    expect(event).toBeNull();
  });

  test('by the customer takes it from the other side at once, and for good', () => {
    const page = createPage(ASSIST, BOX);
    const id = page.idOf('box');
    const event = page.filter.hide(id, { width: 100.4, height: 20 }, 5);
    expect(event).toMatchObject({
      timestamp: 5,
      data: {
        removes: [{ parentId: id, id: page.idOf('p') }, { parentId: id }],
        attributes: [{ id, attributes: { style: expect.stringContaining('width:100px;height:20px') } }],
      },
    });
    const later = [
      page.mutate({ adds: [{ parentId: id, nextId: null, node: page.node(['p', {}, 'BOX-SECRET']) }] }),
      page.mutate({ attributes: [{ id, attributes: { title: 'BOX-SECRET', class: 'BOX-SECRET' } }] }),
      page.mutate({ adds: [{ parentId: page.idOf('p'), nextId: null, node: page.node('BOX-SECRET') }] }),
    ];
    expect(later).toEqual([null, null, null]);
    expect(page.filter.hide(id, undefined, 6)).toBeNull();
    expect(page.filter.sentChildren(id)).toEqual([]);
  });

  test('a mark that comes in the same event as the secret is in time', () => {
    const page = createPage(ASSIST, BOX);
    const id = page.idOf('box');
    const event = page.mutate({
      adds: [{ parentId: id, nextId: null, node: page.node(['p', {}, 'NEW-SECRET']) }],
      attributes: [{ id, attributes: { class: 'rr-block', title: 'NEW-SECRET' } }],
    });
    expect(JSON.stringify(event)).not.toContain('SECRET');
    expect(event?.data).toMatchObject({ adds: [], removes: [{ id: page.idOf('p') }, {}] });
  });

  test('a mask that comes later covers what was sent', () => {
    const page = createPage(ASSIST, BOX);
    const event = page.mutate({ attributes: [{ id: page.idOf('box'), attributes: { class: 'rr-mask' } }] });
    expect(event?.data).toMatchObject({ texts: [{ value: '▒▒▒▒▒▒' }] });
    expect(page.filter.takeWish()).toBe(false);
    page.mutate({ attributes: [{ id: page.idOf('box'), attributes: { class: '' } }] });
    expect(page.filter.takeWish()).toBe(true);
  });
});

describe('the tree', () => {
  test('what is never sent takes no place among what is', () => {
    const page = createPage(ASSIST, [
      ['p', { $: 'a' }],
      ['datalist', { $: 'list' }, 'S'],
      ['p', { $: 'b' }],
    ]);
    const event = page.mutate({
      adds: [{ parentId: page.idOf('body'), nextId: page.idOf('list'), node: page.node('new') }],
    });
    expect(event?.data).toMatchObject({ adds: [{ nextId: page.idOf('b') }] });
    expect(page.filter.sentChildren(page.idOf('body'))).toHaveLength(3);
  });

  test('of scripts and the like only the place is told', () => {
    const page = createPage(ASSIST, [
      ['script', { $: 'script', src: 'https://a.example/?SECRET', 'data-key': '' }, 'SECRET'],
      ['noscript', {}, ['p', {}, 'SECRET']],
      ['template', { id: 'later' }],
    ]);
    expect(page.sent).not.toContain('SECRET');
    expect(page.sent.match(/"tagName":"(?:script|noscript|template)","attributes":{},"childNodes":\[\]/g)).toHaveLength(
      3,
    );
    const script = page.idOf('script');
    expect(page.mutate({ attributes: [{ id: script, attributes: { src: 'SECRET', 'data-key': '' } }] })).toBeNull();
    expect(page.mutate({ adds: [{ parentId: script, nextId: null, node: page.node('SECRET') }] })).toBeNull();
  });

  test('a card number in four elements is one number', () => {
    const groups = ['4111', '1111', '1111', '1111'];
    const { sent } = createPage(ASSIST, [['p', {}, ...groups.map((group): Short => ['span', {}, group])]]);
    expect(sent).not.toMatch(/4111|1111/);
  });

  test('a row of numbers is none', () => {
    const cells = ['4111', '1111', '1111', '1111'].map((cell): Short => ['td', {}, cell]);
    expect(createPage(ASSIST, [['table', {}, ['tr', {}, ...cells]]]).sent).toContain('4111');
  });

  test.each([
    ['nothing', null],
    ['a text', 'event'],
    ['no type', { data: {} }],
    ['no node', { type: 2, data: {}, timestamp: 1 }],
    ['a node without an id', { type: 2, data: { node: { type: 0 } }, timestamp: 1 }],
    ['a plug-in’s event', { type: 6, data: { plugin: 'x', payload: 'SECRET' }, timestamp: 1 }],
    ['a custom event', { type: 5, data: { tag: 'x', payload: 'SECRET' }, timestamp: 1 }],
    ['an unknown source', { type: 3, data: { source: 11, payload: 'SECRET' }, timestamp: 1 }],
    ['canvas', { type: 3, data: { source: 9, id: 1, commands: ['SECRET'] }, timestamp: 1 }],
    ['fonts', { type: 3, data: { source: 10, family: 'SECRET' }, timestamp: 1 }],
    ['input of nobody', { type: 3, data: { source: 5, id: 77, text: 'SECRET' }, timestamp: 1 }],
    [
      'lists that are none',
      { type: 3, data: { source: 0, adds: 1, removes: 'x', texts: {}, attributes: null }, timestamp: 1 },
    ],
  ])('%s yields nothing', (_name, event) => {
    expect(createPage(ASSIST, []).filter.filter(event)).toBeNull();
  });
});

test('what is added piece by piece is sent piece by piece: a style element keeps its rules only so', () => {
  const { idOf, mutate } = createPage(STRICT, []);
  const style = { type: 2, id: 90, tagName: 'style', attributes: { _cssText: 'p{color:red}' }, childNodes: [] };
  const sent = mutate({
    adds: [
      { parentId: idOf('body'), nextId: null, node: style },
      { parentId: 90, nextId: null, node: { type: 3, id: 91, textContent: '' } },
    ],
  });
  expect(sent?.data).toMatchObject({
    adds: [{ node: { id: 90, childNodes: [] } }, { parentId: 90, node: { id: 91 } }],
  });
});

describe('nodes that move between documents and shadow roots', () => {
  const PAGE: readonly Short[] = [
    ['div', { $: 'from' }, ['p', { $: 'moved' }, 'Moved']],
    ['div', { $: 'to' }],
    ['div', { $: 'hidden', 'data-cobrowse': 'hide' }],
  ];
  const movedTo = ({ idOf }: ReturnType<typeof createPage>, name: string) => ({
    parentId: idOf(name),
    nextId: null,
    node: { type: 2, id: idOf('moved'), tagName: 'p', attributes: {}, childNodes: [] },
  });

  test('are in their new place, though their removal comes after their addition', () => {
    const page = createPage(STRICT, PAGE);
    const { idOf, filter, mutate } = page;
    const add = mutate({ adds: [movedTo(page, 'to')] });
    expect(add?.data).toMatchObject({
      removes: [{ parentId: idOf('from'), id: idOf('moved') }],
      adds: [{ parentId: idOf('to') }],
    });
    expect(mutate({ removes: [{ parentId: idOf('from'), id: idOf('moved') }] })).toBeNull();
    expect(filter.sentChildren(idOf('from'))).toEqual([]);
    expect(filter.sentChildren(idOf('to'))).toEqual([idOf('moved')]);
  });

  test('leave the other side when they move to where nobody may see them', () => {
    const page = createPage(STRICT, PAGE);
    const sent = page.mutate({ adds: [movedTo(page, 'hidden')] });
    expect(sent?.data).toMatchObject({ removes: [{ id: page.idOf('moved') }], adds: [] });
  });
});

test('a frame’s document takes the place of the one before it', () => {
  const { filter, idOf, node, mutate } = createPage(ASSIST, [['iframe', { $: 'frame' }]]);
  const attachDocument = (id: number, name: string) => {
    const document = { type: 0, id, childNodes: [node(['html', {}, ['p', { $: name }, name]])] };
    return mutate({ adds: [{ parentId: idOf('frame'), nextId: null, node: document }], isAttachIframe: true });
  };
  attachDocument(1_001, 'first');
  expect(filter.sentChildren(idOf('first'))).toHaveLength(1);
  attachDocument(1_002, 'second');
  expect(filter.sentChildren(idOf('frame'))).toEqual([1_002]);
  expect(filter.sentChildren(idOf('first'))).toBeNull();
  expect(filter.ids()).not.toContain(idOf('first'));
});

describe.each(['canvas', 'video'])('a %s', (tag) => {
  test('is named, with its picture, unless it lies where nothing may be seen', () => {
    const { filter, idOf } = createPage(STRICT, [
      [tag, { $: 'open' }],
      ['div', { class: 'rr-mask' }, [tag, { $: 'masked' }]],
      ['div', { class: 'rr-block' }, [tag, { $: 'hidden' }]],
      ['div', { contenteditable: 'true' }, [tag, { $: 'written' }]],
    ]);
    expect(filter.drawn().map(({ id }) => id)).toEqual([idOf('open')]);
    expect(filter.supplyPicture(idOf('open'), 'asset:1')?.data).toMatchObject({
      attributes: [{ id: idOf('open'), attributes: { rr_dataURL: 'asset:1' } }],
    });
    for (const name of ['masked', 'hidden', 'written']) expect(filter.supplyPicture(idOf(name), 'asset:1')).toBeNull();
  });
});

test.each([
  [[], true],
  [['rr-mask'], false],
  [['rr-block'], false],
])('an icon that is part of a drawing elsewhere, in %j: named %s, and never by its address', (classes, isNamed) => {
  const icon: Short = ['use', { href: 'https://a.example/TOKEN-SECRET/icons.svg?TOKEN-SECRET#bell' }];
  const { sent } = createPage(STRICT, [classes.reduce<Short>((inner, name) => ['div', { class: name }, inner], icon)]);
  expect(/"href":"asset:[a-f\d]{64}#bell"/.test(sent)).toBe(isNamed);
  expect(sent).not.toContain('-SECRET');
  expect(sent.includes('bell')).toBe(isNamed);
});

describe('popovers', () => {
  test('of shadow roots are named, also those that become one later, and not those that have gone', () => {
    const { filter, idOf, mutate } = createPage(STRICT, [
      ['div', { $: 'plain', popover: '' }],
      ['div', { $: 'host' }],
    ]);
    expect(filter.innerPopoverIds()).toEqual([]);
    const inner = (id: number, popover: object) => ({
      parentId: idOf('host'),
      nextId: null,
      node: { type: 2, tagName: 'div', attributes: popover, childNodes: [], id, isShadow: true },
    });
    mutate({ adds: [inner(900, { popover: 'manual' }), inner(901, {})] });
    expect(filter.innerPopoverIds()).toEqual([900]);
    mutate({
      attributes: [{ id: 901, attributes: { popover: 'auto' } }],
      removes: [{ parentId: idOf('host'), id: 900 }],
    });
    expect(filter.innerPopoverIds()).toEqual([901]);
  });
});
