import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Catalogue, type Locale, LOCALES } from '../../lib/i18n/catalogue.ts';
import { chooseLocale } from '../../lib/i18n/choose-locale.ts';
import { createI18n } from '../../lib/i18n/create-i18n.ts';
import { loadCatalogue } from '../../lib/i18n/load-catalogue.ts';

interface Entry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

const FORM = /_(zero|one|two|few|many|other)$/;
const read = async (locale: Locale) => Object.entries((await loadCatalogue(locale)) as Readonly<Record<string, Entry>>);
const stem = (key: string): string => key.replace(FORM, '');
const names = (text: string): string[] =>
  [...text.matchAll(/\$([A-Za-z0-9_@]+)\$/g)].map(([, name]) => (name ?? '').toLowerCase());

describe.each(LOCALES)('the %s catalogue', (locale) => {
  it('has the same messages as the English one', async () => {
    const keys = new Set((await read(locale)).map(([key]) => stem(key)));
    const english = new Set((await read('en')).map(([key]) => stem(key)));
    expect([...keys].filter((key) => !english.has(key))).toEqual([]);
    expect([...english].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('has every plural form that its language needs', async () => {
    const entries = await read(locale);
    const plurals = new Set(
      entries
        .map(([key]) => key)
        .filter((key) => FORM.test(key))
        .map(stem),
    );
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const missing = [...plurals].flatMap((key) =>
      needed.map((form) => `${key}_${form}`).filter((form) => !entries.some(([key]) => key === form)),
    );
    expect(missing).toEqual([]);
  });

  it('declares its placeholders, and uses those of the English message', async () => {
    const english = new Map(await read('en'));
    const wrong = (await read(locale)).filter(([key, { message, placeholders = {} }]) => {
      const used = names(message);
      const base = english.get(key) ?? english.get(`${stem(key)}_other`);
      const isDeclared = used.every((name) => Object.hasOwn(placeholders, name));
      const isSame = Object.entries(placeholders).every(
        ([name, { content }]) => used.includes(name) && base?.placeholders?.[name]?.content === content,
      );
      // A plural form may say its number in words; any other message uses all values.
      const isWhole = FORM.test(key) || names(base?.message ?? '').every((name) => used.includes(name));
      return !(isDeclared && isSame && isWhole);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves no message empty and none in English by oversight', async () => {
    const english = new Map(await read('en'));
    const long = (text: string) => text.split(' ').length > 3;
    const wrong = (await read(locale)).filter(
      ([key, { message }]) =>
        message.trim() === '' ||
        (locale !== 'en' && long(message) && message === english.get(key)?.message && !message.startsWith('$')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('texts', () => {
  const build = async (locale: Locale) => createI18n(locale, await loadCatalogue(locale));

  it('puts values in as they are', async () => {
    const { t } = await build('en');
    expect(t('incomingFrom', { name: '$NAME$ <b>' })).toBe('Incoming call from $NAME$ <b>');
    expect(t('close')).toBe('Close');
  });

  it('shows a message in English that a catalogue lacks, and knows which keys there are', () => {
    const empty: Catalogue = {};
    const { t, lookUp } = createI18n('de', empty);
    expect(t('close')).toBe('Close');
    expect(lookUp('close', {})).toBe('Close');
    expect(lookUp('toString', {})).toBeNull();
    expect(lookUp('noSuchKey', {})).toBeNull();
  });

  it.each([
    ['en', 1, '1 person is waiting'],
    ['en', 2, '2 people are waiting'],
    ['de', 1, '1 Person wartet'],
    ['ar', 2, 'شخصان ينتظران'],
    ['ar', 3, '3 أشخاص ينتظرون'],
    ['ar', 11, '11 شخصًا ينتظرون'],
  ] as const)('counts in %s: %i', async (locale, count, text) => {
    expect((await build(locale)).plural('waitingCount', count)).toBe(text);
  });

  it('keeps a name in its own direction inside Arabic', async () => {
    const i18n = await build('ar');
    expect(i18n.dir).toBe('rtl');
    expect(i18n.t('calling', { name: 'Marta' })).toContain('\u2068Marta\u2069');
  });

  it.each([
    [0, '00:00'],
    [252_000, '04:12'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [-5, '00:00'],
  ])('writes %i ms as a timer', async (durationMs, text) => {
    expect((await build('en')).format.timer(durationMs)).toBe(text);
  });

  it.each([
    [20_000, '20 sec'],
    [100_000, '1 min 40 sec'],
    [1_440_000, '24 min'],
    [7_500_000, '2 hr 5 min'],
  ])('writes %i ms in words', async (durationMs, text) => {
    expect((await build('en')).format.duration(durationMs)).toBe(text);
  });
});

it.each([
  [20_000, '20 sec'],
  [100_000, '1 min'],
  [7_500_000, '2 hr'],
])('writes %i ms roughly', async (durationMs, text) => {
  expect(createI18n('en', await loadCatalogue('en')).format.roughly(durationMs)).toBe(text);
});

describe('choosing a language', () => {
  it.each([
    ['auto', ['de-AT', 'en'], 'de'],
    ['auto', ['fr', 'ar-EG'], 'ar'],
    ['auto', ['fr'], 'en'],
    ['auto', [], 'en'],
    ['en', ['de'], 'en'],
  ] as const)('%s with %j is %s', (chosen, preferred, locale) => {
    expect(chooseLocale(chosen, preferred)).toBe(locale);
  });
});

it('has a text for every notice that the engine shows', async () => {
  const english = new Set((await read('en')).map(([key]) => key));
  const keys = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [...readFileSync(`lib/${path}`, 'utf8').matchAll(/'(notice[A-Z]\w+)'/g)].map(([, key]) => key ?? ''),
    );
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !english.has(key))).toEqual([]);
});
