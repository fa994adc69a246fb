import { describe, expect, test } from 'vitest';
import { createPage, type Short, STRICT } from './filtered-page.ts';

describe('what style sheets ask for', () => {
  const CARDS: readonly Short[] = [
    ['x-card', { $: 'gold', plan: 'gold' }],
    ['x-card', { $: 'ann', plan: 'Ann' }],
    ['div', { 'data-cobrowse': 'hide' }, ['x-card', { $: 'hidden', plan: 'gold' }]],
  ];
  const sheet = (css: string): Short => ['style', { _cssText: css }];
  const RULE = '[plan=gold]{color:gold}';

  test('leaves with a snapshot wherever in it the sheet stands', () => {
    const { sent, filter } = createPage(STRICT, [...CARDS, sheet(RULE)]);
    expect(sent.match(/"plan":"[^"]*"/g)).toEqual(['"plan":"gold"']);
    expect(filter.takeAsked(1)).toBeNull();
  });

  test.each([
    ['is adopted', 15, { id: 1, styleIds: [1], styles: [{ styleId: 1, rules: [{ rule: RULE, index: 0 }] }] }],
    ['gets one more rule', 8, { styleId: 1, adds: [{ rule: RULE, index: 0 }] }],
    ['is replaced', 8, { styleId: 1, replaceSync: RULE }],
  ])('follows when a sheet %s later', (_, source, data) => {
    const { filter, incremental, idOf } = createPage(STRICT, CARDS);
    expect(filter.takeAsked(1)).toBeNull();
    incremental(source, data);
    const attributes = [{ id: idOf('gold'), attributes: { plan: 'gold' } }];
    expect(filter.takeAsked(2)).toMatchObject({ type: 3, data: { source: 0, attributes }, timestamp: 2 });
    incremental(source, data);
    expect(filter.takeAsked(3)).toBeNull();
  });

  test('what everybody may know anyway is not told again', () => {
    const { filter, incremental } = createPage(STRICT, [['div', { class: 'a', hidden: '', dir: 'rtl' }]]);
    const rule = '[class=a],[hidden],[dir=rtl]{}';
    incremental(8, { styleId: 1, adds: [{ rule, index: 0 }] });
    expect(filter.takeAsked(1)).toBeNull();
  });
});

test('a definition of a custom element leaves by its name, of a document that is seen', () => {
  const { incremental } = createPage(STRICT, []);
  expect(incremental(16, { id: 1, name: 'x-card' })).toMatchObject({ data: { source: 16, id: 1, name: 'x-card' } });
  expect(incremental(16, { id: 99, name: 'x-card' })).toBeNull();
  expect(incremental(16, { id: 1, name: 'x-4111-1111-1111-1111' })).toBeNull();
  expect(incremental(16, { id: 1, name: 5 })).toBeNull();
});

describe('a style sheet of which a browser can’t say what it is', () => {
  const LOST = 'a { margin-top: ; margin-right: ; margin-left: 4px; }';
  const WHOLE = 'a{margin:var(--m);margin-left:4px}';

  test('is asked for, whether it came with the page or later, and sent by what is written', () => {
    const { filter, idOf, mutate } = createPage(STRICT, [
      ['style', { $: 'style', _cssText: LOST }, ''],
      ['link', { $: 'link', rel: 'stylesheet', _cssText: LOST }],
      ['style', { $: 'good', _cssText: 'a { margin: 0px; }' }, ''],
    ]);
    const unread = ['style', 'link'].map((name) => ({ id: idOf(name), href: null }));
    expect(filter.takeUnreadSheets()).toEqual(unread);
    expect(filter.takeUnreadSheets()).toEqual([]);
    const text = { id: filter.node(idOf('style'))?.first?.id, value: WHOLE };
    expect(filter.supplySheet(idOf('style'), WHOLE, '')).toMatchObject({ data: { texts: [text], attributes: [] } });
    const attributes = [{ id: idOf('link'), attributes: { _cssText: WHOLE } }];
    expect(filter.supplySheet(idOf('link'), WHOLE, '')).toMatchObject({ data: { texts: [], attributes } });
    mutate({ attributes: [{ id: idOf('link'), attributes: { _cssText: LOST } }] });
    expect(filter.takeUnreadSheets()).toEqual([{ id: idOf('link'), href: null }]);
  });

  test('is not sent where it is hidden, or its text is in pieces', () => {
    const { filter, idOf } = createPage(STRICT, [
      ['div', { 'data-cobrowse': 'hide' }, ['style', { $: 'hidden', _cssText: LOST }, '']],
      ['style', { $: 'pieces', _cssText: LOST }, '', ''],
      ['style', { $: 'bare', _cssText: LOST }],
    ]);
    for (const name of ['hidden', 'pieces', 'bare']) expect(filter.supplySheet(idOf(name), WHOLE, '')).toBeNull();
  });
});
