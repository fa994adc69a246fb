import type en from '../../public/_locales/en/messages.json';

type English = typeof en;

/** Every key that exists, typed from the English catalogue. */
export type MessageKey = keyof English;

/** Keys that come in plural forms: `x_one`, `x_other` and, where a language has them, `x_zero`, `x_two`, `x_few`, `x_many`. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

/** The placeholders of a message: `$NAME$` in its text is `name` here. */
export type MessageValues<K extends MessageKey> = English[K] extends { placeholders: infer P }
  ? { readonly [N in keyof P]: string | number }
  : Readonly<Record<string, never>>;

/** One file of `public/_locales`, in the WebExtension format. */
export type Catalogue = Readonly<Record<string, { readonly message: string }>>;

export const LOCALES = ['en', 'de', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

export const isLocale = (value: string): value is Locale => LOCALES.some((locale) => locale === value);
