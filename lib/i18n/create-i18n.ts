import en from '../../public/_locales/en/messages.json';
import type { Catalogue, Locale, MessageKey, MessageValues, PluralKey } from './catalogue.ts';
import { createFormat, type Format } from './create-format.ts';

type Values = Readonly<Record<string, string | number>>;

export interface I18n {
  readonly locale: Locale;
  readonly dir: 'ltr' | 'rtl';
  readonly format: Format;
  /** The text for `key`; values are put in as text, never as markup. */
  t<K extends MessageKey>(
    key: K,
    ...values: MessageValues<K> extends Readonly<Record<string, never>> ? [] : [MessageValues<K>]
  ): string;
  /** The plural form that fits `count`, which is put in as `$COUNT$`. */
  plural(key: PluralKey, count: number, values?: Values): string;
  /** For keys that arrive as data (a notice); null when there is no such text. */
  lookUp(key: string, values: Values): string | null;
}

const ENGLISH: Catalogue = en;

/** Builds the texts and formats of one language. A key that `catalogue` lacks is shown in English. */
export function createI18n(locale: Locale, catalogue: Catalogue): I18n {
  const format = createFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const isRtl = locale === 'ar';

  const find = (key: string): string | null => {
    if (Object.hasOwn(catalogue, key)) return catalogue[key]?.message ?? null;
    return Object.hasOwn(ENGLISH, key) ? (ENGLISH[key]?.message ?? null) : null;
  };
  const fill = (text: string, values: Values): string =>
    text.replaceAll(/\$([A-Za-z0-9_@]+)\$/g, (whole, name: string) => {
      const value = values[name.toLowerCase()];
      if (value === undefined) return whole;
      if (typeof value === 'number') return format.number(value);
      // A Latin name inside Arabic text must not pull its neighbours to the wrong side.
      return isRtl ? `\u2068${value}\u2069` : value;
    });

  return {
    locale,
    dir: isRtl ? 'rtl' : 'ltr',
    format,
    t: (key, ...[values]) => fill(find(key) ?? key, values ?? {}),
    plural(key, count, values = {}) {
      const text = find(`${key}_${rules.select(count)}`) ?? find(`${key}_other`) ?? key;
      return fill(text, { ...values, count });
    },
    lookUp(key, values) {
      const text = find(key);
      return text === null ? null : fill(text, values);
    },
  };
}
