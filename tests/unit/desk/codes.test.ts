import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrom, judgeCode } from '../../../lib/desk/codes.ts';

test('a code is nine digits, leading zeros included', () => {
  expect(codeFrom(0)).toBe('000000000');
  expect(codeFrom(0.000_000_042_5)).toBe('000000042');
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (unit) =>
      /^\d{9}$/.test(codeFrom(unit)),
    ),
  );
});

test.each([
  ['an unknown one', undefined, 'unknown-code'],
  ['an open one', { expiresAt: 10, usedBy: null }, 'first'],
  ['an old one', { expiresAt: 9, usedBy: null }, 'expired-code'],
  ["somebody else's", { expiresAt: 10, usedBy: 'eve' }, 'used-code'],
  ["one's own again", { expiresAt: 10, usedBy: 'carl' }, 'again'],
])('%s', (_, code, outcome) => {
  const judged = judgeCode(code, 'carl', 9);
  expect(judged.ok ? judged.value : judged.reason).toBe(outcome);
});
