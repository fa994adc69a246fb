import type { Page } from 'puppeteer';
import { waitFor } from './deadline.ts';
import { received, type Seat } from './seat.ts';

const MIN_FRAMES = 5;
/** A second of ordinary speech or of the fake microphone's beeps is far above this; comfort noise is far below. */
const MIN_ENERGY = 1e-4;
/** Silence and darkness are believed when so many looks in a row saw nothing new. */
const STILL_LOOKS = 8;

/** Waits until this seat hears: sound with energy goes on arriving. */
export async function hears(seat: Seat): Promise<void> {
  const before = await received(seat);
  await waitFor(`${seat.person.name} to hear`, async () => {
    const now = await received(seat);
    return now.audioEnergy - before.audioEnergy > MIN_ENERGY || null;
  });
}

/** Waits until this seat receives video, and a `<video>` shows moving, coloured pixels. */
export async function sees(seat: Seat, label: string | RegExp): Promise<void> {
  const before = await received(seat);
  await waitFor(`${seat.person.name} to receive frames`, async () => {
    const now = await received(seat);
    return now.frames - before.frames >= MIN_FRAMES || null;
  });
  await showsPicture(seat.page, label);
}

/** Waits until a `<video>` with this label plays a picture that is neither still nor grey (Firefox's camera is one colour). */
export const showsPicture = (page: Page, label: string | RegExp): Promise<void> => showsPictures(page, label, 3);

/** Waits until a `<video>` with this label shows a picture that is not flat. A page that rests need not move in it. */
export const showsScreen = (page: Page, label: string | RegExp): Promise<void> => showsPictures(page, label, 1);

/** Waits for so many different pictures, none of them flat. */
async function showsPictures(page: Page, label: string | RegExp, count: number): Promise<void> {
  const seen = new Set<number>();
  await waitFor(`${count} pictures in ${String(label)}`, async () => {
    const video = await findVideo(page, label);
    const picture = await video?.evaluate((element) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 24 });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context || element.videoWidth === 0) return null;
      context.drawImage(element, 0, 0, 32, 24);
      const bytes = context.getImageData(0, 0, 32, 24).data;
      let low = 255;
      let high = 0;
      let sum = 0;
      for (const [index, value] of bytes.entries()) {
        if (index % 4 === 3) continue; // opacity
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum = (sum * 31 + value) % 1_000_003;
      }
      return { contrast: high - low, sum };
    });
    if (!picture || picture.contrast < 8) return null;
    seen.add(picture.sum);
    return seen.size >= count || null;
  });
}

/** Waits until nothing more is received: pause stops both ways. */
export async function receivesNothing(seat: Seat): Promise<void> {
  let last = -1;
  let looks = 0;
  await waitFor(`${seat.person.name} to receive nothing`, async () => {
    const { packets } = await received(seat);
    looks = packets === last ? looks + 1 : 0;
    last = packets;
    return looks >= STILL_LOOKS || null;
  });
}

/** Waits until no more sound with energy arrives: the other one is muted. */
export async function hearsNothing(seat: Seat): Promise<void> {
  let last = -1;
  let looks = 0;
  await waitFor(`${seat.person.name} to hear nothing`, async () => {
    const { audioEnergy } = await received(seat);
    looks = Math.abs(audioEnergy - last) < 1e-7 ? looks + 1 : 0;
    last = audioEnergy;
    return looks >= STILL_LOOKS || null;
  });
}

/** Videos have no role of their own; they are found by their label. */
async function findVideo(page: Page, label: string | RegExp) {
  for (const video of await page.$$('video')) {
    const name = await video.evaluate((element) => element.getAttribute('aria-label') ?? '');
    if (typeof label === 'string' ? name === label : label.test(name)) return video;
  }
  return null;
}
