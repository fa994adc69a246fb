/**
 * Rewrites CSS from a hostile stream so that it can't name an address outside this browser: every url(), src() and
 * image-set() becomes a `blob:` or `data:` picture, a `#fragment` or `none`; @import, @namespace and bindings go.
 * A result is complete in itself (no open string, comment or url), so results may be put one after the other.
 * Everything else is passed on as it stands. reference/cobrowse.md §3.3.
 */
import { type AssetBook, assetHashOf, assetProperty, isDataFont, isDataPicture } from './asset-ref.ts';
import {
  quoteCss,
  scanArguments,
  scanAtRule,
  scanBareUrl,
  scanComment,
  scanName,
  scanSpace,
  scanString,
  unescapeCss,
} from './css-scan.ts';
import { matchStateMarks } from './state-marks.ts';

/** A text without any of these can neither name an address nor change what a later text means. */
const RISKY =
  /url\(|src\(|image(?:-set|-rect)?\(|expression\(|@(?:import|namespace|charset|font-face)|\/\*|<!--|[\\\0\r\f]/i;
const DROPPED_RULES = new Set(['import', 'namespace', 'charset']);
const PICTURE_FUNCTIONS = new Set(['src', 'image', 'image-set', '-webkit-image-set']);
/** Old ways to run code from a style sheet. */
const DROPPED_FUNCTIONS = new Set(['expression', '-moz-image-rect']);
const DROPPED_PROPERTIES = new Set(['-moz-binding', 'behavior', '-ms-behavior']);
/** rrweb marks the borders of a style element's text nodes by it. */
const SPLIT = '/* rr_split */';

/** A style sheet, a rule or a part of one. */
export function sanitiseCss(css: string, assets: AssetBook): string {
  if (css === '') return '';
  return matchStateMarks(closeSheet(css, assets));
}

function closeSheet(css: string, assets: AssetBook): string {
  if (!RISKY.test(css)) return hasOpenString(css) ? `${css}\n\n` : closeText(css);
  return closeText(rewrite(normalise(css), { assets, inFontFace: false }));
}

/** The value of one declaration, or the declarations of a `style` attribute. */
export function sanitiseCssValue(value: string, assets: AssetBook): string {
  if (!RISKY.test(value)) return value;
  return rewrite(normalise(value), { assets, inFontFace: false }).trim();
}

export const isSafeProperty = (property: string): boolean =>
  /^-{0,2}[a-z_][\w-]*$/i.test(property) && !DROPPED_PROPERTIES.has(property.toLowerCase());

interface Context {
  readonly assets: AssetBook;
  readonly inFontFace: boolean;
}

/** CSS Syntax 3 §3.3. */
const normalise = (css: string): string => css.replace(/\r\n?|\f/g, '\n').replaceAll('\0', '\ufffd');

/** Nothing that is put after `css` can join its last name. White space after a hexadecimal escape is part of it. */
const isClosed = (css: string): boolean => /[{};\s]$/.test(css) && !css.slice(-9).includes('\\');

/** Of a text without escapes. A line break ends such a string, and what comes after it is read as if there had been none. */
const hasOpenString = (css: string): boolean => /["']/.test(css.replace(/"[^"\n]*"|'[^'\n]*'/g, ''));

/** A name at the end of one text must not join the beginning of the next. */
const closeText = (css: string): string => (isClosed(css) ? css : `${css}\n\n`);

/** The next character at which something may begin that is looked into. */
const PLAIN = /[^"'/@<\\\w-]+/y;

function rewrite(css: string, context: Context): string {
  let out = '';
  let splitOwed = false;
  let i = 0;
  while (i < css.length) {
    PLAIN.lastIndex = i;
    if (PLAIN.test(css)) {
      out += css.slice(i, PLAIN.lastIndex);
      i = PLAIN.lastIndex;
      if (splitOwed && isClosed(out)) {
        out += SPLIT;
        splitOwed = false;
      }
      continue;
    }
    if (css.startsWith('/*', i)) {
      const end = scanComment(css, i);
      const isSplit = css.slice(i, end) === SPLIT;
      // The replayer cuts the text at the mark and takes it out, so it may stand only where nothing can join.
      const fits = isSplit && isClosed(out);
      out += fits ? SPLIT : '/**/';
      splitOwed ||= isSplit && !fits;
      i = end;
      continue;
    }
    const step = rewriteToken(css, i, context);
    out += step.out;
    i = step.end;
  }
  return out;
}

interface Step {
  readonly out: string;
  readonly end: number;
}

function rewriteToken(css: string, i: number, context: Context): Step {
  const c = css[i] ?? '';
  if (c === '"' || c === "'") {
    const string = scanString(css, i);
    const raw = css.slice(i, string.end);
    return { out: string.closed && !raw.includes('/*') ? raw : quoteCss(string.value), end: string.end };
  }
  if (c === '@') return rewriteAtRule(css, i, context);
  if (c === '<') return css.startsWith('<!--', i) ? { out: ' ', end: i + 4 } : { out: c, end: i + 1 };
  const nameEnd = scanName(css, i);
  // A slash, a stray backslash: a backslash alone could escape what follows.
  if (nameEnd === i) return { out: c === '\\' ? ' ' : c, end: i + 1 };
  const raw = nameAt(css, i, nameEnd);
  if (css[nameEnd] === '(') return rewriteFunction(css, raw, nameEnd + 1, context);
  return { out: raw, end: nameEnd };
}

/** A slash in a name is always escaped; where a star follows, the two would look like the beginning of the split mark. */
const nameAt = (css: string, start: number, end: number): string =>
  css[end] === '*' && css[end - 1] === '/' ? `${css.slice(start, end - 2)}\\2f ` : css.slice(start, end);

function rewriteAtRule(css: string, i: number, context: Context): Step {
  const nameEnd = scanName(css, i + 1);
  const raw = nameAt(css, i, nameEnd);
  const name = unescapeCss(raw.slice(1)).toLowerCase();
  if (DROPPED_RULES.has(name)) return { out: ' ', end: scanAtRule(css, nameEnd) };
  if (name !== 'font-face' || context.inFontFace) return { out: raw, end: Math.max(nameEnd, i + 1) };
  const end = scanAtRule(css, nameEnd);
  return { out: rewriteFontFace(css.slice(nameEnd, end), context), end };
}

/** A rule whose fonts are all here is kept; one that waits for bytes is set aside and comes back as a whole. */
function rewriteFontFace(body: string, context: Context): string {
  const missing: string[] = [];
  const probe: AssetBook = {
    addressOf(hash) {
      const address = context.assets.addressOf(hash);
      if (address === null) missing.push(hash);
      return address;
    },
    deferFont: () => {},
    deferAttribute: () => {},
    deferProperty: () => {},
  };
  const rule = `@font-face ${rewrite(body, { assets: probe, inFontFace: true })}`;
  if (missing.length === 0) return rule;
  context.assets.deferFont(`@font-face ${body}`);
  return ' ';
}

function rewriteFunction(css: string, raw: string, start: number, context: Context): Step {
  const name = unescapeCss(raw).toLowerCase();
  if (name === 'url') {
    const inside = scanSpace(css, start);
    if (css[inside] !== '"' && css[inside] !== "'") {
      const url = scanBareUrl(css, inside);
      return { out: mapAddress(url.value, context), end: url.end };
    }
    const string = scanString(css, inside);
    return { out: mapAddress(string.closed ? string.value : '', context), end: scanArguments(css, string.end) };
  }
  if (PICTURE_FUNCTIONS.has(name)) {
    const end = scanArguments(css, start);
    return { out: firstPicture(css.slice(start, end), context), end };
  }
  if (DROPPED_FUNCTIONS.has(name)) return { out: ' none ', end: scanArguments(css, start) };
  return { out: `${raw}(`, end: start };
}

/**
 * image-set() and its like take addresses as plain strings, also through var() and attr(); the first picture that is
 * named outright stands for all.
 */
function firstPicture(inside: string, context: Context): string {
  for (const match of inside.matchAll(/(?:url\(\s*)?(["'])((?:(?!\1)[^\\\n])*)\1|url\(\s*([^"'()\\\s]+)\s*\)/gi)) {
    const mapped = mapAddress(match[2] ?? match[3] ?? '', context);
    if (mapped !== NONE) return mapped;
  }
  return NONE;
}

const NONE = ' none ';

function mapAddress(address: string, { assets, inFontFace }: Context): string {
  if (/^#[\w-]+$/.test(address)) return `url(${address})`;
  if (address.startsWith('#')) return `url(${quoteCss(address)})`;
  const hash = assetHashOf(address);
  if (hash !== null) {
    const blob = assets.addressOf(hash);
    if (blob !== null) return `url(${quoteCss(blob)})`;
    if (inFontFace) return NONE;
    assets.deferProperty(hash);
    return ` var(${assetProperty(hash)},none) `;
  }
  if (inFontFace ? isDataFont(address) : isDataPicture(address)) return `url(${quoteCss(address)})`;
  return NONE;
}
