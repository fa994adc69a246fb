/**
 * CSS as it may leave: without comments, addresses and hidden words. Rules are never taken away, because later events
 * count them. Strings are kept where style sheets need them (fonts, selectors, grid areas) and masked where they would
 * show or carry text (`content`, custom properties). Safety of what is left is the receiver's affair (css-sanitise.ts).
 */
import type { AssetRegister } from './assets-register.ts';
import { unescapeCss } from './css-scan.ts';
import { isTelling, looksGenerated, scrubText, TEXT_MASK } from './masking-text.ts';

export interface CssMasking {
  readonly assets: AssetRegister;
  /** What relative addresses are relative to. */
  readonly base: string;
  /** A name of our own for one of the page's that tells too much, the same for the same. */
  readonly ownName: (name: string) => string;
}

const TOKEN =
  /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*(?:"|(?=\n)|$)|'(?:[^'\\\n]|\\[^])*(?:'|(?=\n)|$)|url\(\s*(?:"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|(?:[^()\\]|\\[^])*)\s*\)|@import\b(?:[^;"']|"[^"]*"|'[^']*')*(?:;|$)|#[\w-]{13,}/gi;
const NEEDS_WORK = /\/\*|["']|url\(|@import|--|#[\w-]{13}/i;
/** rrweb marks the borders of a style element's text nodes by it. */
const SPLIT = '/* rr_split */';
const STRING_PROPERTIES =
  /^(?:font|font-family|src|grid|grid-template|grid-template-areas|grid-area|quotes|syntax|font-feature-settings|font-variation-settings|font-language-override|unicode-range|will-change|-webkit-locale|format|descriptors)$/i;
/** Custom properties that hold names of fonts are called so. */
const FONTS = /^--.*(?:font|famil|typeface)/i;
/** A drawn line (`path()`). */
const PATH_DATA = /^\s*m[\s.,+-]*\d[\s\d.,+-]*(?:[lhvcsqta][\s.,+-]*\d[\s\d.,+-]*|z\s*)*$/i;
/** An icon, a bullet, a quote: what `content` may show as it is. */
const MAX_SHOWN_LETTERS = 3;

/** A style sheet, some rules, or declarations. */
export function maskCss(css: string, masking: CssMasking): string {
  if (!NEEDS_WORK.test(css)) return css;
  const masked = css.replace(TOKEN, (token: string, offset: number) => maskToken(token, css, offset, masking));
  return oneSource(masked.includes('--') ? maskCustomProperties(masked) : masked);
}

/** Of a font in several formats all browsers of today take WOFF2; the others would be read and sent for nothing. */
const oneSource = (css: string): string =>
  css.replace(/@font-face\s*\{[^}]*/gi, (rule) =>
    rule.replace(/(\bsrc\s*:)([^;]*)/gi, (whole, name: string, list: string) => {
      const sources = list.split(/,(?![^(]*\))/);
      const best = sources.find((source) => /format\(\s*["']?woff2/i.test(source));
      return best === undefined
        ? whole
        : name + sources.filter((each) => each === best || /\blocal\(/i.test(each)).join();
    }),
  );

/** One declaration's value. */
export function maskCssValue(property: string, value: string, masking: CssMasking): string {
  const prefix = `${property}:`;
  return maskCss(prefix + value, masking).slice(prefix.length);
}

function maskToken(token: string, css: string, offset: number, masking: CssMasking): string {
  if (token.startsWith('/*')) return token === SPLIT ? token : '';
  if (token[0] === '@') return '@media not all{}';
  if (token[0] === '#') return `#${maskId(token.slice(1), masking)}`;
  const context = contextOf(css, offset);
  if (token[0] === '"' || token[0] === "'") return maskString(token, context);
  const address = unquote(token.slice(4, -1).trim());
  if (address === '') return token;
  const [page, id = ''] = address.split('#');
  if (id !== '' && (page === '' || page === masking.base.split('#')[0])) {
    const kept = maskId(id, masking);
    return kept === id && page === '' ? token : /^[\w.:-]+$/.test(kept) ? `url("#${kept}")` : 'url("")';
  }
  const name = masking.assets.nameOf(address, masking.base, context.isFontFace ? 'font' : 'image');
  return name === null ? 'url("")' : `url("${name}")`;
}

/** What is referred to by its id: a marker, a gradient, an element of a style rule. */
export const maskId = (id: string, { ownName }: Pick<CssMasking, 'ownName'>): string =>
  isTelling(id) ? ownName(id) : id;

interface Context {
  /** '' inside a selector or a prelude. */
  readonly property: string;
  readonly isFontFace: boolean;
}

/** The declaration around `offset`, found by looking back; a declaration's beginning may be this far away. */
const LOOK_BACK = 2_000;

function contextOf(css: string, offset: number): Context {
  const from = Math.max(0, offset - LOOK_BACK);
  const before = css.slice(from, offset);
  const start = Math.max(before.lastIndexOf('{'), before.lastIndexOf('}'), before.lastIndexOf(';')) + 1;
  const name = /^\s*([\w-]+)\s*:/.exec(before.slice(start))?.[1] ?? '';
  const property = SHOWN_PROPERTY.test(name) || !isSelector(css, offset) ? name : '';
  const block = before.lastIndexOf('{');
  return { property, isFontFace: property.toLowerCase() === 'src' && /@font-face\s*$/i.test(before.slice(0, block)) };
}

/** Their values may hold anything, a block too. */
const SHOWN_PROPERTY = /^(?:--|content$)/i;
const STRUCTURE = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|\/\*[^]*?(?:\*\/|$)|[{};]/g;

/** A block begins after it: what looks like a declaration (`input:not([type='radio'])`) is a selector. */
function isSelector(css: string, offset: number): boolean {
  STRUCTURE.lastIndex = offset;
  for (let found = STRUCTURE.exec(css); found !== null; found = STRUCTURE.exec(css)) {
    if (/^[{};]/.test(found[0])) return found[0] === '{';
  }
  return false;
}

function maskString(token: string, { property }: Context): string {
  const quote = token[0] ?? '"';
  const inside = token.slice(1, token.length > 1 && token.endsWith(quote) ? -1 : undefined);
  const text = unescapeCss(inside);
  if (property === '' || STRING_PROPERTIES.test(property) || FONTS.test(property)) {
    return isTelling(text) ? `${quote}${quote}` : token;
  }
  const plain = text.replace(/\.\d+/g, '');
  if (PATH_DATA.test(text) && scrubText(plain) === plain) return token;
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters > MAX_SHOWN_LETTERS ? `${quote}${TEXT_MASK}${quote}` : token;
}

const unquote = (text: string): string => unescapeCss(/^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text);

/** Words in a custom property that look generated; names of other custom properties in var() are not words. */
const maskCustomProperties = (css: string): string =>
  css.replace(/(--[\w-]+\s*:)([^;{}]{16,})/g, (whole: string, name: string, value: string) => {
    const masked = value
      .split(NO_WORDS)
      .map((part, index) => (index % 2 === 1 ? part : maskWords(part)))
      .join('');
    return masked === value ? whole : name + masked;
  });

/** The name of an asset is of our own making, and a fraction no number of anything. */
const NO_WORDS = /(url\("asset:[a-f\d]{64}"\)|(?<![\d.])\d*\.\d+(?![\d.]))/;

const maskWords = (text: string): string =>
  scrubText(text).replace(/(?<![\w-])(?!--)[\w+/=-]{16,}/g, (word) => (looksGenerated(word) ? 'none' : word));
