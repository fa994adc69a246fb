import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullBucket, takeToken } from '../../../lib/desk/token-bucket.ts';

const RULE = { capacity: 5, perSecond: 5 / 60 };

function drain(times: readonly number[]): number {
  let bucket = fullBucket(RULE, times[0] ?? 0);
  let taken = 0;
  for (const at of times) {
    const result = takeToken(bucket, RULE, at);
    bucket = result.bucket;
    if (result.allowed) taken += 1;
  }
  return taken;
}

test('lets a burst through and then one every twelve seconds', () => {
  expect(drain([0, 0, 0, 0, 0, 0, 0])).toBe(5);
  expect(drain([0, 0, 0, 0, 0, 0, 11_999])).toBe(5);
  expect(drain([0, 0, 0, 0, 0, 0, 12_001])).toBe(6);
});

test('never lets more through than the burst and what time has refilled', () => {
  const times = fc.array(fc.nat(600_000), { minLength: 1, maxLength: 200 }).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(times, (list) => {
      const lastedSeconds = ((list.at(-1) ?? 0) - (list[0] ?? 0)) / 1_000;
      return drain(list) <= RULE.capacity + lastedSeconds * RULE.perSecond + 1e-6;
    }),
  );
});

test('a clock that goes back refills nothing', () => {
  expect(drain([1_000_000, 0, 1_000_000, 0, 1_000_000, 0, 1_000_000])).toBe(5);
});
