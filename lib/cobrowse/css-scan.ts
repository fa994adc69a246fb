/**
 * Just enough of CSS Syntax 3 §4 to find every place where a style sheet can name an address. Each function takes the
 * text and a position and tells where the construct ends, exactly as a browser's tokenizer would.
 */

/** Ends (exclusive) of an identifier with escapes, or `start` when none begins there. */
export function scanName(css: string, start: number): number {
  NAME.lastIndex = start;
  return NAME.test(css) ? NAME.lastIndex : start;
}

/**
 * A run of ASCII name characters and valid escapes (a backslash before anything but a line break). Other letters end a
 * name here: browsers differ on which of them belong to one, and a `url` too many does no harm.
 */
const NAME = /(?:[-\w]|\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n0-9a-fA-F]))+/y;

const SPACE = /[ \t\n]*/y;
export function scanSpace(css: string, start: number): number {
  SPACE.lastIndex = start;
  SPACE.test(css);
  return SPACE.lastIndex;
}

/** Past the end of a comment that begins at `start`; the end of the text when it is never closed. */
export function scanComment(css: string, start: number): number {
  const end = css.indexOf('*/', start + 2);
  return end < 0 ? css.length : end + 2;
}

export interface ScannedString {
  /** Past the closing quote, or where a line break or the end of the text cut it off. */
  readonly end: number;
  readonly closed: boolean;
  /** Unescaped. */
  readonly value: string;
}

export function scanString(css: string, start: number): ScannedString {
  const quote = css[start];
  let i = start + 1;
  while (i < css.length) {
    const c = css[i];
    if (c === quote) return { end: i + 1, closed: true, value: unescapeCss(css.slice(start + 1, i)) };
    if (c === '\n') break;
    i += c === '\\' ? 2 : 1;
  }
  const end = Math.min(i, css.length);
  return { end, closed: false, value: unescapeCss(css.slice(start + 1, end)) };
}

/** The rest of `url(` without quotes, up to and with its `)`; `start` is the first character of the address. */
export function scanBareUrl(css: string, start: number): { readonly end: number; readonly value: string } {
  let i = start;
  while (i < css.length && css[i] !== ')') i += css[i] === '\\' ? 2 : 1;
  const end = Math.min(i, css.length);
  return { end: Math.min(end + 1, css.length), value: unescapeCss(css.slice(start, end).trim()) };
}

/** Past the `)` that closes a function whose arguments begin at `start`; brackets, strings and comments are respected. */
export function scanArguments(css: string, start: number): number {
  return scanUntil(css, start, (c, depth) => c === ')' && depth === 0);
}

/** Past the end of an at-rule whose prelude begins at `start`: its `;` or its block, or a `}` that is not its own. */
export function scanAtRule(css: string, start: number): number {
  let opened = false;
  const end = scanUntil(css, start, (c, depth) => {
    if (depth === 0 && c === '{') opened = true;
    return (depth === 0 && (c === ';' || c === '}')) || (opened && depth === 1 && c === '}');
  });
  // A foreign `}` closes a block around the rule and must stay.
  return css[end - 1] === '}' && !opened ? end - 1 : end;
}

function scanUntil(css: string, start: number, isEnd: (c: string, depth: number) => boolean): number {
  let depth = 0;
  let i = start;
  while (i < css.length) {
    const c = css[i] ?? '';
    if (c === '"' || c === "'") {
      i = scanString(css, i).end;
      continue;
    }
    if (c === '/' && css[i + 1] === '*') {
      i = scanComment(css, i);
      continue;
    }
    if (isEnd(c, depth)) return i + 1;
    if (c === '(' || c === '[' || c === '{') depth += 1;
    else if (c === ')' || c === ']' || c === '}') depth = Math.max(0, depth - 1);
    i += c === '\\' ? 2 : 1;
  }
  return css.length;
}

export function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-9a-f]{1,6})[ \t\n]?|\n|([^]))/giu, (_, hex?: string, char?: string) => {
    if (hex === undefined) return char ?? '';
    const code = Number.parseInt(hex, 16);
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
  });
}

/** A CSS string in double quotes that reads back as `value`, and in which nothing looks like a comment. */
export const quoteCss = (value: string): string =>
  `"${value.replace(/["\\\n\r\f\0]|\/(?=\*)/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
