import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { createOverlayStage, type OverlayStage, twoFrames } from './overlay-stage.ts';
import { findColour, readPng } from './read-png.ts';

const html = (css: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><style nonce="page">body{margin:0;background:#fff}${css}</style>${body}`;
const GREEN = [11, 133, 119] as const;
const RED = [212, 48, 62] as const;

/** The page's own scripts run here, as a hostile page's do. */
const WITH_SCRIPTS = { csp: null };

const showStatus = (page: Page, tone: 'seen' | 'controlled' = 'seen'): Promise<void> =>
  page.evaluate((tone) => {
    overlayTest.status({
      label: 'Alongside',
      direction: 'ltr',
      language: 'en',
      tone,
      text: 'Ravi sees this page',
      buttons: [
        { id: 'hide-part', text: 'Hide a part', label: 'Hide a part of this page', isMain: false },
        { id: 'stop-sharing', text: 'Stop sharing', label: 'Stop sharing', isMain: true },
      ],
    });
  }, tone);

const pressed = (page: Page): Promise<readonly string[]> => page.evaluate(() => [...overlayTest.pressed]);

async function see(page: Page, colour: readonly [number, number, number]) {
  await twoFrames(page);
  const bitmap = readPng(await page.screenshot());
  return { found: findColour(bitmap, colour, 8), bitmap };
}

/** Presses the red button with the mouse, where it is seen. */
async function pressStop(page: Page): Promise<void> {
  const { found } = await see(page, RED);
  if (found === null) throw new Error('The button is not to be seen');
  await page.mouse.click(found.x, found.y);
}

describe.each(['chrome', 'firefox'] as const)('the status bar in a page, %s', (browser) => {
  let stage: OverlayStage;
  beforeAll(async () => {
    stage = await createOverlayStage(browser);
  });
  afterAll(() => stage.close());

  it.each(['', 'html{zoom:1.6}', 'html{zoom:.7}'])(
    'has a border on all four sides and a pill, and leaves no trace %s',
    async (css) => {
      const page = await stage.open(html(css, '<h1>Shop</h1>'));
      const before = await page.evaluate(() => document.documentElement.outerHTML);
      await showStatus(page);
      const { bitmap } = await see(page, GREEN);
      const sides = [
        [1, 350],
        [998, 350],
        [200, 1],
        [200, 698],
      ] as const;
      for (const [x, y] of sides) expect(bitmap.at(x, y)).toEqual([...GREEN]);
      // Inside of the border there is the page.
      expect(bitmap.at(7, 350)).toEqual([255, 255, 255]);
      await pressStop(page);
      expect(await pressed(page)).toEqual(['stop-sharing']);
      await page.evaluate(() => overlayTest.stop());
      expect((await see(page, GREEN)).found).toBeNull();
      expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    },
  );

  it('can be pressed while a modal dialog is open, also when it moves on to the next one', async () => {
    const page = await stage.open(
      html('', '<dialog id="a"><p>First</p></dialog><dialog id="b"><p>Second</p></dialog>'),
    );
    await showStatus(page);
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#a')?.showModal());
    await pressStop(page);
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#b')?.showModal());
    await pressStop(page);
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#b')?.close());
    await waitFor('the bar in the first dialog', async () => {
      await pressStop(page);
      return (await pressed(page)).length >= 3 || null;
    });
    await page.evaluate(() => document.querySelector('#a')?.remove());
    await waitFor('the bar in the page again', async () => {
      await pressStop(page);
      return (await pressed(page)).length >= 4 || null;
    });
  });

  it('can be pressed in a dialog that was open before it came', async () => {
    const page = await stage.open(html('', '<dialog id="a"><p>First</p></dialog>'));
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#a')?.showModal());
    await showStatus(page);
    await pressStop(page);
    expect(await pressed(page)).toEqual(['stop-sharing']);
  });

  it('can be pressed over a fullscreen element', async () => {
    const page = await stage.open(
      html('#full{background:#fff}', '<div id="full"><button>Full</button></div>'),
      WITH_SCRIPTS,
    );
    await showStatus(page);
    await page.evaluate(() => {
      document
        .querySelector('button')
        ?.addEventListener('click', () => void document.querySelector('#full')?.requestFullscreen());
    });
    await page.click('button');
    await waitFor('fullscreen', () => page.evaluate(() => document.fullscreenElement?.id ?? null));
    await waitFor('a press in fullscreen', async () => {
      await pressStop(page);
      return (await pressed(page)).includes('stop-sharing') || null;
    });
  });

  it('can be reached and pressed with the keyboard', async () => {
    const page = await stage.open(html('', '<a href="#x">Link</a>'));
    await showStatus(page);
    await page.focus('a');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await waitFor('the press', async () => ((await pressed(page)).includes('stop-sharing') ? true : null));
  });

  it('is not pressed by anything that a page’s script can do', async () => {
    const page = await stage.open(html('', '<h1>Hostile</h1>'), WITH_SCRIPTS);
    await showStatus(page);
    const tried = await page.evaluate(() => {
      const hosts = [...document.querySelectorAll('[popover]')];
      const buttons = hosts.flatMap((host) => [host, ...(host.shadowRoot?.querySelectorAll('button') ?? [])]);
      for (const target of [...buttons, document.elementFromPoint(500, 35)]) {
        if (!(target instanceof HTMLElement)) continue;
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
          target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: 500, clientY: 35 }));
        }
        target.click();
        target.focus();
        target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
      }
      return { roots: hosts.filter(({ shadowRoot }) => shadowRoot !== null).length, hosts: hosts.length };
    });
    expect(tried).toEqual({ roots: 0, hosts: 1 });
    expect(await pressed(page)).toEqual([]);
  });

  it('comes back when a page removes it', async () => {
    const page = await stage.open(html('', '<h1>Hostile</h1>'), WITH_SCRIPTS);
    await showStatus(page);
    await page.evaluate(() => document.querySelector('[popover]')?.remove());
    await pressStop(page);
    expect(await pressed(page)).toEqual(['stop-sharing']);
  });

  it('says new words without losing the focus, and is above the ink', async () => {
    const page = await stage.open(html('', '<a href="#x">Link</a>'));
    await showStatus(page);
    await page.evaluate(() => overlayTest.mark(500, 36));
    await pressStop(page);
    await page.evaluate(() => {
      overlayTest.status({
        label: 'Alongside',
        direction: 'ltr',
        language: 'en',
        tone: 'seen',
        text: 'Ravi and Ida see this page',
        buttons: [
          { id: 'hide-part', text: 'Hide a part', label: 'Hide a part of this page', isMain: false },
          { id: 'stop-sharing', text: 'Stop sharing', label: 'Stop sharing', isMain: true },
        ],
      });
    });
    await page.keyboard.press('Enter');
    await waitFor('the second press', async () => ((await pressed(page)).length === 2 ? true : null));
  });
});
