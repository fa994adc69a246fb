import { CODE_DIGITS, CODE_TTL_MS } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../shared/result.ts';

export interface OpenCode {
  readonly expiresAt: number;
  /** Who joined by it; null while nobody has. */
  readonly usedBy: string | null;
}

/** How long a spent code is remembered, so that its next user learns why it doesn't work. */
export const CODE_MEMORY_MS = 6 * CODE_TTL_MS;

/** `unit` is random in 0..1 (1 excluded). Leading zeros are part of a code. */
export const codeFrom = (unit: number): string =>
  Math.floor(unit * 10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');

/** Whether `personId` may join by this code now. The person who used it may ask again: an answer can get lost. */
export function judgeCode(
  code: OpenCode | undefined,
  personId: string,
  now: number,
): Result<'first' | 'again', 'unknown-code' | 'used-code' | 'expired-code'> {
  if (code === undefined) return fail('unknown-code');
  if (code.usedBy !== null) return code.usedBy === personId ? ok('again') : fail('used-code');
  return now < code.expiresAt ? ok('first') : fail('expired-code');
}
