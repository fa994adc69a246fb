import { spawn } from 'node:child_process';
import type { Page } from 'puppeteer';
import { ensureDesktop, startDisplay } from '../../../scripts/tools/display.ts';
import type { BrowserName } from '../../../scripts/tools/browsers.ts';
import { runCommand } from '../../../scripts/tools/steps.ts';
import { waitFor } from './deadline.ts';

/** A display with a window manager and a mouse, for what belongs to the browser and not to a page in it. */
export interface Desktop {
  /** For the environment variable DISPLAY. */
  readonly display: string;
  /** Presses "Stop sharing" in the little window that the browser shows while it shares a screen or a window. */
  stopSharing(browser: BrowserName): Promise<void>;
  /** Presses "Stop sharing" in the bar that Chromium shows over a shared tab. */
  stopSharingTab(page: Page): Promise<void>;
  close(): void;
}

/** Titles of those little windows, and where in them the button is, in pixels: Chromium 156 and Firefox 153. */
const SHARING_WINDOWS: Readonly<Record<BrowserName, { title: string; fromRight: number; fromTop: number }>> = {
  chrome: { title: 'is sharing (your screen|a window)', fromRight: 118, fromTop: 29 },
  firefox: { title: 'Sharing Indicator', fromRight: 101, fromTop: 16 },
};

/** Of the button in that bar, in pixels: over the upper edge of the page, and right of its middle. Chromium 156. */
const STOP_OVER_TAB = { above: 30, right: 109 };

/** Null, and a word about it, where there is no such thing and it can't be installed. */
export async function startDesktop(): Promise<Desktop | null> {
  const missing = await ensureDesktop();
  const display = missing.length === 0 ? await startDisplay() : null;
  if (display === null) {
    const why = missing.length === 0 ? 'Xvfb does not start' : `${missing.join(', ')} can’t be installed`;
    process.stdout.write(`NOT RUN: there is no desktop to share: ${why}.\n`);
    return null;
  }
  // Without one, no browser sees any window to offer.
  const manager = spawn('openbox', { env: { ...process.env, DISPLAY: display.name }, stdio: 'ignore' });
  const hand = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, text } = await runCommand({
      program: 'xdotool',
      args,
      env: { DISPLAY: display.name },
      output: 'collect',
    });
    return exitCode === 0 ? text.trim() : '';
  };
  await waitFor('the window manager', async () => (await hand('get_num_desktops')) !== '' || null);
  return {
    display: display.name,
    async stopSharing(browser) {
      const { title, fromRight, fromTop } = SHARING_WINDOWS[browser];
      const { id, width } = await waitFor(`a window “${title}”`, async () => {
        const [id] = (await hand('search', '--onlyvisible', '--name', title)).split('\n');
        const shape = id ? /^WIDTH=(\d+)$/m.exec(await hand('getwindowgeometry', '--shell', id)) : null;
        return id && shape ? { id, width: Number(shape[1]) } : null;
      });
      await hand('mousemove', '--window', id, `${width - fromRight}`, `${fromTop}`, 'click', '1');
    },
    async stopSharingTab(page) {
      await page.evaluate(tellMousePlace);
      const { x, y } = await waitFor('the mouse over the page', async () => {
        for (const place of ['400', '410']) await hand('mousemove', place, '500');
        return page.evaluate(() => (Reflect.get(globalThis, 'mousePlace') as MousePlace | undefined) ?? null);
      });
      await hand('mousemove', `${x + STOP_OVER_TAB.right}`, `${y - STOP_OVER_TAB.above}`, 'click', '1');
    },
    close() {
      manager.kill('SIGTERM');
      display.close();
    },
  };
}

interface MousePlace {
  readonly x: number;
  readonly y: number;
}

/** Runs in a page: only a real mouse tells where on the screen the middle of its upper edge is. */
function tellMousePlace(): void {
  const tell = ({ screenX, screenY, clientX, clientY }: MouseEvent) =>
    Object.assign(globalThis, { mousePlace: { x: screenX - clientX + innerWidth / 2, y: screenY - clientY } });
  addEventListener('mousemove', tell, { once: true });
}
