import { codeFrom, judgeCode } from '../../lib/desk/codes.ts';
import { fullBucket, takeToken, refill, type Bucket, type BucketRule } from '../../lib/desk/token-bucket.ts';
import { CODE_GUESSES_PER_MINUTE, CODE_TTL_MS } from '../../lib/protocol/limits.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import type { Database } from '../store/database.ts';
import { createCodes, type CodeRow } from '../store/codes.ts';

const GUESS_RULE: BucketRule = { capacity: CODE_GUESSES_PER_MINUTE, perSecond: CODE_GUESSES_PER_MINUTE / 60 };

export interface CodeDesk {
  /** A new code; the person's older ones stop working. */
  create(personId: string, scenarioId: string): { code: string; expiresAt: number };
  cancel(personId: string, code: string): boolean;
  /** Counts every wrong guess, by person and by address. */
  look(
    code: string,
    guesser: { readonly personId: string; readonly address: string },
  ): Result<CodeRow, 'too-many-guesses' | 'unknown-code' | 'used-code' | 'expired-code'>;
  use(code: string, personId: string, sessionId: string): void;
  sweep(): void;
}

export function createCodeDesk(db: Database, clock: Clock): CodeDesk {
  const codes = createCodes(db);
  const guesses = new Map<string, Bucket>();

  function spend(key: string): boolean {
    const { bucket, allowed } = takeToken(bucketOf(key), GUESS_RULE, clock.now());
    guesses.set(key, bucket);
    return allowed;
  }
  const bucketOf = (key: string) => guesses.get(key) ?? fullBucket(GUESS_RULE, clock.now());
  const isSpent = (key: string) => refill(bucketOf(key), GUESS_RULE, clock.now()).tokens < 1;

  return {
    create(personId, scenarioId) {
      codes.cancel(personId);
      const expiresAt = clock.now() + CODE_TTL_MS;
      for (;;) {
        const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
        const code = codeFrom(random / 2 ** 32);
        if (codes.add(code, { personId, scenarioId, expiresAt })) return { code, expiresAt };
      }
    },
    cancel: (personId, code) => codes.cancel(personId, code) > 0,
    look(code, { personId, address }) {
      const keys = [`person ${personId}`, `address ${address}`];
      if (keys.some(isSpent)) return fail('too-many-guesses');
      const row = codes.find(code);
      const judged = judgeCode(row, personId, clock.now());
      if (judged.ok && row !== undefined) return ok(row);
      keys.forEach(spend);
      return judged.ok ? fail('unknown-code') : judged;
    },
    use: (code, personId, sessionId) => codes.use(code, personId, sessionId),
    sweep() {
      codes.forget(clock.now());
      for (const [key, bucket] of guesses)
        if (refill(bucket, GUESS_RULE, clock.now()).tokens >= GUESS_RULE.capacity) guesses.delete(key);
    },
  };
}
