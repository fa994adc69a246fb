import { beforeAll, expect, test } from 'vitest';
import { buildIfChanged } from '../../scripts/tasks/build.ts';
import { contentScriptBytes } from '../bench/content-script-bytes.ts';

/** What a shared page has to take in at once; every further frame of another site takes it again. */
const BUDGET = 60_000;

beforeAll(() => buildIfChanged(), 120_000);

test.each(['chrome', 'firefox'] as const)('recorder and agent stay small, %s', async (browser) => {
  const sizes = await Promise.all(['recorder', 'agent'].map((name) => contentScriptBytes(browser, name)));
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(BUDGET);
});
