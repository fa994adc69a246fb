import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { collectFacts, type FactSources, factsFromLink, withoutQuery } from '../../../lib/engine/collect-facts.ts';
import { Facts } from '../../../lib/protocol/desk-messages.ts';
import { MAX_FACT_CHARS } from '../../../lib/protocol/limits.ts';

const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
const SOURCES: FactSources = {
  userAgent: `${LINUX} Chrome/156.0.0.0 Safari/537.36`,
  language: 'de-DE',
  timeZone: 'Europe/Berlin',
  screen: { width: 1_920, height: 1_080 },
  pixelRatio: 1.25,
};

const valueOf = (sources: Partial<FactSources>, key: string) =>
  collectFacts({ ...SOURCES, ...sources }).find((fact) => fact.key === key)?.value;

test.each([
  ['Chrome 156', 'Linux', SOURCES.userAgent],
  ['Firefox 153', 'Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'],
  [
    'Edge 155',
    'Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36 Edg/155.0.0.0',
  ],
  [
    'Opera 120',
    'Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36 OPR/120.0.0.0',
  ],
  [
    'Safari 19',
    'macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  ],
  [
    'Safari 19',
    'iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome 150',
    'Android 12',
    'Mozilla/5.0 (Linux; Android 12; RealWear HMT-1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Chrome 156',
    'ChromeOS',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  ],
  [undefined, undefined, 'curl/8.0'],
  [undefined, undefined, ''],
])('%s on %s', (browser, system, userAgent) => {
  expect(valueOf({ userAgent }, 'browser')).toBe(browser);
  expect(valueOf({ userAgent }, 'system')).toBe(system);
});

describe('what is told about this side', () => {
  test('names language, time zone, screen and network as the browser does', () => {
    const facts = collectFacts({ ...SOURCES, connection: { effectiveType: '4g', type: 'wifi' } });
    expect(Object.fromEntries(facts.map(({ key, value }) => [key, value]))).toMatchObject({
      ...{ language: 'de-DE', timeZone: 'Europe/Berlin', screen: '1920 × 1080 @ 1.25', network: 'wifi' },
    });
    expect(valueOf({ connection: { effectiveType: '4g' } }, 'network')).toBe('4g');
  });

  test('leaves out what is not known, instead of saying so', () => {
    expect(collectFacts(SOURCES).map(({ key }) => key)).toEqual([
      'browser',
      'system',
      'language',
      'timeZone',
      'screen',
    ]);
    expect(collectFacts({ ...SOURCES, page: { title: '', address: 'about' } })).toHaveLength(5);
  });

  test('gives the address of the page without its query and fragment', () => {
    const page = { title: 'Checkout', address: 'https://shop.example/pay?card=4111#token=s3cret' };
    expect(valueOf({ page }, 'pageAddress')).toBe('https://shop.example/pay');
    expect(JSON.stringify(collectFacts({ ...SOURCES, page }))).not.toMatch(/4111|s3cret/);
  });

  test('fits what the other side accepts, however long a title is', () => {
    const page = { title: 'x'.repeat(10 * MAX_FACT_CHARS), address: `https://shop.example/${'y'.repeat(5_000)}` };
    expect(v.safeParse(Facts, collectFacts({ ...SOURCES, page })).success).toBe(true);
  });
});

test.each([
  ['https://shop.example/a/b?q=1#f', 'https://shop.example/a/b'],
  ['http://127.0.0.1:9000/shop', 'http://127.0.0.1:9000/shop'],
  ['https://user:pass@shop.example/x', 'https://shop.example/x'],
  // What a page of another kind is called is nobody's business; that it is one explains an empty picture.
  ['file:///home/carla/taxes.pdf', 'file:'],
  ['chrome-extension://abcdef/secret.html?x=1', 'chrome-extension:'],
  ['data:text/html,<h1>secret</h1>', 'data:'],
  ['about:blank', 'about:'],
  ['not an address', ''],
  ['', ''],
])('%s is told as “%s”', (address, told) => {
  expect(withoutQuery(address)).toBe(told);
});

describe('facts in a link', () => {
  test('are its attributes, by names that a person can read', () => {
    expect(factsFromLink('?site=Hall%20B&machine=P-204')).toEqual([
      { key: 'site', value: 'Hall B', source: 'link' },
      { key: 'machine', value: 'P-204', source: 'link' },
    ]);
  });

  test('are bounded, and names that could be something else are left out', () => {
    expect(factsFromLink('?__proto__=1&<b>=2&1x=3&ok=&fine=4')).toEqual([{ key: 'fine', value: '4', source: 'link' }]);
    const many = Array.from({ length: 100 }, (_, n) => `key${n}=${'x'.repeat(2 * MAX_FACT_CHARS)}`).join('&');
    const facts = factsFromLink(`?${many}`);
    expect(facts).toHaveLength(20);
    expect(v.safeParse(Facts, facts).success).toBe(true);
  });
});
