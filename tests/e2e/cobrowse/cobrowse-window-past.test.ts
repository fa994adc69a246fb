import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, gone, hasText, press } from '../harness/queries.ts';
import { openCall } from '../ink/pair.ts';
import { mirrorShows, readMirror, shopOf, startCobrowse } from './mirror-window.ts';

/** An element with a picture of its own, and one that is drawn by script. */
function addPictures(): void {
  const picture = document.querySelector('img')!.src;
  document.querySelector<HTMLElement>('#note')!.style.backgroundImage = `url("${picture}")`;
  const canvas = document.createElement('canvas');
  document.querySelector('#note')!.after(canvas);
  canvas.getContext('2d')!.fillRect(0, 0, 50, 50);
}

/** How many pictures the look back shows: as elements, in style sheets, of canvases. */
const picturesOf = (window: Page) =>
  window.evaluate(() => {
    const player = document.querySelector('iframe')?.contentDocument;
    const past = player?.querySelector<HTMLIFrameElement>('.past:not([hidden]) iframe')?.contentDocument;
    const note = past?.querySelector('#note');
    return {
      elements: past?.querySelectorAll('img[src^="blob:"]:not(canvas > img)').length ?? 0,
      styles: note && getComputedStyle(note).backgroundImage.includes('blob:') ? 1 : 0,
      canvases: past?.querySelectorAll('canvas > img[src^="blob:"]').length ?? 0,
    };
  });

/** What the look back shows; null while there is none. */
const pastOf = (window: Page): Promise<string | null> =>
  window.evaluate(() => {
    const player = document.querySelector('iframe')?.contentDocument;
    const past = player?.querySelector<HTMLIFrameElement>('.past:not([hidden]) iframe');
    return past?.contentDocument?.body?.textContent ?? null;
  });

test('the last minutes can be looked at again while the page goes on', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  const shop = await shopOf(customer);
  await shop.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<p id="note">first-words</p>'));
  await shop.evaluate(addPictures);
  const write = (text: string) =>
    shop.evaluate((text) => {
      document.querySelector('#note')!.textContent = text;
    }, text);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'first-words');
  await write('second-words');
  await mirrorShows(window, 'second-words');
  await waitFor('the pictures', () =>
    readMirror(window, (document) => document.querySelector('canvas > img[src^="blob:"]') && true),
  );

  await press(window, 'button', 'Look back');
  const slider = await byRole(window, 'slider', 'Point in time');
  await hasText(window, 'status', 'Looking back');
  const position = () =>
    slider.evaluate((input) => (input instanceof HTMLInputElement ? [Number(input.value), Number(input.max)] : []));
  const [at, end] = await position();
  expect(at).toBe(end);
  await slider.focus();
  await window.keyboard.press('Home');
  await waitFor('the first words again', async () => (await pastOf(window))?.includes('first-words') || null);
  await write('third-words');
  await mirrorShows(window, 'third-words');
  expect(await pastOf(window)).not.toContain('third-words');
  await press(window, 'button', 'Play');
  await waitFor('the second words again', async () => (await pastOf(window))?.includes('second-words') || null);
  await byRole(window, 'button', 'Play');
  await waitFor('the end', async () => (await position())[0] === end || null);
  await waitFor('the pictures again', async () => {
    const { elements, styles, canvases } = await picturesOf(window);
    return (elements > 0 && styles > 0 && canvases > 0) || null;
  });
  await press(window, 'button', 'Back to live');
  await gone(window, 'slider', 'Point in time');
  await hasText(window, 'status', 'Live');
  expect(await pastOf(window)).toBeNull();
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
