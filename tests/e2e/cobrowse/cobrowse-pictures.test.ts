import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../scripts/tools/steps.ts';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { press } from '../harness/queries.ts';
import { createScene } from '../harness/scene.ts';
import { serve } from '../mirror/lab/serve.ts';
import { mirrorShows, readMirror, windowOf } from './mirror-window.ts';
import { openShareScene } from './share-scene.ts';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>
<link rel="icon" href="data:,">
<style>
  @font-face { font-family: Served; src: url(/components/fonts/inter-latin.woff2) }
  p { font-family: Served }
</style>
<p>In a font of its own</p>
<img src="PIXELS" width="32" height="32" alt="">
<img src="/server/pages/icon.svg" width="32" height="32" alt="">
<canvas width="80" height="40"></canvas>
<script>
  const context = document.querySelector('canvas').getContext('2d');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 80, 40);
</script>`;

/** Of each picture how wide it is by itself, and of each font its name and state. */
const shownIn = (document: Document) => ({
  pictures: [...document.querySelectorAll('img')].map(({ naturalWidth }) => naturalWidth > 0),
  fonts: [...document.fonts].map(({ family, status }) => `${family.replaceAll('"', '')} ${status}`),
});

test.each(['chrome', 'firefox'] as const)('pictures, a font and a canvas of a page in %s are seen', async (browser) => {
  const scene = createScene();
  const pixels = (await readdir(join(ROOT, 'public/icon'))).find((name) => name.endsWith('.png'));
  const site = await serve(ROOT, { '/pictures': PAGE.replace('PIXELS', `/public/icon/${pixels}`) });
  scene.onLeave(() => site.close());
  const { expert, customer, shop: page } = await openShareScene(browser, {}, scene);
  await page.goto(`${site.origin}/pictures`);
  await pressIcon(customer.person, page);

  await press(expert.page, 'button', 'Options');
  await press(expert.page, 'menuitem', 'Start co-browse');
  await press(customer.page, 'button', 'Allow');
  const window = await windowOf(expert);
  await mirrorShows(window, 'In a font of its own');
  await waitFor('all of them', async () => {
    const shown = await readMirror(window, shownIn);
    const isAll = shown?.pictures.length === 3 && shown.pictures.every(Boolean) && shown.fonts.includes('Served loaded');
    if (isAll) return true;
    throw new Error(JSON.stringify(shown));
  });
  // By way of the customer alone: what the page holds may be behind their login.
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
