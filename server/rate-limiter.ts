import { fullBucket, refill, takeToken, type Bucket, type BucketRule } from '../lib/desk/token-bucket.ts';
import type { Clock } from '../lib/shared/clock.ts';

export interface RateLimiter {
  allows(key: string): boolean;
  /** Forgets keys that are back at full. */
  sweep(): void;
}

/** One token bucket for each key, e.g. a network address. */
export function createRateLimiter(rule: BucketRule, clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    allows(key) {
      const now = clock.now();
      const { bucket, allowed } = takeToken(buckets.get(key) ?? fullBucket(rule, now), rule, now);
      buckets.set(key, bucket);
      return allowed;
    },
    sweep() {
      for (const [key, bucket] of buckets)
        if (refill(bucket, rule, clock.now()).tokens >= rule.capacity) buckets.delete(key);
    },
  };
}
