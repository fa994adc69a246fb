import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, gone, hasText, press } from '../harness/queries.ts';
import { onEngine, type Seat } from '../harness/seat.ts';
import { sees } from '../harness/media.ts';
import { openCall } from './pair.ts';
import { drag, EDGE_PX, type SeenInk, seeInkOn } from './see-ink.ts';

/** What the largest still on the page is, in picture pixels. */
const sizeOfStill = (page: Page): Promise<{ width: number; height: number }> =>
  page.evaluate(() => {
    const images = [...document.querySelectorAll<HTMLImageElement>('dialog img')];
    return { width: images[0]?.naturalWidth ?? 0, height: images[0]?.naturalHeight ?? 0 };
  });

const cameraSize = (seat: Seat) =>
  onEngine(
    seat,
    `(engine) => {
      const { width, height } = engine.media.selfView.peek().getVideoTracks()[0].getSettings();
      return { width, height };
    }`,
  ) as Promise<{ readonly width: number; readonly height: number }>; // as written just above

/** The same place of the picture in another view, within 2 CSS pixels; names are beside the end, so told by left and top. */
async function inkIsAt(page: Page, before: SeenInk): Promise<void> {
  await waitFor('the ink where it was drawn', async () => {
    const now = await seeInkOn(page, 'Still');
    if (now === null) throw new Error('No ink to be seen');
    const width = Math.min(now.pictureWidth, before.pictureWidth);
    const edge = Math.abs(EDGE_PX / now.pictureWidth - EDGE_PX / before.pictureWidth) * width;
    const drift = Math.max(Math.abs(now.left - before.left), Math.abs(now.top - before.top)) * width;
    if (drift <= 2 + edge) return true;
    throw new Error(`Off by ${drift}: ${JSON.stringify([now, before])}`);
  });
}

test.each([
  ['chrome', 'chrome'],
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('a still, expert in %s and customer in %s', async (expertBrowser, customerBrowser) => {
  const { expert, customer } = await openCall(expertBrowser, customerBrowser);
  await press(customer.page, 'button', 'Video');
  await sees(expert, 'Carla Customer camera');

  await press(expert.page, 'button', 'Freeze');
  await byRole(expert.page, 'dialog', 'Annotate still');
  await hasText(expert.page, 'status', 'The call goes on meanwhile');
  const full = await cameraSize(customer);
  await waitFor('the full resolution', async () => {
    const { width, height } = await sizeOfStill(expert.page);
    return (width === full.width && height === full.height) || null;
  });
  await press(expert.page, 'radio', 'Ellipse');
  await drag(expert.page, 'Still', [0.3, 0.3, 0.6, 0.7]);
  const drawn = await waitFor('the ellipse', () => seeInkOn(expert.page, 'Still'));
  expect(await seeInkOn(customer.page, 'Still')).toBeNull();
  await press(expert.page, 'button', 'Send');
  await gone(expert.page, 'dialog', 'Annotate still');

  await byRole(customer.page, 'dialog', 'Picture from Eva Expert');
  expect(await customer.page.evaluate(() => document.activeElement?.textContent)).toBe('Close');
  await inkIsAt(customer.page, drawn);
  expect(await sizeOfStill(customer.page)).toEqual(await cameraSize(customer));
  await press(customer.page, 'button', 'Close');
  await gone(customer.page, 'dialog', 'Picture from Eva Expert');

  // It stays in the messages of both, and can be drawn on and sent back.
  await press(customer.page, 'button', /^Message/);
  await press(customer.page, 'button', 'Open the picture');
  await press(customer.page, 'button', 'Draw on it');
  await byRole(customer.page, 'dialog', 'Annotate still');
  await drag(customer.page, 'Still', [0.1, 0.1, 0.2, 0.2]);
  const answered = await waitFor('both drawings', async () => {
    const ink = await seeInkOn(customer.page, 'Still');
    return ink !== null && ink.left < 0.2 ? ink : null;
  });
  await press(customer.page, 'button', 'Send');
  await byRole(expert.page, 'dialog', 'Picture from Carla Customer');
  await inkIsAt(expert.page, answered);
  expect(await savedPicture(expert.page)).toMatchObject({
    type: 'image/png',
    size: await cameraSize(customer),
    hasInk: true,
  });
  await press(expert.page, 'button', 'Close');
  await press(expert.page, 'button', /^Message/);
  await waitFor('two pictures in the messages', async () => {
    const count = await expert.page.evaluate(() => document.querySelectorAll('[aria-label="Open the picture"]').length);
    return count === 2 || null;
  });
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

/** Presses Save and looks into the file that the browser is given. */
async function savedPicture(page: Page): Promise<unknown> {
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (file) => {
      if (file instanceof Blob && file.type === 'image/png') Object.assign(globalThis, { savedFile: file });
      return make(file);
    };
    // The download itself is the browser's affair.
    HTMLAnchorElement.prototype.click = () => {};
  });
  await press(page, 'button', 'Save');
  return waitFor('the file', () =>
    page.evaluate(async () => {
      const file: unknown = Reflect.get(globalThis, 'savedFile');
      if (!(file instanceof Blob)) return null;
      const bitmap = await createImageBitmap(file);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const bytes = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      let inked = 0;
      for (let index = 0; index < bytes.length; index += 4) {
        const isRed = Math.abs((bytes[index] ?? 0) - 229) < 12 && Math.abs((bytes[index + 1] ?? 0) - 72) < 12;
        if (isRed && Math.abs((bytes[index + 2] ?? 0) - 77) < 12) inked += 1;
      }
      return { type: file.type, size: { width: bitmap.width, height: bitmap.height }, hasInk: inked > 200 };
    }),
  );
}
