import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, gone, press } from '../harness/queries.ts';
import type { Seat } from '../harness/seat.ts';
import { showsScreen } from '../harness/media.ts';
import { findColour, readPng } from '../overlay/read-png.ts';
import { openCall } from './pair.ts';
import { drag, noInkOn } from './see-ink.ts';

const VIOLET = [131, 71, 201] as const;
const GREEN = [11, 133, 119] as const;
const RED = [212, 48, 62] as const;

async function shopOf({ person }: Seat): Promise<Page> {
  const pages = await person.launched.browser.pages();
  const shop = pages.find((page) => page.url().endsWith('/shop'));
  if (shop === undefined) throw new Error('The shop is not open');
  return shop;
}

/** Where a colour is in the window of a page, CSS pixels. */
async function see(page: Page, colour: readonly [number, number, number]) {
  const bitmap = readPng(await page.screenshot());
  const found = findColour(bitmap, colour, 10);
  const ratio = bitmap.width / (await page.evaluate(() => innerWidth));
  return found === null ? null : { x: found.x / ratio, y: found.y / ratio, count: found.count };
}

/** Waits until two looks in a row see the same: a stroke's last points may come after its first were seen. */
async function seeStill(page: Page, colour: readonly [number, number, number]) {
  let last: Awaited<ReturnType<typeof see>> = null;
  return waitFor('what stands still', async () => {
    const now = await see(page, colour);
    const isStill = now !== null && now.count === last?.count && now.x === last.x && now.y === last.y;
    last = now;
    return isStill ? now : null;
  });
}

const hosts = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('[popover]').length);

test('ink in a shared tab is in the page itself, follows it, and goes with the share', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  const shop = await shopOf(customer);
  const before = await shop.evaluate(() => document.documentElement.outerHTML);
  await press(customer.page, 'button', 'Options');
  await press(customer.page, 'menuitem', 'Share this tab');
  await showsScreen(expert.page, 'Carla Customer screen');
  await waitFor('border and pill', async () => (await see(shop, GREEN)) && (await see(shop, RED)));

  await press(expert.page, 'button', 'Annotate');
  await press(expert.page, 'button', 'Keep ink');
  await press(expert.page, 'button', 'Colour');
  await press(expert.page, 'menuitemradio', 'Violet');
  await press(expert.page, 'radio', 'Ellipse');
  await drag(expert.page, 'Carla Customer screen', [0.4, 0.4, 0.6, 0.6]);
  const size = await shop.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await waitFor('ink in the page', () => see(shop, VIOLET));
  // It is in the shared picture now, so it is not painted over that as well.
  await noInkOn(expert.page, 'Carla Customer screen');
  const ink = await seeStill(shop, VIOLET);
  // The author's name, in the same colour, stands below and to the right of the end.
  expect(Math.abs(ink.x / size.width - 0.5)).toBeLessThan(0.06);
  expect(Math.abs(ink.y / size.height - 0.5)).toBeLessThan(0.06);

  await shop.evaluate(() => {
    document.documentElement.style.scrollBehavior = 'auto';
    document.body.style.minHeight = '3000px';
    scrollTo(0, 120);
  });
  const scrolled = await waitFor('ink that follows', async () => {
    const now = await see(shop, VIOLET);
    if (now !== null && Math.abs(now.y - (ink.y - 120)) <= 2) return now;
    throw new Error(`Seen ${JSON.stringify(now)}, before ${JSON.stringify(ink)}`);
  });
  expect(Math.abs(scrolled.x - ink.x)).toBeLessThanOrEqual(2);

  // A page that a script writes anew has its border again, and so has one that is loaded anew; the share goes on.
  await shop.evaluate(() => {
    document.open();
    document.write('<h1>Written anew</h1>');
    document.close();
  });
  await waitFor('the border again', () => see(shop, GREEN));
  await shop.reload();
  await waitFor('the border again', () => see(shop, GREEN));

  // The person stops it where they look.
  const stop = await waitFor('the button', () => see(shop, RED));
  await shop.mouse.click(stop.x, stop.y);
  await gone(expert.page, 'button', 'Enlarge: Carla Customer screen');
  await waitFor('nothing left', async () => ((await hosts(shop)) === 0 ? true : null));
  expect(await shop.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  await byRole(customer.page, 'button', 'Share screen');
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
