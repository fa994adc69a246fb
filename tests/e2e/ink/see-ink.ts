import type { Page } from 'puppeteer';
import { waitFor } from '../harness/deadline.ts';

export interface SeenInk {
  /** Bounding box of what is painted, as fractions of the picture. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** CSS pixels that the picture's width takes on screen. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
}

/**
 * Reads the pixels of the ink canvas and tells where they are in the picture below it: a video with this label, shown whole
 * (`object-fit: contain`). Counted here anew, without the code under test. Null when nothing is painted.
 */
export async function seeInkOn(page: Page, label: string): Promise<SeenInk | null> {
  return page.evaluate((label) => {
    const pictures = [...document.querySelectorAll<HTMLElement>('video, img')];
    const named = pictures.filter((each) => (each.getAttribute('aria-label') ?? each.getAttribute('alt')) === label);
    const picture = named.sort((a, b) => b.clientWidth - a.clientWidth)[0];
    const canvas = [...document.querySelectorAll('canvas')].find((each) => {
      const a = each.getBoundingClientRect();
      // What is looked at from near reaches beyond its frame.
      const b = picture?.parentElement?.getBoundingClientRect();
      return (
        b !== undefined &&
        each.closest('dialog') === picture?.closest('dialog') &&
        a.left <= b.left + 1 &&
        a.top <= b.top + 1 &&
        a.right >= b.right - 1 &&
        a.bottom >= b.bottom - 1
      );
    });
    const context = canvas?.getContext('2d', { willReadFrequently: true });
    if (picture === undefined || canvas === undefined || !context || canvas.width === 0) return null;
    const bytes = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
    for (let index = 3; index < bytes.length; index += 4) {
      if ((bytes[index] ?? 0) < 128) continue;
      const pixel = (index - 3) / 4;
      left = Math.min(left, pixel % canvas.width);
      right = Math.max(right, (pixel % canvas.width) + 1);
      top = Math.min(top, Math.floor(pixel / canvas.width));
      bottom = Math.max(bottom, Math.floor(pixel / canvas.width) + 1);
    }
    if (right < 0) return null;
    const natural =
      picture instanceof HTMLVideoElement
        ? { width: picture.videoWidth, height: picture.videoHeight }
        : { width: (picture as HTMLImageElement).naturalWidth, height: (picture as HTMLImageElement).naturalHeight };
    const box = picture.getBoundingClientRect();
    const cover = canvas.getBoundingClientRect();
    const scale = Math.min(box.width / natural.width, box.height / natural.height);
    const width = natural.width * scale;
    const height = natural.height * scale;
    const startX = box.left + (box.width - width) / 2 - cover.left;
    const startY = box.top + (box.height - height) / 2 - cover.top;
    const css = cover.width / canvas.width;
    return {
      left: (left * css - startX) / width,
      right: (right * css - startX) / width,
      top: (top * css - startY) / height,
      bottom: (bottom * css - startY) / height,
      pictureWidth: width,
      pictureHeight: height,
    };
  }, label);
}

/** Where in the window a place of the picture is (fractions of it). */
export function placeOf(page: Page, label: string, x: number, y: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    (label, x, y) => {
      const pictures = [...document.querySelectorAll<HTMLVideoElement | HTMLImageElement>('video, img')];
      const named = pictures.filter((each) => (each.getAttribute('aria-label') ?? each.getAttribute('alt')) === label);
      // A still is also small among the messages.
      const picture = named.sort((a, b) => b.clientWidth - a.clientWidth)[0];
      if (picture === undefined) throw new Error(`No picture ${label}`);
      const width = picture instanceof HTMLVideoElement ? picture.videoWidth : picture.naturalWidth;
      const height = picture instanceof HTMLVideoElement ? picture.videoHeight : picture.naturalHeight;
      const box = picture.getBoundingClientRect();
      const scale = Math.min(box.width / width, box.height / height);
      return {
        x: box.left + box.width / 2 + (x - 0.5) * width * scale,
        y: box.top + box.height / 2 + (y - 0.5) * height * scale,
      };
    },
    label,
    x,
    y,
  );
}

type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** Drags the mouse from one place of the picture to another. */
export async function drag(page: Page, label: string, [left, top, right, bottom]: Corners): Promise<void> {
  await waitFor('something to draw on', () =>
    page.evaluate(() => document.querySelector('[role="application"][data-tool]') !== null || null),
  );
  const from = await placeOf(page, label, left, top);
  const to = await placeOf(page, label, right, bottom);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** The white edge and half of the thinnest line, CSS pixels in any view: a larger share of a smaller picture. */
export const EDGE_PX = 3.25;

export type Side = 'left' | 'top' | 'right' | 'bottom';

export interface View {
  readonly page: Page;
  readonly label: string;
}

/**
 * Waits until both pages show the same ink in the same place of the picture, within 2 CSS pixels of the smaller view. Told
 * by `sides` of all that is painted: an author's name stands below and to the right of the end of their stroke. `where` is
 * what is waited for on top of that.
 */
export function sameInk(
  a: View,
  b: View,
  { sides = ['left', 'top'], where = () => true }: { sides?: readonly Side[]; where?: (ink: SeenInk) => boolean } = {},
): Promise<SeenInk> {
  return waitFor(`the same ink on ${a.label} and ${b.label}`, async () => {
    const [one, other] = await Promise.all([seeInkOn(a.page, a.label), seeInkOn(b.page, b.label)]);
    if (one === null || other === null) throw new Error(`Seen: ${JSON.stringify(one)}, ${JSON.stringify(other)}`);
    const width = Math.min(one.pictureWidth, other.pictureWidth);
    const height = Math.min(one.pictureHeight, other.pictureHeight);
    const edge = Math.abs(EDGE_PX / one.pictureWidth - EDGE_PX / other.pictureWidth) * width;
    const isAcross = (side: Side) => side === 'left' || side === 'right';
    const drift = sides.map((side) => Math.abs(one[side] - other[side]) * (isAcross(side) ? width : height));
    if (Math.max(...drift) <= 2 + edge && where(one)) return one;
    throw new Error(`Off by ${drift.map((each) => each.toFixed(1)).join(', ')}: ${JSON.stringify([one, other])}`);
  });
}

export const noInkOn = (page: Page, label: string): Promise<true> =>
  waitFor(`no ink on ${label}`, async () => ((await seeInkOn(page, label)) === null ? true : null));
