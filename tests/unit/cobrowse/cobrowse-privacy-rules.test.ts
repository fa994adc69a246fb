import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAssetRegister } from '../../../lib/cobrowse/assets-register.ts';
import { safeAddress } from '../../../lib/cobrowse/masking-address.ts';
import { maskAttribute } from '../../../lib/cobrowse/masking-attributes.ts';
import { maskCss } from '../../../lib/cobrowse/masking-css.ts';
import { createSelectorAttributes } from '../../../lib/cobrowse/selector-attributes.ts';
import { readDirectives } from '../../../lib/cobrowse/masking-directives.ts';
import { type FieldFacts, secretOfField } from '../../../lib/cobrowse/masking-fields.ts';
import { secretOfFrame } from '../../../lib/cobrowse/masking-frames.ts';
import { looksGenerated, maskText, maskValue, scrubText } from '../../../lib/cobrowse/masking-text.ts';
import { matchesPages, type PrivacyRule, privacyOf } from '../../../lib/cobrowse/privacy-rules.ts';

const field = (facts: Partial<FieldFacts>): FieldFacts => ({
  tag: 'input',
  type: 'text',
  name: '',
  id: '',
  autocomplete: '',
  placeholder: '',
  ariaLabel: '',
  title: '',
  inputMode: '',
  maxLength: '',
  label: '',
  isNearCard: false,
  ...facts,
});

/** Made by a drawing library, and as telling as a key. */
const LONG_ID = 'mermaid-1795988203827_flowchart-v2-pointEnd';

describe('fields that are never shown', () => {
  test.each([
    [{ type: 'password' }, 'password'],
    [{ type: 'PASSWORD' }, 'password'],
    [{ type: 'hidden' }, 'hidden'],
    [{ type: 'file' }, 'file'],
    [{ autocomplete: 'section-a billing cc-number' }, 'payment'],
    [{ autocomplete: 'CC-CSC' }, 'payment'],
    [{ autocomplete: 'one-time-code' }, 'code'],
    [{ autocomplete: 'username webauthn' }, 'password'],
    [{ autocomplete: 'bday-year' }, 'personal'],
    [{ tag: 'select', autocomplete: 'sex' }, 'personal'],
    [{ name: 'user[password_confirmation]' }, 'password'],
    [{ id: 'cardNumber' }, 'payment'],
    [{ name: 'cc_num' }, 'payment'],
    [{ label: 'CVV' }, 'payment'],
    [{ placeholder: 'IBAN' }, 'payment'],
    [{ label: 'Kreditkartennummer' }, 'payment'],
    [{ label: 'Sozialversicherungsnummer' }, 'identity'],
    [{ ariaLabel: 'Social Security Number' }, 'identity'],
    [{ name: 'passportNo' }, 'identity'],
    [{ label: 'TAN' }, 'code'],
    [{ label: 'Enter your 2FA code' }, 'code'],
    [{ name: 'apiKey' }, 'token'],
    [{ name: 'csrf_token' }, 'token'],
    [{ tag: 'textarea', name: 'secret-note' }, 'token'],
    [{ inputMode: 'numeric', maxLength: '3', isNearCard: true }, 'payment'],
  ] as const)('%o: %s', (facts, secret) => {
    expect(secretOfField(field(facts))).toBe(secret);
  });

  test.each([
    [{ name: 'passengers' }],
    [{ label: 'Compass course' }],
    [{ name: 'firstName', autocomplete: 'given-name' }],
    [{ label: 'Pinterest profile' }],
    [{ name: 'spinner' }],
    [{ label: 'City', autocomplete: 'address-level2' }],
    [{ label: 'Number of guests', inputMode: 'numeric', maxLength: '3' }],
    [{ type: 'submit', name: 'password-save' }],
  ] as const)('%o may be shown in assist mode', (facts) => {
    expect(secretOfField(field(facts))).toBeNull();
  });
});

describe('text', () => {
  test.each([
    ['Card 4111 1111 1111 1111 exp', 'Card •••• •••• exp'],
    ['4111-1111-1111-1111', '•••• ••••'],
    ['378282246310005', '•••• ••••'],
    ['5555\u00a05555\u00a05555\u00a04444', '•••• ••••'],
    ['Pay to DE89 3704 0044 0532 0130 00 today', 'Pay to •••• •••• today'],
    ['gb82west12345698765432', '•••• ••••'],
    ['SSN 078-05-1120', 'SSN •••• ••••'],
    ['key sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'key ▒▒▒▒▒▒'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '▒▒▒▒▒▒'],
  ])('%s', (text, masked) => {
    expect(scrubText(text)).toBe(masked);
  });

  test.each([
    'Order 4111111111111112',
    '2026-11-20 10:20:30.123',
    'Call +49 30 901820',
    'ISBN 978-3-16-148410-0',
    '1700000000000',
    '12 345 678 90 12 34',
    'DE12 is no IBAN',
  ])('%s is left alone', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  test('masks have one shape, whatever they stand for', () => {
    const some = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(fc.property(some, some, (a, b) => maskText(a) === maskText(b) && maskValue(a) === maskValue(b)));
  });

  test('any card number, grouped in any way, is found', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 17 });
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('', ' ', '-', '\u00a0', '. '),
        fc.integer({ min: 2, max: 6 }),
        (list, gap, size) => {
          const number = withCheckDigit(`4${list.join('')}`);
          const text = (number.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(gap);
          expect(scrubText(`No. ${text}!`)).toBe('No. •••• ••••!');
        },
      ),
    );
  });

  test.each(['a8f5f167f44f4964e6c998dee827110c', 'Zm9vYmFyMTIzNDU2Nzg5MA', 'AbC123dEf456GhI789', '12345678901234567'])(
    '%s looks generated',
    (word) => expect(looksGenerated(word)).toBe(true),
  );
  test.each(['navigation-bar-item-active', 'internationalisation', 'col-12', 'ButtonPrimary', 'var'])(
    '%s does not',
    (word) => expect(looksGenerated(word)).toBe(false),
  );
});

describe('addresses', () => {
  test.each([
    ['https://a.example/b?token=1#x', 'https://a.example/b'],
    ['https://user:pw@a.example/b', 'https://a.example/b'],
    ['/c?d', 'https://base.example/c'],
    ['https://a.example/reset/a8f5f167f44f4964e6c998dee827110c/now', 'https://a.example/reset/~/now'],
    ['https://a.example/u/ann%40mail.example/', 'https://a.example/u/~/'],
    ['https://a.example/p;jsessionid=1A2B/q', 'https://a.example/p/q'],
    ['javascript:alert(1)', ''],
    ['data:text/html,secret', ''],
    ['mailto:ann@mail.example', ''],
    ['blob:https://a.example/123', ''],
    ['about:blank', 'about:blank'],
    ['file:///home/ann/secret.html', 'file://'],
    ['http://[', ''],
  ])('%s becomes "%s"', (address, safe) => {
    expect(safeAddress(address, 'https://base.example/')).toBe(safe);
  });

  test('no query and no hash ever comes through', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        (url) => !/[?#@]/.test(safeAddress(url)),
      ),
    );
  });

  test.each([
    ['https://js.stripe.com/v3/elements-inner-card.html', 'payment'],
    ['https://checkoutshopper-live.adyen.com/x', 'payment'],
    ['https://bank.example/3ds2/challenge', 'payment'],
    ['https://newassets.hcaptcha.com/c', 'captcha'],
    ['https://www.google.com/recaptcha/api2/anchor', 'captcha'],
    ['https://www.google.com/maps/embed', null],
    ['https://notstripe.com/', null],
    ['about:blank', null],
  ])('frame %s: %s', (address, secret) => {
    expect(secretOfFrame(address)).toBe(secret);
  });
});

describe('style sheets', () => {
  const assets = createAssetRegister('salt');
  const masking = { assets, base: 'https://a.example/css/', ownName: () => 'g1' };
  const asset = (address: string) => assets.nameOf(address, masking.base, 'image');

  test.each([
    ['a{color:red}', 'a{color:red}'],
    ['/* secret */a{color:red}', 'a{color:red}'],
    ['a{}/* rr_split */b{}', 'a{}/* rr_split */b{}'],
    ['a::before{content:"Hello Ann"}', 'a::before{content:"▒▒▒▒▒▒"}'],
    ['a::before{content:"\\f101"}', 'a::before{content:"\\f101"}'],
    ['a::after{content:"»"}', 'a::after{content:"»"}'],
    ['[data-state="open"]{x:y}', '[data-state="open"]{x:y}'],
    ["input:not([type='radio'], [type='checkbox']){x:y}", "input:not([type='radio'], [type='checkbox']){x:y}"],
    [':root{--api:"top secret" {}}', ':root{--api:"▒▒▒▒▒▒" {}}'],
    ['p{font-family:"Open Sans"}', 'p{font-family:"Open Sans"}'],
    [':root{--api:"top secret"}', ':root{--api:"▒▒▒▒▒▒"}'],
    [':root{--key:a8f5f167f44f4964e6c998dee827110c}', ':root{--key:none}'],
    [
      ':root{--gap:calc(var(--very-long-name-of-a-space-1) * 2)}',
      ':root{--gap:calc(var(--very-long-name-of-a-space-1) * 2)}',
    ],
    ['@import url("x.css?token=1");a{}', '@media not all{}a{}'],
    ['a{--height: 1.5714285714285714}', 'a{--height: 1.5714285714285714}'],
    ['a{--n: 4111111111111111}', 'a{--n: •••• ••••}'],
    ['a{--n: 4111.1111.1111.1111}', 'a{--n: •••• ••••}'],
    [`a{--p:path('M 0 8 A 4 4 0 0 0 2.8 6.8 L-1,2z')}`, `a{--p:path('M 0 8 A 4 4 0 0 0 2.8 6.8 L-1,2z')}`],
    [`a{--p:'M4111111111111111'}`, `a{--p:'▒▒▒▒▒▒'}`],
    [`a{--p:'M Secret 1'}`, `a{--p:'▒▒▒▒▒▒'}`],
    ['a{--font-sans:"Inter Variable",serif}', 'a{--font-sans:"Inter Variable",serif}'],
    [`a{--x-family:var(--y,'Awesome Free')}`, `a{--x-family:var(--y,'Awesome Free')}`],
    ['a{--font:"9f8e7d6c5b4a39281706f5e4d3c2b1a0"}', 'a{--font:""}'],
    ['a{background:url(#grad)}', 'a{background:url(#grad)}'],
    [`a{fill:url("https://a.example/css/#grad")}`, `a{fill:url("#grad")}`],
    [`a{fill:url(https://a.example/css/#a'b)}`, `a{fill:url("")}`],
    [`a{fill:url('#${LONG_ID}')}`, `a{fill:url("#g1")}`],
    [
      `#${LONG_ID} > #${LONG_ID}, #a-long-id-of-words{color:#12345678}`,
      `#g1 > #g1, #a-long-id-of-words{color:#12345678}`,
    ],
  ])('%s', (css, masked) => {
    expect(maskCss(css, masking)).toBe(masked);
  });

  test('addresses become names of assets', () => {
    expect(maskCss("a{background:url('img.png?t=SECRET')}", masking)).toBe(
      `a{background:url("${asset('img.png?t=SECRET')}")}`,
    );
    expect(maskCss('@font-face{font-family:"F";src:url(f.woff2)format("woff2")}', masking)).toContain('url("asset:');
    expect(assets.takeNew().map(({ kind }) => kind)).toEqual(['image', 'font']);
    const font = (format: string) => `url("${assets.nameOf(`f.${format}`, masking.base, 'font')}") format("${format}")`;
    expect(
      maskCss('@font-face{src:local("F"),url(f.woff2) format("woff2"),url(f.woff) format("woff");a:b}', masking),
    ).toBe(`@font-face{src:local("F"),${font('woff2')};a:b}`);
    expect(maskCss('@font-face{src:url(f.woff) format("woff"),url(f.ttf) format("ttf")}', masking)).toBe(
      `@font-face{src:${font('woff')},${font('ttf')}}`,
    );
  });

  test('addresses in custom properties, too', () => {
    const name = asset('img.png?t=SECRET');
    expect(maskCss("a{--icon:url('img.png?t=SECRET') no-repeat}", masking)).toBe(`a{--icon:url("${name}") no-repeat}`);
    expect(maskCss('a{--key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0 url("img.png?t=SECRET")}', masking)).toBe(
      `a{--key: none url("${name}")}`,
    );
  });

  test('the other side cannot check a guess', () => {
    expect(asset('a.png')).not.toBe(createAssetRegister('pepper').nameOf('a.png', masking.base, 'image'));
  });
});

describe('attributes', () => {
  const selectors = createSelectorAttributes();
  selectors.note(
    '[data-plan=gold]{} x-a[variant="primary"],[big],[name=s]{} [onclick="steal()"],[title],[aria-expanded=true]{}',
  );
  const masking = {
    assets: createAssetRegister('salt'),
    base: 'https://a.example/',
    selectors,
    ownName: () => 'g1',
  };
  const mask = (tag: string, name: string, value: string) =>
    maskAttribute({ tag, isSvg: tag === 'path' }, name, value, masking);

  test.each([
    ['div', 'class', 'card active', 'card active'],
    ['div', 'class', 'a8f5f167f44f4964e6c998dee827110c x', 'x'],
    ['div', 'id', 'main', 'main'],
    ['path', 'width', '65.76667022705078px', '65.76667022705078px'],
    ['path', 'width', '4111111111111111', null],
    ['use', 'href', '#icon', '#icon'],
    ['use', 'href', `#${LONG_ID}`, '#g1'],
    ['path', 'marker-end', `url(#${LONG_ID})`, 'url("#g1")'],
    ['div', 'id', 'session-a8f5f167f44f4964e6c998dee827110c', 'g1'],
    ['div', 'title', 'Secret', ''],
    ['div', 'alt', 'Secret', null],
    ['img', 'alt', 'Ann at the beach', null],
    ['input', 'placeholder', 'Your PIN 4321', ' '],
    ['input', 'aria-label', 'Secret', null],
    ['div', 'data-user', 'ann', null],
    ['div', 'data-state', 'open', null],
    ['div', 'aria-expanded', 'true', 'true'],
    ['body', 'text', 'navy', 'navy'],
    ['x-label', 'text', 'Ann', null],
    ['mo', 'stretchy', 'false', 'false'],
    ['math', 'display', 'block', 'block'],
    ['div', 'stretchy', 'false', null],
    ['div', 'data-plan', 'gold', 'gold'],
    ['div', 'data-plan', 'silver', null],
    ['x-a', 'variant', 'primary', 'primary'],
    ['x-a', 'variant', 'Ann', null],
    ['x-a', 'big', '', ''],
    ['x-a', 'big', 'Ann', ''],
    ['slot', 'name', 'footer', 'footer'],
    ['slot', 'name', 'a8f5f167f44f4964e6c998dee827110c', null],
    ['form', 'name', 's', 's'],
    ['form', 'name', 'ann', null],
    ['div', 'data-v-7ba5bd90', '', ''],
    ['div', 'onclick', 'steal()', null],
    ['a', 'href', 'https://a.example/p?token=1', 'https://a.example/p'],
    ['use', 'href', '#icon', '#icon'],
    ['form', 'action', '/pay?s=1', null],
    ['iframe', 'srcdoc', '<p>secret', null],
    ['path', 'd', 'M0 0L1 1', 'M0 0L1 1'],
    ['li', 'value', '3', '3'],
    ['td', 'colspan', '2', '2'],
    ['div', 'style', 'color:red;background:url(#a)', 'color:red;background:url(#a)'],
    ['meta', 'content', 'token', null],
    ['meta', 'content', 'dark light', 'dark light'],
    ['meta', 'name', 'color-scheme', 'color-scheme'],
    ['meta', 'name', 'csrf', null],
  ])('<%s %s="%s">: %s', (tag, name, value, masked) => {
    expect(mask(tag, name, value)).toBe(masked);
  });
});

describe('marks of sites', () => {
  test.each([
    [{ 'data-cobrowse': 'hide' }, 'hide', false],
    [{ 'data-cobrowse': 'mask no-control' }, 'mask', true],
    [{ 'data-cobrowse': 'allow' }, 'allow', false],
    [{ 'data-cobrowse': 'no-control' }, null, true],
    [{ class: 'x rr-block y' }, 'hide', false],
    [{ class: 'rr-mask' }, 'mask', false],
    [{ class: 'ph-no-capture' }, 'hide', false],
    [{ class: 'fs-unmask' }, 'allow', false],
    [{ surfly_private: '' }, 'mask', false],
    [{ 'data-dd-privacy': 'hidden' }, 'hide', false],
    [{ 'data-openreplay-obscured': '' }, 'mask', false],
    [{ 'data-cobrowse': 'allow', class: 'sentry-mask' }, 'mask', false],
    [{ class: 'my-rr-blocker' }, null, false],
  ])('%o', (attributes, sight, noControl) => {
    expect(readDirectives(attributes)).toEqual({ sight, noControl });
  });
});

describe('rules for pages', () => {
  test.each([
    ['https://shop.example/account/*', 'https://shop.example/account/orders', true],
    ['https://shop.example/account/*', 'https://shop.example/account/orders/1', false],
    ['https://shop.example/account/**', 'https://shop.example/account/orders/1', true],
    ['https://*.example/**', 'https://shop.example/', true],
    ['https://shop.example/', 'https://shop.example/any/where', true],
    ['https://shop.example/a', 'https://shopXexample/a', false],
    ['*://bank.example/**', 'http://bank.example/x', true],
  ])('%s on %s: %s', (pages, address, matches) => {
    expect(matchesPages(pages, address)).toBe(matches);
  });

  test('the desk can make a page stricter, never looser', () => {
    const assist = { pages: '**', mode: 'assist' as const, mask: ['.a'] };
    const strict = { pages: '**', mode: 'strict' as const, hide: ['.b'] };
    const of = (own: readonly PrivacyRule[], desk: readonly PrivacyRule[]) =>
      privacyOf('https://a.example/', { own, desk, siteMode: null });
    expect(of([assist], [strict])).toEqual({ mode: 'strict', hide: ['.b'], mask: ['.a'], allow: [] });
    expect(of([strict], [assist]).mode).toBe('strict');
    expect(of([], [assist]).mode).toBe('strict');
    expect(of([assist], []).mode).toBe('assist');
    // Only the customer's own rules show more.
    const shows = { pages: '**', allow: ['.c'] } as const;
    expect(of([shows], []).allow).toEqual(['.c']);
    expect(of([], [shows]).allow).toEqual([]);
  });
});

function withCheckDigit(digits: string): string {
  for (let check = 0; check < 10; check += 1) {
    const number = `${digits}${check}`;
    const sum = [...number].toReversed().reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    if (sum % 10 === 0) return number;
  }
  return digits;
}
