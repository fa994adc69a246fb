import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconnectDelayMs } from '../../../lib/desk/reconnect-delay.ts';

test('at once, then ever slower up to five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => reconnectDelayMs(attempt, 0))).toEqual([
    ...[0, 300, 1_200, 2_700, 5_000, 5_000, 5_000],
  ]);
});

test('jitter adds up to half', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const bare = reconnectDelayMs(attempt, 0);
      const delayMs = reconnectDelayMs(attempt, random);
      return delayMs >= bare && delayMs <= bare * 1.5;
    }),
  );
});
