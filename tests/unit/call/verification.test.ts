import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toVerificationCode, verificationText } from '../../../lib/call/verification.ts';

const end = fc.record({ fingerprint: fc.string(), nonce: fc.string() });

test('both ends hash the same text, and another certificate or nonce makes another text', () => {
  fc.assert(
    fc.property(end, end, end, (mine, theirs, stranger) => {
      expect(verificationText([mine, theirs])).toBe(verificationText([theirs, mine]));
      fc.pre(stranger.nonce !== theirs.nonce && stranger.nonce !== mine.nonce);
      expect(verificationText([mine, stranger])).not.toBe(verificationText([mine, theirs]));
    }),
  );
});

test.each([
  [new Uint8Array(32), ['1000', '1000', '1000']],
  [new Uint8Array(32).fill(255), ['9191', '9191', '9191']],
  [Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a), ['1582', '5441', '8245']],
])('three numbers of four digits', (digest, code) => {
  expect(toVerificationCode(digest)).toEqual(code);
});
