import { fail, ok, type Result } from '../../lib/shared/result.ts';

/** A string, a comment, or a comma that only closes a list: whichever begins first. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*[\]}])/g;

/** JSON with comments and trailing commas. Never throws; `detail` says where it went wrong. */
export function parseJsonc(text: string): Result<unknown, 'not-json'> {
  // Blanks instead of nothing, so that positions in messages stay true.
  const plain = text.replace(TOKEN, (token) => (token.startsWith('"') ? token : token.replace(/[^\n]/g, ' ')));
  try {
    return ok(JSON.parse(plain));
  } catch (error) {
    return fail('not-json', error instanceof Error ? error.message : undefined);
  }
}
