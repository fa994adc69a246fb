import type { ElementHandle, Frame, Page } from 'puppeteer';
import { waitFor } from '../harness/deadline.ts';
import { press } from '../harness/queries.ts';
import type { Seat } from '../harness/seat.ts';

/** The customer's tab with the demo shop. */
export async function shopOf({ person }: Seat): Promise<Page> {
  const pages = await person.launched.browser.pages();
  const shop = pages.find((page) => new URL(page.url()).pathname.startsWith('/shop'));
  if (shop === undefined) throw new Error('The shop is not open');
  return shop;
}

/** The expert asks for a page from the menu, the customer allows it; resolves to the window that opened by itself. */
export async function startCobrowse(expert: Seat, customer: Seat): Promise<Page> {
  await press(expert.page, 'button', 'Options');
  await press(expert.page, 'menuitem', 'Start co-browse');
  await press(customer.page, 'button', 'Allow');
  return expert.person.extensionPage('cobrowse');
}

/** The frame that the customer's document is rebuilt in. */
export function mirrorOf(window: Page): Promise<Frame> {
  return waitFor('the mirrored page', async () => {
    const player = window.frames().find((frame) => frame.url().endsWith('/player.html'));
    const inner = await player?.$('.tab:not([hidden]) iframe');
    return (await (inner as ElementHandle<HTMLIFrameElement> | null)?.contentFrame()) ?? null; // found by its tag
  });
}

/** Waits until the mirror shows `text`. */
export const mirrorShows = (window: Page, text: string): Promise<true> =>
  waitFor(`the mirror to show ${text}`, async () => {
    const frame = await mirrorOf(window);
    const body = await frame.evaluate(() => document.body.textContent ?? '');
    return body.includes(text) || null;
  });

/** Where in the window the middle of a mirrored element is. */
export async function placeInMirror(window: Page, selector: string): Promise<{ x: number; y: number }> {
  const frame = await mirrorOf(window);
  const inner = await waitFor(`${selector} in the mirror`, () =>
    frame.evaluate((selector) => {
      const rect = document.querySelector(selector)?.getBoundingClientRect();
      return rect ? { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 } : null;
    }, selector),
  );
  const outer = await window.evaluate(() => {
    const player = document.querySelector('iframe');
    const scale = player?.contentDocument?.querySelector<HTMLElement>('#mirror')?.style.getPropertyValue('--scale');
    const { x, y } = player?.getBoundingClientRect() ?? { x: 0, y: 0 };
    return { x, y, scale: Number(scale) };
  });
  return { x: outer.x + inner.x * outer.scale, y: outer.y + inner.y * outer.scale };
}
