import { test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { createScene } from '../harness/scene.ts';
import { cutLinks } from '../harness/seat.ts';
import { serve } from '../mirror/lab/serve.ts';
import { ROOT } from '../../../scripts/tools/steps.ts';
import { movingGif } from '../../fakes/moving-picture.ts';
import { findColour, readPng } from '../overlay/read-png.ts';
import { readMirror, startCobrowse } from './mirror-window.ts';
import { ACROSS, openShareScene } from './share-scene.ts';

/** More than one wish may name, and some that are far larger than what a channel takes at once. */
const SMALL = 600;
const LARGE = 12;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><link rel="icon" href="data:,">
<p>Full of pictures</p>
<script>
  for (let index = 0; index < ${SMALL}; index += 1) {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h' + index + 'v9z"/></svg>';
    document.body.append(Object.assign(new Image(), { src: 'data:image/svg+xml,' + encodeURIComponent(svg) }));
  }
  const context = new OffscreenCanvas(480, 480).getContext('2d');
  const noise = context.createImageData(480, 480);
  (async () => {
    for (let index = 0; index < ${LARGE}; index += 1) {
      for (let at = 0; at < noise.data.length; at += 16384) crypto.getRandomValues(noise.data.subarray(at, at + 16384));
      for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
      context.putImageData(noise, 0, 0);
      const src = URL.createObjectURL(await context.canvas.convertToBlob());
      document.body.append(Object.assign(new Image(48, 48), { src }));
    }
    document.body.append(document.createElement('footer'));
  })();
</script>`;

/** The page is shared, and its mirror is there, if not all of its pictures. */
async function openPictures([browser, expertBrowser]: (typeof ACROSS)[number], html: string) {
  const scene = createScene();
  const site = await serve(ROOT, { '/pictures': html });
  scene.onLeave(() => site.close());
  const { expert, customer, shop: page } = await openShareScene(browser, { expert: expertBrowser, scene });
  await page.goto(`${site.origin}/pictures`);
  await page.waitForSelector('footer');
  await pressIcon(customer.person, page);
  return { customer, window: await startCobrowse(expert, customer) };
}

async function sharePictures(browsers: (typeof ACROSS)[number]) {
  const { customer, window } = await openPictures(browsers, PAGE);
  const seen = (isEnough: (count: number) => boolean) =>
    waitFor('pictures', async () => {
      const count = await readMirror(
        window,
        (document) => [...document.querySelectorAll('img')].filter(({ naturalWidth }) => naturalWidth > 0).length,
      );
      if (count !== null && isEnough(count)) return true;
      throw new Error(`${count} seen`);
    });
  return { customer, seen };
}

test.each(ACROSS)('a page in %s that is full of pictures is seen with all of them in %s', async (...browsers) => {
  const { seen } = await sharePictures(browsers);
  await seen((count) => count === SMALL + LARGE);
});

test('pictures that were on their way on a link that broke are seen on the next', async () => {
  const { customer, seen } = await sharePictures(ACROSS[0]);
  await seen((count) => count > 0);
  await cutLinks(customer);
  await seen((count) => count === SMALL + LARGE);
});

const base64 = Buffer.from(movingGif()).toString('base64');
const MOVING = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><link rel="icon" href="data:,">
<body style="margin:0"><img src="data:image/gif;base64,${base64}" width="400" height="300"><footer>End</footer>`;

test.each(ACROSS)('a picture that moves in %s moves in its mirror in %s', async (...browsers) => {
  const { window } = await openPictures(browsers, MOVING);
  const seen = new Set<string>();
  await waitFor('both frames to be seen', async () => {
    const shot = readPng(await window.screenshot());
    for (const [name, colour] of Object.entries({ red: [255, 0, 0], blue: [0, 0, 255] } as const)) {
      if ((findColour(shot, colour)?.count ?? 0) > 1_000) seen.add(name);
    }
    return seen.size === 2 || null;
  });
});
