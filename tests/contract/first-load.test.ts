import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildIfChanged } from '../../scripts/tasks/build.ts';
import { ROOT } from '../../scripts/tools/steps.ts';
import { firstLoadBytes } from '../bench/first-load.ts';

beforeAll(() => buildIfChanged(), 120_000);

/** Bytes, gzip. The panel is opened many times a day; the guest page is opened once, over any network there is. */
test.each([
  ['chrome/sidepanel.html', 60_000],
  ['firefox/sidepanel.html', 60_000],
  ['guest/index.html', 120_000],
])('%s waits for no more than %i bytes', async (page, budget) => {
  expect(await firstLoadBytes(join(ROOT, '.output', page))).toBeLessThanOrEqual(budget);
});
