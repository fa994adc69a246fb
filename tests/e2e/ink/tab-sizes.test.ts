import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { showsScreen } from '../harness/media.ts';
import { press } from '../harness/queries.ts';
import { type Bitmap, readPng } from '../overlay/read-png.ts';
import { openCall } from './pair.ts';
import { placeOf } from './see-ink.ts';

const SCREEN = 'Carla Customer screen';
const VIOLET = [131, 71, 201] as const;
/** A dot of the thickest pen is well within. */
const NEARBY_PX = 40;

/** The middle of what is violet around a place, CSS pixels. */
function dotNear({ width, height, at }: Bitmap, ratio: number, place: { x: number; y: number }) {
  let [count, sumX, sumY] = [0, 0, 0];
  const from = { x: Math.round((place.x - NEARBY_PX) * ratio), y: Math.round((place.y - NEARBY_PX) * ratio) };
  for (let y = Math.max(0, from.y); y < Math.min(height, from.y + 2 * NEARBY_PX * ratio); y += 1)
    for (let x = Math.max(0, from.x); x < Math.min(width, from.x + 2 * NEARBY_PX * ratio); x += 1) {
      if (at(x, y).some((value, channel) => Math.abs(value - (VIOLET[channel] ?? 0)) > 10)) continue;
      count += 1;
      sumX += x + 0.5;
      sumY += y + 0.5;
    }
  return count < 4 ? null : { x: sumX / count / ratio, y: sumY / count / ratio };
}

async function dot(page: Page, x: number, y: number): Promise<void> {
  const place = await placeOf(page, SCREEN, x, y);
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  await page.mouse.up();
}

test.each([1, 2])(
  'a dot on the picture of a shared tab is in its place in the page, within 2 px, at three sizes; pixel ratio %i',
  async (ratio) => {
    const { expert, customer } = await openCall('chrome', 'chrome', {
      customer: { args: [`--force-device-scale-factor=${ratio}`] },
    });
    const pages = await customer.person.launched.browser.pages();
    const shop = pages.find((page) => page.url().endsWith('/shop'));
    if (shop === undefined) throw new Error('The shop is not open');
    await press(customer.page, 'button', 'Options');
    await press(customer.page, 'menuitem', 'Share this tab');
    await showsScreen(expert.page, SCREEN);
    await press(expert.page, 'button', 'Annotate');
    await press(expert.page, 'button', 'Keep ink');
    await press(expert.page, 'button', 'Colour');
    await press(expert.page, 'menuitemradio', 'Violet');

    const session = await shop.createCDPSession();
    const { windowId } = await session.send('Browser.getWindowForTarget');
    for (const [width, height] of [
      [1_000, 700],
      [1_280, 900],
      [820, 640],
    ] as const) {
      await session.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
      const size = await waitFor('a picture of the new size', async () => {
        const inner = await shop.evaluate(() => ({ width: innerWidth, height: innerHeight }));
        const shown = await expert.page.evaluate((label) => {
          const videos = [...document.querySelectorAll('video')].filter((each) => each.ariaLabel === label);
          return { width: videos[0]?.videoWidth ?? 0, height: videos[0]?.videoHeight ?? 1 };
        }, SCREEN);
        if (Math.abs(shown.width / shown.height - inner.width / inner.height) < 0.02) return inner;
        throw new Error(`The page is ${JSON.stringify(inner)}, the picture ${JSON.stringify(shown)}`);
      });
      await dot(expert.page, 0.3, 0.4);
      // The newest one has the name beside it.
      await dot(expert.page, 0.8, 0.8);
      const wanted = { x: 0.3 * size.width, y: 0.4 * size.height };
      const found = await waitFor('the dot in the page', async () => {
        const bitmap = readPng(await shop.screenshot());
        const both = [wanted, { x: 0.8 * size.width, y: 0.8 * size.height }].map((place) =>
          dotNear(bitmap, bitmap.width / size.width, place),
        );
        return both.includes(null) ? null : both[0];
      });
      expect(Math.hypot((found?.x ?? 0) - wanted.x, (found?.y ?? 0) - wanted.y)).toBeLessThanOrEqual(2);
      await press(expert.page, 'button', 'Clear mine');
    }
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
