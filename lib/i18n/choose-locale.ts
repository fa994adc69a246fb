import { isLocale, type Locale } from './catalogue.ts';

/** The chosen language, or else the first of the browser's `preferred` ones that has a catalogue, or English. */
export function chooseLocale(chosen: 'auto' | Locale, preferred: readonly string[]): Locale {
  if (chosen !== 'auto') return chosen;
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (isLocale(language)) return language;
  }
  return 'en';
}
