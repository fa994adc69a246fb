/** `capacity` is the burst that is let through at once, `perSecond` what is let through for good. */
export interface BucketRule {
  readonly capacity: number;
  readonly perSecond: number;
}

export interface Bucket {
  readonly tokens: number;
  /** When `tokens` was counted, epoch ms. */
  readonly at: number;
}

export const fullBucket = (rule: BucketRule, now: number): Bucket => ({ tokens: rule.capacity, at: now });

/** What is in the bucket at `now`. A clock that went back refills nothing. */
export function refill(bucket: Bucket, rule: BucketRule, now: number): Bucket {
  const gained = (Math.max(0, now - bucket.at) / 1_000) * rule.perSecond;
  return { tokens: Math.min(rule.capacity, bucket.tokens + gained), at: Math.max(now, bucket.at) };
}

/** Takes one token, or answers `allowed: false` and takes nothing. */
export function takeToken(bucket: Bucket, rule: BucketRule, now: number): { bucket: Bucket; allowed: boolean } {
  const filled = refill(bucket, rule, now);
  if (filled.tokens < 1) return { bucket: filled, allowed: false };
  return { bucket: { ...filled, tokens: filled.tokens - 1 }, allowed: true };
}
