import type { Page } from 'puppeteer';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { endServiceWorker, startServiceWorker } from '../harness/end-service-worker.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { byRole, fill, gone, hasAttribute, hasText, press } from '../harness/queries.ts';
import { createSharedScene } from '../harness/scene.ts';
import { onEngine, type Seat, shortenSilence } from '../harness/seat.ts';
import { findColour, readPng } from '../overlay/read-png.ts';
import {
  askForPage,
  clearShareScene,
  forgetMirror,
  hasMirrored,
  isLive,
  mirrors,
  openShareScene,
  type ShareScene,
  shareShop,
  waits,
} from './share-scene.ts';

const RED = [212, 48, 62] as const;
const ORANGE = [184, 83, 10] as const;

/** Where a colour is in the window of a page, CSS pixels. */
async function see(page: Page, colour: readonly [number, number, number]) {
  const bitmap = readPng(await page.screenshot());
  const found = findColour(bitmap, colour, 10);
  const ratio = bitmap.width / (await page.evaluate(() => innerWidth));
  return found === null ? null : { x: found.x / ratio, y: found.y / ratio };
}

const add = (page: Page, html: string) =>
  page.evaluate((html) => document.querySelector('main')?.insertAdjacentHTML('afterbegin', html), html);
const asked = (expert: Seat, state: string) =>
  waits(expert, `the answer ${state}`, `(engine) => engine.cobrowse.state.peek().reason === '${state}'`);
const noErrors = (...seats: readonly Seat[]) => expect(seats.flatMap(({ person }) => person.log.errors)).toEqual([]);

const MASKING = [{ pages: 'http://127.0.0.1:*/**', hide: ['.by-desk'] }];

describe.each(['chrome', 'firefox'] as const)('a customer in %s', (browser) => {
  const people = createSharedScene();
  let scene: ShareScene;
  beforeAll(async () => (scene = await openShareScene(browser, { policy: { masking: MASKING }, scene: people })));
  beforeEach(() => clearShareScene(scene));

  test('is asked in their own words: which page, what stays hidden; Escape, a press and silence mean no', async () => {
    const { expert, customer, deskUrl } = scene;
    const { page } = customer;
    await askForPage(scene);
    await hasText(page, 'alertdialog', `${deskUrl}/shop`);
    await hasText(page, 'alertdialog', 'Passwords and card numbers stay hidden');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Don’t allow');
    await page.keyboard.press('Escape');
    await asked(expert, 'refused');
    await askForPage(scene);
    await press(page, 'button', 'Don’t allow');
    await gone(page, 'alertdialog');
    await asked(expert, 'refused');
    const lengthen = await shortenSilence(customer);
    await askForPage(scene);
    await waits(expert, 'the no of silence', `(engine) => engine.cobrowse.state.peek().reason === 'timed-out'`);
    await gone(page, 'alertdialog');
    await lengthen();
    expect(await onEngine(customer, '(engine) => engine.cobrowseShare.tabs.peek().length')).toBe(0);
    noErrors(expert, customer);
  });

  test('hides a part by pointing at it, pauses, changes the mode, reloads, and stops in the page itself', async () => {
    const { expert, customer, shop } = scene;
    const { page } = customer;
    const before = await shop.evaluate(() => document.documentElement.outerHTML);
    await shareShop(scene);
    await hasText(page, 'status', /Eva Expert sees/);
    await add(
      shop,
      `<p id="part">PART-ONE</p>
       <input aria-label="City" value="CITY-VALUE"><input type="password" value="PASSWORD-VALUE">`,
    );
    await mirrors(expert, 'PART-ONE');
    expect(await hasMirrored(expert, 'CITY-VALUE')).toBe(false);

    // Pointing hides, and what is hidden changes unseen.
    await press(page, 'button', 'Details');
    await press(page, 'button', 'Hide a part of this page');
    await hasAttribute(page, {
      role: 'button',
      name: 'Hide a part of this page',
      attribute: 'aria-pressed',
      value: 'true',
    });
    const box = await shop.evaluate(() => {
      const { x, y, width, height } = document.querySelector('#part')!.getBoundingClientRect();
      return { x: x + width - 20, y: y + height / 2 };
    });
    await shop.mouse.move(box.x, box.y);
    await shop.mouse.click(box.x, box.y);
    await hasText(page, 'region', '1 part hidden by you');
    await forgetMirror(expert);
    await shop.evaluate(() => {
      const part = document.querySelector('#part')!;
      part.textContent = 'PART-TWO';
      part.setAttribute('title', 'PART-TITLE');
      document.querySelector('main')?.append('after-hiding');
    });
    await mirrors(expert, 'after-hiding');
    expect(await hasMirrored(expert, 'PART-')).toBe(false);
    await press(page, 'button', 'Show again');
    await mirrors(expert, 'PART-TWO');

    // The mode is the customer's; passwords are nobody's.
    await press(page, 'radio', 'Assist');
    await mirrors(expert, 'CITY-VALUE');
    expect(await hasMirrored(expert, 'PASSWORD-VALUE')).toBe(false);

    // While paused nothing leaves.
    await press(page, 'button', 'Pause sharing');
    await waits(expert, 'the pause', `(engine) => engine.cobrowse.pause.peek() === 'customer'`);
    await forgetMirror(expert);
    await add(shop, '<p>while-paused</p>');
    await onEngine(customer, `(engine) => engine.messages.send('paused?')`);
    await waits(
      expert,
      'the message',
      `(engine) => engine.messages.items.peek().some(({ text }) => text === 'paused?')`,
    );
    expect(await onEngine(expert, `() => /(?:events|snapshot)\\{/.test(globalThis.mirrored)`)).toBe(false);
    await press(page, 'button', 'Pause sharing');
    await mirrors(expert, 'while-paused');

    // "See what they see" draws the same stream.
    await press(page, 'button', 'See what they see');
    await waitFor('the own view', async () => {
      const text = await page.evaluate(() => {
        const player = document.querySelector('iframe')?.contentDocument;
        return player?.querySelector('iframe')?.contentDocument?.body.textContent ?? '';
      });
      return text.includes('while-paused') && !text.includes('PASSWORD-VALUE') ? true : null;
    });

    await forgetMirror(expert);
    await shop.reload();
    await mirrors(expert, 'Crane & Kettle');
    await isLive(customer);
    const stop = await waitFor('the button in the page', () => see(shop, RED));
    await shop.mouse.click(stop.x, stop.y);
    await waits(expert, 'no tab', `(engine) => engine.cobrowse.tabs.peek().length === 0`);
    await gone(page, 'region', 'What is seen');
    await waitFor('a clean page', async () => {
      const after = await shop.evaluate(() => document.documentElement.outerHTML);
      return after === before || null;
    });
    noErrors(expert, customer);
  });

  test('keeps what the options and the desk’s policy say, without a word to the expert', async () => {
    const { expert, customer, shop } = scene;
    const options = await customer.person.openExtensionPage('options');
    await press(options, 'button', 'Add rule');
    await fill(options, 'Pages', '127.0.0.1');
    await fill(options, 'Mask', '.by-me');
    await press(options, 'button', 'Save rule');
    await hasText(options, 'alert', 'Begin with https://');
    await fill(options, 'Pages', 'http://127.0.0.1:*/**');
    await press(options, 'button', 'Save rule');
    await hasText(options, 'list', 'Masks .by-me');
    await hasText(options, 'list', 'Hides .by-desk');
    await options.close();
    await shop.bringToFront();
    await shareShop(scene);
    await add(shop, '<p class="by-desk">BY-DESK</p><p class="by-me">BY-ME</p><p>by-nobody</p>');
    await mirrors(expert, 'by-nobody');
    expect(await hasMirrored(expert, 'BY-')).toBe(false);
    noErrors(expert, customer);
  });

  test('gives control in words, and takes it back by Escape twice; the page itself can press nothing of ours', async () => {
    const { expert, customer, shop } = scene;
    const { page } = customer;
    await shareShop(scene);
    await onEngine(expert, `(engine) => engine.cobrowse.askControl(['point', 'click'], 600_000)`);
    await hasText(page, 'alertdialog', 'point, click');
    await hasText(page, 'alertdialog', 'Paying, deleting, sending');
    await press(page, 'button', 'Allow');
    await waitFor('the orange border', () => see(shop, ORANGE));
    await hasText(page, 'status', 'Eva Expert may use your page');

    // A page that clicks, types and talks like us changes nothing.
    await shop.evaluate(() => {
      const hosts = [...document.querySelectorAll('*')];
      for (const host of hosts) {
        const { left, top, width, height } = host.getBoundingClientRect();
        const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, composed: true };
        if (host.matches('[popover]')) host.dispatchEvent(new MouseEvent('click', at));
      }
      for (let x = 0; x < innerWidth; x += 20) {
        const target = document.elementFromPoint(x, 36);
        if (target?.matches('[popover]')) (target as HTMLElement).click();
      }
      for (const key of ['Escape', 'Escape'])
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      window.postMessage({ type: 'pressed', button: 'stop-control' }, '*');
      window.postMessage({ type: 'grant', scopes: ['type'] }, '*');
    });
    await add(shop, '<p>page-tried</p>');
    await mirrors(expert, 'page-tried');
    expect(await onEngine(customer, '(engine) => engine.cobrowseShare.control.peek()?.scopes')).toEqual([
      'point',
      'click',
    ]);

    await shop.bringToFront();
    await shop.mouse.click(5, 300);
    await waitFor('no control', async () => {
      // A machine with much to do may be too slow for "twice"; then a hand would press again.
      await shop.keyboard.press('Escape');
      await shop.keyboard.press('Escape');
      return (await onEngine(expert, `(engine) => engine.cobrowse.control.peek().scopes.length === 0`)) || null;
    });
    await hasText(page, 'status', /Eva Expert sees/);
    noErrors(expert, customer);
  });

  test('is asked about a new site, shows a second page, and both are in the list', async () => {
    const { expert, customer, shop, deskUrl } = scene;
    const { page, person } = customer;
    await shareShop(scene);

    const elsewhere = deskUrl.replace('127.0.0.1', 'localhost');
    await forgetMirror(expert);
    await shop.goto(`${elsewhere}/shop/cart`);
    await hasText(page, 'region', 'Press the Alongside icon on it');
    await shop.evaluate(() => (document.title = 'new-site'));
    await add(shop, '<p>new-site</p>');
    await pressIcon(person, shop);
    await byRole(page, 'button', 'For this call');
    expect(await hasMirrored(expert, 'new-site')).toBe(false);
    await press(page, 'button', 'For this call');
    await isLive(customer);
    await mirrors(expert, 'new-site');

    // A page that says where it goes is asked about at once.
    await forgetMirror(expert);
    await shop.evaluate(
      (href) => {
        const link = Object.assign(document.createElement('a'), { href, textContent: 'Elsewhere' });
        document.body.append(link);
        link.click();
      },
      `${deskUrl.replace('127.0.0.1', 'other.localhost')}/shop/cart`,
    );
    await byRole(page, 'group', /^Show other\.localhost:\d+ to Eva Expert\?/);
    await press(page, 'button', 'Once');
    await isLive(customer);
    await mirrors(expert, '/shop/cart');
    await shop.goto(`${elsewhere}/shop/cart`);
    await isLive(customer);

    const second = await person.open(`${deskUrl}/shop/product?id=wren-kettle`);
    await pressIcon(person, second);
    await press(page, 'button', 'Options');
    await press(page, 'menuitem', 'Share this page for co-browsing');
    await hasText(page, 'dialog', `${deskUrl}/shop/product`);
    await press(page, 'button', 'Share page');
    await waits(expert, 'two tabs', `(engine) => engine.cobrowse.tabs.peek().length === 2`);
    await waits(
      customer,
      'two live tabs',
      `(engine) => engine.cobrowseShare.tabs.peek().every(({ state }) => state.kind === 'live')`,
    );
    await press(page, 'button', 'Details');
    await second.close();
    await waits(expert, 'one tab', `(engine) => engine.cobrowse.tabs.peek().length === 1`);
    await press(page, 'button', 'Stop sharing');
    await waits(expert, 'no tab', `(engine) => engine.cobrowse.tabs.peek().length === 0`);
    noErrors(expert, customer);
  });
});

test('a service worker that is killed costs nothing; an engine that goes takes its marks with it', async () => {
  const scene = await openShareScene('chrome');
  const { expert, customer, shop } = scene;
  const before = await shop.evaluate(() => document.documentElement.outerHTML);
  await shareShop(scene);
  await endServiceWorker(customer.person);
  await add(shop, '<p>without-worker</p>');
  await mirrors(expert, 'without-worker');
  await startServiceWorker(customer.person, customer.page);
  await forgetMirror(expert);
  await shop.reload();
  await mirrors(expert, 'Crane & Kettle');

  await customer.room.evaluate(() => window.close());
  await waitFor('a clean page', async () => {
    const after = await shop.evaluate(() => document.documentElement.outerHTML);
    return after === before || null;
  });
  await byRole(customer.page, 'toolbar', 'Call');
  await waits(expert, 'no tab', `(engine) => engine.cobrowse.tabs.peek().length === 0`);
});
