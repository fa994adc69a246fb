import type { Page } from 'puppeteer';
import { waitFor } from '../harness/deadline.ts';
import { byRole, press } from '../harness/queries.ts';
import type { Seat } from '../harness/seat.ts';
import { findColour, readPng } from '../overlay/read-png.ts';

/** The customer's tab with the demo shop. */
export async function shopOf({ person }: Seat): Promise<Page> {
  const pages = await person.launched.browser.pages();
  const shop = pages.find((page) => new URL(page.url()).pathname.startsWith('/shop'));
  if (shop === undefined) throw new Error('The shop is not open');
  return shop;
}

/**
 * The expert asks for a page from the menu, the customer allows it, with what stands in fields (`Assist`); resolves to the
 * window that opened by itself.
 */
export async function startCobrowse(expert: Seat, customer: Seat): Promise<Page> {
  await press(expert.page, 'button', 'Options');
  await press(expert.page, 'menuitem', 'Start co-browse');
  await press(customer.page, 'radio', 'Assist');
  await press(customer.page, 'button', 'Allow');
  return windowOf(expert);
}

/** The co-browse window. Firefox tells the address of a window that an extension has opened only from inside. */
export const windowOf = ({ person: { launched, log } }: Seat): Promise<Page> =>
  waitFor('the co-browse window', async () => {
    for (const page of await launched.browser.pages()) {
      const path = await page.evaluate(() => location.pathname).catch(() => '');
      if (path !== '/cobrowse.html') continue;
      log.watchPage(page, 'cobrowse');
      return page;
    }
    return null;
  });

/** Reads the document that the customer's page is rebuilt in, by a function of that document. Null while there is none. */
export function readMirror<T>(window: Page, read: (document: Document, argument: string) => T, argument = '') {
  return window.evaluate(`(() => {
    const player = document.querySelector('iframe')?.contentDocument;
    const inner = player?.querySelector('.tab:not([hidden]) iframe')?.contentDocument;
    return inner ? (${read.toString()})(inner, ${JSON.stringify(argument)}) : null;
  })()`) as Promise<T | null>; // what `read` returns
}

/** Waits until the mirror shows `text`. */
export const mirrorShows = (window: Page, text: string): Promise<true> =>
  waitFor(`the mirror to show ${text}`, async () => {
    const body = await readMirror(window, (document) => document.body.textContent ?? '');
    return body?.includes(text) || null;
  });

/** Waits until what is typed goes into the page. The field is looked for anew each time: the page's own word may replace it. */
export const isTyping = (window: Page): Promise<true> =>
  waitFor('the typing field to have the focus', async () => {
    const field = await byRole(window, 'textbox', 'Type into the page');
    return field.evaluate((node) => document.activeElement === node || null);
  });

/** Where in the window the middle of a mirrored element is. */
export function placeInMirror(window: Page, selector: string): Promise<{ x: number; y: number }> {
  return waitFor(`${selector} in the mirror`, async () => {
    const inner = await readMirror(
      window,
      (document, selector) => {
        const rect = document.querySelector(selector)?.getBoundingClientRect();
        return rect ? { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 } : null;
      },
      selector,
    );
    if (inner === null) return null;
    const { x, y, scale } = await window.evaluate(() => {
      const player = document.querySelector('iframe');
      const scale = player?.contentDocument?.querySelector<HTMLElement>('#mirror')?.style.getPropertyValue('--scale');
      const { x, y } = player?.getBoundingClientRect() ?? { x: 0, y: 0 };
      return { x, y, scale: Number(scale) };
    });
    return { x: x + inner.x * scale, y: y + inner.y * scale };
  });
}

/** Where a colour is in a page's window, CSS px: the middle of what has it; null when nothing does. */
export async function seeColour(page: Page, colour: readonly [number, number, number]) {
  const bitmap = readPng(await page.screenshot());
  const found = findColour(bitmap, colour, 10);
  const ratio = bitmap.width / (await page.evaluate(() => innerWidth));
  return found === null ? null : { x: found.x / ratio, y: found.y / ratio, count: found.count };
}

/** Asks for control in the window; the customer allows it. */
export async function takeControl(window: Page, customer: Seat): Promise<void> {
  await press(window, 'button', 'Ask for control');
  await press(window, 'button', `Ask ${customer.person.name}`);
  await press(customer.page, 'button', 'Allow');
  await byRole(window, 'button', 'Stop control');
}

/** Presses in the window where an element of the mirrored page is. */
export async function pressInMirror(window: Page, selector: string): Promise<void> {
  const { x, y } = await placeInMirror(window, selector);
  await window.mouse.click(x, y);
}
