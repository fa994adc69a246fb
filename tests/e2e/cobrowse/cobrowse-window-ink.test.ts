import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { press } from '../harness/queries.ts';
import { onEngine } from '../harness/seat.ts';
import { readPng } from '../overlay/read-png.ts';
import { mirrorShows, placeInMirror, pressInMirror, startCobrowse } from './mirror-window.ts';
import { ACROSS, openShareScene } from './share-scene.ts';

const VIOLET = [131, 71, 201] as const;
/** What all is drawn at, CSS px. */
const BOX = { left: 300, top: 300, width: 200, height: 90 } as const;
const CLOSE_PX = 3;

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Where the ink on a page begins, CSS px. Its end is no measure: an author's name stands there. Null without ink. */
async function inkOn(page: Page): Promise<Corner | null> {
  const bitmap = readPng(await page.screenshot());
  const ratio = bitmap.width / (await page.evaluate(() => innerWidth));
  const isInk = (x: number, y: number) =>
    bitmap.at(x, y).every((value, channel) => Math.abs(value - (VIOLET[channel] ?? 0)) <= 10);
  let [left, top] = [Infinity, Infinity];
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      if (!isInk(x, y)) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
    }
  }
  return left === Infinity ? null : { x: left / ratio, y: top / ratio };
}

const noInkOn = (page: Page): Promise<true> =>
  waitFor('no ink in the page', async () => (await inkOn(page)) === null || null);

const scaleOf = (window: Page): Promise<number> =>
  window.evaluate(() => {
    const mirror = document.querySelector('iframe')?.contentDocument?.querySelector<HTMLElement>('#mirror');
    return Number(mirror?.style.getPropertyValue('--scale'));
  });

/** Waits until the page has ink where the mirror has it, told from the box that it was drawn at; px of the page. */
function sameInk(window: Page, shop: Page, selector = '#box'): Promise<Corner> {
  return waitFor('the same ink in the page and in the mirror', async () => {
    const [there, here, middle, scale] = await Promise.all([
      inkOn(shop),
      inkOn(window),
      placeInMirror(window, selector),
      scaleOf(window),
    ]);
    const box = await cornerOf(shop, selector);
    if (there === null || here === null) throw new Error(`Seen: ${JSON.stringify([there, here])}`);
    const inPage = { x: there.x - box.x, y: there.y - box.y };
    const inMirror = {
      x: (here.x - middle.x) / scale + BOX.width / 2,
      y: (here.y - middle.y) / scale + BOX.height / 2,
    };
    if (Math.hypot(inPage.x - inMirror.x, inPage.y - inMirror.y) <= CLOSE_PX) return inPage;
    throw new Error(`Seen: ${JSON.stringify([inPage, inMirror])}`);
  });
}

const cornerOf = (page: Page, selector: string): Promise<Corner> =>
  page.evaluate((selector) => {
    const { x, y } = document.querySelector(selector)?.getBoundingClientRect() ?? { x: 0, y: 0 };
    return { x, y };
  }, selector);

/** Puts the pen down left above the box, and leads it into the box. */
async function leadPen(window: Page): Promise<void> {
  const [{ x, y }, scale] = await Promise.all([placeInMirror(window, '#box'), scaleOf(window)]);
  await window.mouse.move(x - 140 * scale, y - 75 * scale);
  await window.mouse.down();
  await window.mouse.move(x + 60 * scale, y + 20 * scale, { steps: 8 });
}
const STARTS = { x: BOX.width / 2 - 140, y: BOX.height / 2 - 75 };

describe.each(ACROSS)('a customer in %s, an expert in %s', (browser, expertBrowser) => {
  test('sees what is drawn in the window where it was drawn, and it goes as it came', async () => {
    const { expert, customer, shop } = await openShareScene(browser, { expert: expertBrowser });
    await shop.evaluate((box) => {
      document.documentElement.style.scrollBehavior = 'auto';
      document.body.style.minHeight = '3000px';
      const element = document.createElement('div');
      element.id = 'box';
      element.style.cssText = 'position:absolute;background:#fff;z-index:9';
      for (const [side, length] of Object.entries(box)) element.style.setProperty(side, `${length}px`);
      // The rest of the page is a few pixels narrower where scroll bars take room.
      const ground = document.createElement('div');
      ground.style.cssText = 'position:absolute;left:100px;top:200px;width:500px;height:220px;z-index:8';
      const row = document.createElement('div');
      row.style.cssText =
        'position:absolute;left:40px;top:420px;width:max-content;background:#fff;z-index:9;font:30px sans-serif';
      row.innerHTML = '<span data-cobrowse="mask">WWWWWWWW</span><div id="aside"></div>';
      const aside = row.querySelector<HTMLElement>('#aside');
      for (const side of ['width', 'height'] as const) aside?.style.setProperty(side, `${box[side]}px`);
      aside?.style.setProperty('display', 'inline-block');
      document.body.prepend(element, ground, row);
    }, BOX);
    const window = await startCobrowse(expert, customer);
    await mirrorShows(window, 'Crane & Kettle');
    const before = await shop.evaluate(() => document.documentElement.children.length);
    await press(window, 'radio', 'Draw on the page');
    await press(window, 'button', 'Keep ink');
    await press(window, 'button', 'Colour');
    await press(window, 'menuitemradio', 'Violet');

    // A frame round an element, which goes with the element.
    await press(window, 'radio', 'Highlight an element');
    await pressInMirror(window, '#box');
    const frame = await sameInk(window, shop);
    expect(Math.hypot(frame.x + 8, frame.y + 8)).toBeLessThan(8);
    await shop.evaluate(() => scrollTo(0, 150));
    await waitFor('the page to be scrolled in the mirror', async () => {
      const scrolled = await onEngine(expert, '(engine) => engine.cobrowse.page.peek()?.scrollY');
      return scrolled === 150 || null;
    });
    const scrolled = await sameInk(window, shop);
    expect(Math.hypot(scrolled.x - frame.x, scrolled.y - frame.y)).toBeLessThanOrEqual(CLOSE_PX);

    await press(window, 'radio', 'Draw on the page');
    await press(window, 'button', 'Undo');
    await noInkOn(shop);
    await press(window, 'button', 'Redo');
    await sameInk(window, shop);
    await press(window, 'button', 'Clear mine');
    await noInkOn(shop);

    for (const tool of ['Pen', 'Rectangle']) {
      await press(window, 'radio', tool);
      await leadPen(window);
      await sameInk(window, shop);
      await window.mouse.up();
      const { x, y } = await sameInk(window, shop);
      expect(Math.hypot(x - STARTS.x, y - STARTS.y)).toBeLessThan(10);
      await press(window, 'button', 'Clear mine');
      await noInkOn(shop);
    }
    await press(window, 'radio', 'Laser');
    await leadPen(window);
    await waitFor('the laser in the page', () => inkOn(shop));
    await window.mouse.up();
    await noInkOn(shop);

    // What is masked takes less room in the mirror: the element counts, not the place.
    await press(window, 'radio', 'Highlight an element');
    const [shifted, scale] = await Promise.all([placeInMirror(window, '#aside'), scaleOf(window)]);
    const unmasked = await placeInMirror(window, '#box');
    const [aside, box] = await Promise.all([cornerOf(shop, '#aside'), cornerOf(shop, '#box')]);
    expect(aside.x - box.x - (shifted.x - unmasked.x) / scale).toBeGreaterThan(20);
    await pressInMirror(window, '#aside');
    const round = await sameInk(window, shop, '#aside');
    expect(Math.hypot(round.x + 8, round.y + 8)).toBeLessThan(8);
    await press(window, 'radio', 'Draw on the page');
    await press(window, 'button', 'Clear mine');
    await noInkOn(shop);

    // What is still there when nothing is shown any more goes with the share.
    await press(window, 'radio', 'Rectangle');
    await leadPen(window);
    await window.mouse.up();
    await sameInk(window, shop);
    await onEngine(customer, '(engine) => engine.cobrowseShare.stop()');
    await noInkOn(shop);
    await waitFor('a page as it was', async () => {
      const now = await shop.evaluate(() => document.documentElement.children.length);
      return now < before || null;
    });
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  });
});
