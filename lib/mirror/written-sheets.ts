/** Comparing costs about as much as the browser's own reading of the sheet. */
const MAX_CHARS = 1_000_000;

/**
 * Whether `text` is what a sheet was made of and all that is in it. Browsers lose what a shorthand of variables was, where
 * a part of it is set anew after it (`margin: var(--m); margin-left: 0`): such rules can only be told by their text.
 */
export function isWholeSheet(text: string, sheet: CSSStyleSheet | null): boolean {
  if (sheet === null || text.length > MAX_CHARS || /@import/i.test(text)) return false;
  try {
    const again = new CSSStyleSheet();
    again.replaceSync(text);
    return rulesOf(again) === rulesOf(sheet);
  } catch {
    // It is of another site, or of another realm.
    return false;
  }
}

/** Addresses in them may be made absolute. */
const rulesOf = (sheet: CSSStyleSheet): string =>
  Array.from(sheet.cssRules, (rule) => rule.cssText.replace(/url\([^)]*\)/g, '')).join('\n');
