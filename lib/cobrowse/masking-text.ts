/** Masks have one shape whatever they stand for, so that they tell neither length nor words. */
export const VALUE_MASK = '••••••••';
export const TEXT_MASK = '▒▒▒▒▒▒';
export const NUMBER_MASK = '•••• ••••';

/** A field's value; empty fields stay empty, so that one sees what is still to be filled in. */
export const maskValue = (value: string): string => (value === '' ? '' : VALUE_MASK);
/** A text; white space stays, because it only lays out. */
export const maskText = (text: string): string => (text.trim() === '' ? text : TEXT_MASK);

const BETWEEN_DIGITS = '[ \\u00a0\\u2007\\u2009\\u202f.\\-–·]{0,2}';
const CARD = new RegExp(`(?<!\\d)\\d(?:${BETWEEN_DIGITS}\\d){12,18}(?!\\d)`, 'g');
const IBAN = /(?<![\p{L}\d])[A-Z]{2}[ \u00a0]?\d{2}(?:[ \u00a0-]?[A-Z\d]){11,30}(?![\p{L}\d])/giu;
const SOCIAL_SECURITY = /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/g;
/** JSON Web Tokens, and key prefixes that vendors chose so that scanners find them. */
const KEYS =
  /eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|(?:sk|pk|rk)_(?:live|test)_\w{8,}|gh[opsu]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{8,}|AKIA[A-Z\d]{12,}|AIza[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** Nothing above can match a text without four digits in a row of separators, or a key's prefix. */
const MAYBE =
  /\d[^\p{L}]{0,6}\d[^\p{L}]{0,6}\d|[a-z]{2}[ \u00a0]?\d{2}|eyJ|_live_|_test_|gh[opsu]_|_pat_|glpat|xox|AKIA|AIza|PRIVATE KEY/iu;

/**
 * A page's text without what is never shown: payment card numbers (by their check digit), IBANs (by theirs), social
 * security numbers, access tokens and keys. Everything else is as it was.
 */
export function scrubText(text: string): string {
  if (text.length < 8 || !MAYBE.test(text)) return text;
  return text
    .replace(KEYS, TEXT_MASK)
    .replace(IBAN, (match) => maskIban(match))
    .replace(CARD, (match) => (hasCardNumber(match) ? NUMBER_MASK : match))
    .replace(SOCIAL_SECURITY, NUMBER_MASK);
}

/** Whether `scrubText` would find something. */
export const holdsSecretNumber = (text: string): boolean => scrubText(text) !== text;

/** The pattern may have swallowed words behind the number, so beginnings with ever fewer groups are tried. */
function maskIban(match: string): string {
  for (let end = match.length; end >= 15; end -= 1) {
    const isBetweenGroups = end === match.length || /[ \u00a0-]/.test(match[end] ?? '');
    if (isBetweenGroups && isIban(match.slice(0, end))) return NUMBER_MASK + match.slice(end);
  }
  return match;
}

function isIban(text: string): boolean {
  const compact = text.replace(/[\s\u00a0-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false;
  let remainder = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Some groups of these digits, taken whole, make 13 to 19 digits that pass the Luhn check. */
function hasCardNumber(text: string): boolean {
  const groups = text.split(/\D+/).filter(Boolean);
  for (let start = 0; start < groups.length; start += 1) {
    let digits = '';
    for (let end = start; end < groups.length && digits.length < 19; end += 1) {
      digits += groups[end] ?? '';
      if (isCardNumber(digits)) return true;
    }
  }
  return false;
}

function isCardNumber(digits: string): boolean {
  if (!/^[2-6]\d{12,18}$/.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Whether a word out of an attribute, an address or a style looks like something that was generated to be kept secret:
 * long, and a mix of letters and digits that no word is.
 */
export function looksGenerated(word: string): boolean {
  if (/^eyJ[\w-]{8,}/.test(word)) return true;
  const compact = word.replace(/[-_.~+/=%:]/g, '');
  if (compact.length < 16) return false;
  if (/^\d+$/.test(compact)) return true;
  const digits = compact.match(/\d/g)?.length ?? 0;
  const switches = compact.match(/\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return (digits >= 2 && switches >= 3) || (compact.length >= 24 && switches >= 5) || /^[a-f\d]{16,}$/i.test(compact);
}

/** Whether some of it would be masked wherever it stood. */
export const isTelling = (text: string): boolean => scrubText(text) !== text || text.split(/\s+/).some(looksGenerated);

/** Short labels in attributes: words that look generated, and words of letters and digits mixed, are masked. */
export const scrubLabel = (label: string): string =>
  scrubText(label).replace(/\S{6,}/g, (word) =>
    looksGenerated(word) || (/\p{L}/u.test(word) && /\d.*\d/.test(word)) || /\d{5,}/.test(word) ? TEXT_MASK : word,
  );
