import { browser } from './browser.ts';
import { sendMessage } from './messages.ts';

const LOOK_AGAIN_MS = 40;
const GIVE_UP_MS = 15_000;

/** The page that the engine lives in, once it has put `property` on its window. */
export interface EngineWindow {
  readonly window: Window;
  readonly value: unknown;
}

/**
 * Finds the engine's page from a view of the extension: Chrome's offscreen page is made when it is missing, Firefox's
 * background page is always there. Rejects when nothing has shown up after 15 s.
 */
export async function findEngineWindow(property: string): Promise<EngineWindow> {
  const deadline = performance.now() + GIVE_UP_MS;
  if (browser.offscreen) void sendMessage('engine.start', null);
  for (;;) {
    const found = browser.offscreen ? findOffscreen() : await browser.runtime.getBackgroundPage();
    const value: unknown = found ? Reflect.get(found, property) : undefined;
    if (found && value !== undefined) return { window: found, value };
    if (performance.now() > deadline) throw new Error('The engine did not start.');
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
}

function findOffscreen(): Window | undefined {
  return browser.extension.getViews().find((view) => view.location.pathname === '/offscreen.html');
}
