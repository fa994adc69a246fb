import { fail, ok, type Result } from '../../lib/shared/result.ts';

const COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
const TRAILING_COMMA = /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g;

/** Blanks instead of nothing, so that positions in messages stay true; strings stay what they are. */
const blank = (text: string, token: RegExp): string =>
  text.replace(token, (found) => (found.startsWith('"') ? found : found.replace(/[^\n]/g, ' ')));

/** JSON with comments and trailing commas. Never throws; `detail` says where it went wrong. */
export function parseJsonc(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(JSON.parse(blank(blank(text, COMMENT), TRAILING_COMMA)));
  } catch (error) {
    return fail('not-json', error instanceof Error ? error.message : undefined);
  }
}
