import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { asked, MAIN } from './lab/framed-page.ts';
import { type Lab, LOST_RULES, openLab, openPair, sameAs, sameLook, share } from './lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const MANY = 200;

describe.each(['chrome', 'firefox'] as const)('style sheets in %s', (name) => {
  const pair = (body: string) => openPair(lab, { from: name, to: name }, body);

  /** What the shown page's elements look like. */
  const looks = (stage: Page, selector: string, property: string) =>
    stage.evaluate(
      (selector, property) => {
        const shown = globalThis.stage.mirror()?.contentDocument;
        return [...(shown?.querySelectorAll(selector) ?? [])].map((element) =>
          shown!.defaultView!.getComputedStyle(element).getPropertyValue(property),
        );
      },
      selector,
      property,
    );
  const untilLooks = (stage: Page, selector: string, property: string, wanted: readonly string[]) =>
    waitFor(`${selector} to look right`, async () => {
      const found = await looks(stage, selector, property);
      if (JSON.stringify(found) === JSON.stringify(wanted)) return true;
      throw new Error(`${JSON.stringify(found)} ≠ ${JSON.stringify(wanted)}`);
    });

  test('rules that follow a new text are told after it, also where many changes wait to be told', async () => {
    const { source, stage, close } = await pair(`${MAIN}<div id="host"></div><style id="sheet">.a{color:red}</style>`);
    await source.evaluate(() => {
      const root = document.querySelector('#host')!.attachShadow({ mode: 'open' });
      root.innerHTML = '<p class="a">In a root</p><style>.a{color:red}</style>';
    });
    await share(source, stage);
    await sameAs(source, stage);
    const change = (many: number) => {
      const styles = [
        document.querySelector<HTMLStyleElement>('#sheet')!,
        document.querySelector('#host')!.shadowRoot!.querySelector('style')!,
      ];
      const root = document.querySelector('#root')!;
      for (let i = 0; i < many; i += 1) root.append(document.createElement('i'));
      for (const style of styles) {
        style.textContent = `.b{order:${many}}`;
        style.sheet!.insertRule('.c{order:2}');
        style.sheet!.insertRule('.d{order:3}', 2);
        style.firstChild!.nodeValue = '.e{order:4}';
        style.sheet!.insertRule('.f{order:5}', 1);
        style.sheet!.deleteRule(0);
      }
    };
    for (const many of [0, MANY]) {
      await source.evaluate(change, many);
      await sameAs(source, stage);
    }
    // In a task of its own, while what came before still waits for the page to be painted.
    await source.evaluate(async (many) => {
      const root = document.querySelector('#root')!;
      for (let i = 0; i < many; i += 1) root.append(document.createElement('i'));
      const style = document.querySelector<HTMLStyleElement>('#sheet')!;
      style.textContent = '.g{order:6}';
      await new Promise<void>((next) => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => next(), { once: true });
        port1.start();
        port2.postMessage(null);
      });
      style.sheet!.insertRule('.h{order:7}');
    }, MANY);
    await sameAs(source, stage);
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('a text of a sheet in the head is followed: changed where it is, one more, taken out', async () => {
    const { source, stage, close } = await openPair(lab, { from: name, to: name }, MAIN, {
      head: '<style id="early"> .a{order:1} </style>',
    });
    await share(source, stage);
    await sameAs(source, stage);
    for (const change of [
      () => (document.querySelector('#early')!.firstChild!.nodeValue = '.b{order:2}'),
      () => document.querySelector('#early')!.append('.c{order:3}'),
      () => document.querySelector('#early')!.firstChild!.remove(),
    ]) {
      await source.evaluate(change);
      await sameAs(source, stage);
    }
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('styles of rules that are set as properties, by text, taken away, in a frame and in an adopted sheet', async () => {
    const { source, stage, close } = await pair(
      `${MAIN}<style id="sheet">.a{color:red;margin:var(--m)} @media all{.b{color:red;order:1}}</style><iframe></iframe>`,
    );
    await source.evaluate(() => {
      document.querySelector('iframe')!.contentDocument!.body.innerHTML = '<style>.c{color:red}</style>';
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.d{color:red}');
      document.adoptedStyleSheets = [sheet];
    });
    await share(source, stage);
    await sameAs(source, stage);
    for (const change of [
      () => {
        const rules = document.querySelector<HTMLStyleElement>('#sheet')!.sheet!.cssRules;
        (rules[0] as CSSStyleRule).style.color = 'blue';
        const { style } = (rules[1] as CSSMediaRule).cssRules[0] as CSSStyleRule;
        Object.assign(style, { color: 'green', order: '', zIndex: '3' });
      },
      () => {
        const rules = document.querySelector<HTMLStyleElement>('#sheet')!.sheet!.cssRules;
        Object.assign(rules[0]!, { style: 'color: lime; padding: 3px !important' });
      },
      () => {
        const inner = document.querySelector('iframe')!.contentDocument!;
        (inner.querySelector('style')!.sheet!.cssRules[0] as CSSStyleRule).style.cssText = 'order: 4';
        (document.adoptedStyleSheets[0]!.cssRules[0] as CSSStyleRule).style.color = 'navy';
      },
    ]) {
      await source.evaluate(change);
      await sameAs(source, stage);
    }
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('shorthands of variables, parts of which are set anew', async () => {
    const rules = (id: string) => `<style>${LOST_RULES.replaceAll('NAME', id)}</style>`;
    const { source, stage, close } = await pair(
      `${MAIN}<style>:root{--m:7px;--b:3px solid red}</style><link rel="stylesheet" href="/lost.css">${rules('styled')}
      <p id="linked">Linked</p><p id="styled">Styled</p><div id="host"></div><p id="late">Late</p>`,
    );
    await source.evaluate((rules) => {
      document.querySelector('#host')!.attachShadow({ mode: 'open' }).innerHTML = `${rules}<p id="inner">Inner</p>`;
    }, rules('inner'));
    const looksOf = (document: Document) =>
      ['#linked', '#styled', '#inner', '#late'].map((selector) => {
        const root = document.querySelector('#host')!.shadowRoot!;
        const element = (document.querySelector(selector) ?? root.querySelector(selector))!;
        const { margin, border, borderTop, padding } = document.defaultView!.getComputedStyle(element);
        return [margin, border, borderTop, padding].join(' ');
      });
    await share(source, stage);
    await sameLook(source, stage, looksOf);
    await source.evaluate((rules) => document.body.insertAdjacentHTML('beforeend', rules), rules('late'));
    await sameLook(source, stage, looksOf);
    // The text is still followed.
    await source.evaluate(() => {
      for (const style of document.querySelectorAll('style')) style.firstChild!.nodeValue += '#late{padding:20px}';
    });
    await sameLook(source, stage, looksOf);
    await source.evaluate(() =>
      document.querySelectorAll('style')[1]!.sheet!.insertRule('#styled{border:9px solid}', 2),
    );
    await sameLook(source, stage, looksOf);
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('what a page does wrong with its rules goes wrong as it does without us', async () => {
    const { source, stage, close } = await pair(`${MAIN}<style id="sheet">.a{color:red}</style>`);
    const wrong = () => {
      const { sheet } = document.querySelector<HTMLStyleElement>('#sheet')!;
      const attempts = [
        () => sheet!.insertRule('nonsense'),
        () => sheet!.insertRule('.b{}', 99),
        () => sheet!.deleteRule(99),
        () => sheet!.replaceSync('.c{}'),
        () => CSSStyleSheet.prototype.insertRule.call({} as CSSStyleSheet, '.d{}'),
      ];
      return attempts.map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).name;
        }
      });
    };
    const before = await source.evaluate(wrong);
    await share(source, stage);
    await sameAs(source, stage);
    expect(await source.evaluate(wrong)).toEqual(before);
    expect(before).toEqual(['SyntaxError', 'IndexSizeError', 'IndexSizeError', 'NotAllowedError', 'TypeError']);
    await sameAs(source, stage);
    await close();
  });

  test('sheets are adopted by a list that is changed in place, and let go all together', async () => {
    const { source, stage, close } = await pair(`${MAIN}<div id="host"></div>`);
    await source.evaluate(() => {
      document.querySelector('#host')!.attachShadow({ mode: 'open' }).innerHTML = '<p>In a root</p>';
    });
    await share(source, stage);
    await sameAs(source, stage);
    const changes: readonly ((sheets: CSSStyleSheet[], sheet: CSSStyleSheet) => unknown)[] = [
      (sheets, sheet) => sheets.push(sheet),
      (sheets, sheet) => sheets.splice(0, 0, sheet),
      (sheets) => sheets.pop(),
      (sheets, sheet) => (sheets[0] = sheet),
    ];
    for (const [index, change] of changes.entries()) {
      await source.evaluate(
        `for (const at of [document, document.querySelector('#host').shadowRoot]) {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('p { margin-top: ${index + 1}px }');
          (${change.toString()})(at.adoptedStyleSheets, sheet);
        }`,
      );
      await sameAs(source, stage);
    }
    await source.evaluate(() => {
      for (const at of [document, document.querySelector('#host')!.shadowRoot!]) at.adoptedStyleSheets = [];
    });
    await sameAs(source, stage);
    expect(await looks(stage, 'main p', 'margin-top')).toEqual(['16px']);
    await close();
  });

  test('sheets that are switched off and on are so in the mirror', async () => {
    const { source, stage, close } = await pair(
      `${MAIN}<style id="off">p{color:rgb(1,1,1)}</style><style id="sheet" media="screen">p{margin-top:1px}</style>`,
    );
    await source.evaluate(async () => {
      document.querySelector<HTMLStyleElement>('#off')!.disabled = true;
      for (const [id, css, isOff] of [
        ['light', 'p{top:1px}', false],
        ['dark', 'p{top:2px}', true],
      ] as const) {
        const link = document.createElement('link');
        Object.assign(link, {
          id,
          rel: 'stylesheet',
          href: URL.createObjectURL(new Blob([css], { type: 'text/css' })),
        });
        link.disabled = isOff;
        const loaded = isOff ? null : new Promise((done) => link.addEventListener('load', done));
        document.head.append(link);
        await loaded;
      }
    });
    await share(source, stage);
    await untilLooks(stage, 'p', 'top', ['1px']);
    await untilLooks(stage, 'p', 'margin-top', ['1px']);
    expect(await looks(stage, 'p', 'color')).not.toEqual(['rgb(1, 1, 1)']);
    const turn = (isDark: boolean) => {
      document.querySelector<HTMLLinkElement>('#light')!.disabled = isDark;
      document.querySelector<HTMLLinkElement>('#dark')!.disabled = !isDark;
      document.querySelector<HTMLStyleElement>('#off')!.disabled = !isDark;
      document.querySelector<HTMLStyleElement>('#sheet')!.sheet!.disabled = isDark;
    };
    for (const isDark of [true, false, true]) {
      await source.evaluate(turn, isDark);
      await untilLooks(stage, 'p', 'top', [isDark ? '2px' : '1px']);
      await untilLooks(stage, 'p', 'margin-top', [isDark ? '16px' : '1px']);
      expect((await looks(stage, 'p', 'color')).join() === 'rgb(1, 1, 1)').toBe(isDark);
    }
    await source.evaluate(() => {
      document.querySelector<HTMLStyleElement>('#sheet')!.media = 'print';
    });
    await source.evaluate(turn, false);
    await untilLooks(stage, 'p', 'top', ['1px']);
    expect(await looks(stage, 'p', 'margin-top')).toEqual(['16px']);
    // A new text makes a new sheet, and that is on.
    await source.evaluate(() => {
      document.querySelector('#off')!.textContent = 'p{left:5px}';
    });
    await untilLooks(stage, 'p', 'left', ['5px']);
    await close();
  });

  test('links that load another sheet, or become one late, are told of', async () => {
    const { source, stage, close } = await pair(`${MAIN}<div id="host"></div>`);
    await source.evaluate(async () => {
      const names = ['first', 'second', 'late'] as const;
      const sheets = Object.fromEntries(
        names.map((name, at) => [
          name,
          URL.createObjectURL(new Blob([`p{margin-${at < 2 ? 'top' : 'left'}:${at + 1}px}`], { type: 'text/css' })),
        ]),
      );
      Object.assign(globalThis, { sheets });
      const root = document.querySelector('#host')!.attachShadow({ mode: 'open' });
      root.innerHTML = '<p>In a root</p>';
      const link = (id: string, rel: string, href: string, parent: Node = document.head) => {
        const element = Object.assign(document.createElement('link'), { id, rel, href, as: 'style' });
        const loaded = new Promise((done) => element.addEventListener('load', done, { once: true }));
        parent.appendChild(element);
        return loaded;
      };
      await link('own', 'stylesheet', sheets['first']!);
      await link('preloaded', 'preload', sheets['late']!);
      await link('inner', 'stylesheet', sheets['second']!, root);
    });
    await share(source, stage);
    await untilLooks(stage, 'p', 'margin-top', ['1px']);
    await source.evaluate(() => {
      const { sheets } = globalThis as typeof globalThis & { sheets: Record<string, string> };
      document.querySelector<HTMLLinkElement>('#own')!.href = sheets['second']!;
      document.querySelector<HTMLLinkElement>('#preloaded')!.rel = 'stylesheet';
    });
    await untilLooks(stage, 'p', 'margin-top', ['2px']);
    await untilLooks(stage, 'p', 'margin-left', ['3px']);
    const inRoot = (document: Document) => {
      const inner = document.querySelector('#host')!.shadowRoot!.querySelector('p')!;
      return document.defaultView!.getComputedStyle(inner).marginTop;
    };
    expect(await sameLook(source, stage, inRoot)).toBe('2px');
    await close();
  });
});

test.each([
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('what has the focus in %s looks like it in %s, where nothing has it', async (from, to) => {
  const head = `<style>
    nav > ul, x-menu:not(:focus-within) { display: none } nav:focus-within > ul { display: block }
    button:focus { margin-top: 3px } button:focus-visible { margin-left: 4px }
    .dark\\:focus\\:ring:focus { margin-right: 5px } .dark\\:focus { margin-right: 9px }
  </style>`;
  const body =
    '<nav><button id="menu" class="dark:focus:ring">Menu</button><ul><li>Entry</li></ul></nav><x-host></x-host>' +
    '<p><button id="other" class="dark:focus:ring">Other</button></p>';
  const { source, stage, close } = await openPair(lab, { from, to }, body, { head });
  await source.evaluate(() => {
    const root = document.querySelector('x-host')!.attachShadow({ mode: 'open' });
    root.innerHTML = '<style>div:focus-within{left:6px}</style><div><button id="deep">Deep</button></div>';
  });
  await share(source, stage);
  await sameAs(source, stage);
  const lookOf = (document: Document) => {
    const deep = document.querySelector('x-host')!.shadowRoot!.querySelector('div')!;
    const styleOf = (element: Element) => document.defaultView!.getComputedStyle(element);
    return [
      styleOf(document.querySelector('ul')!).display,
      ...['#menu', '#other'].map((id) => {
        const { marginTop, marginLeft, marginRight } = styleOf(document.querySelector(id)!);
        return [marginTop, marginLeft, marginRight];
      }),
      styleOf(deep).left,
    ];
  };
  await source.bringToFront();
  await source.click('#menu');
  expect(await sameLook(source, stage, lookOf)).toMatchObject(['block', ['3px', '0px', '5px'], {}, 'auto']);
  await source.keyboard.press('Tab');
  expect(await sameLook(source, stage, lookOf)).toMatchObject(['none', {}, {}, '6px']);
  await source.keyboard.press('Tab');
  expect(await sameLook(source, stage, lookOf)).toMatchObject(['none', {}, ['3px', '4px', '5px'], 'auto']);
  await source.evaluate(() => document.querySelector<HTMLElement>('#other')!.blur());
  await sameLook(source, stage, lookOf);
  await sameAs(source, stage);
  expect(await stage.evaluate(() => document.activeElement?.localName)).toBe('body');
  await close();
});

test.each(['chrome', 'firefox'] as const)('a page is as dark in %s as the customer sees it', async (to) => {
  const body = `<p>Text</p><iframe srcdoc="<meta name=color-scheme content='light dark'><p>In a frame</p>"></iframe>`;
  const head =
    '<meta name="color-scheme" content="light dark">' +
    '<style>@media (prefers-color-scheme: dark) { p { margin-top: 3px } }</style>';
  const { source, stage, close } = await openPair(lab, { from: 'chrome', to }, body, { head });
  const lookOf = (document: Document) => {
    const texts = [document, document.querySelector('iframe')!.contentDocument!].map((at) => at.querySelector('p')!);
    const dark = texts.map(
      (text) => text.ownerDocument.defaultView!.matchMedia('(prefers-color-scheme: dark)').matches,
    );
    const { marginTop } = document.defaultView!.getComputedStyle(texts[0]!);
    // By default a browser writes white on black, or black on white; how white is its own affair.
    const light = texts.map((text) => /(?:25[0-5]|, 24\d)/.test(document.defaultView!.getComputedStyle(text).color));
    return { dark, marginTop, light };
  };
  await share(source, stage);
  await sameAs(source, stage);
  for (const value of ['dark', 'light', 'dark']) {
    await source.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    const look = await sameLook(source, stage, lookOf);
    expect(look).toMatchObject({ marginTop: value === 'dark' ? '3px' : '16px' });
  }
  await close();
});
