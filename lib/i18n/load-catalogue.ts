import en from '../../public/_locales/en/messages.json';
import type { Catalogue, Locale } from './catalogue.ts';

/** English is always at hand; the others are fetched when they are wanted, so that nobody downloads what they can't read. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case 'en':
      return en;
    case 'de':
      return (await import('../../public/_locales/de/messages.json')).default;
    case 'ar':
      return (await import('../../public/_locales/ar/messages.json')).default;
  }
}
