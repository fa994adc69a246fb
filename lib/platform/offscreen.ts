import { browser } from './browser.ts';

const PATH = '/offscreen.html';

let creating: Promise<void> | null = null;

/**
 * Makes Chrome's engine room unless it is there. AUDIO_PLAYBACK alone would let the browser close it after 30 s of
 * silence; together with WEB_RTC it stays (reference/platform.md §2). Resolves once the page has been loaded.
 */
export async function ensureOffscreen(): Promise<void> {
  if (await hasOffscreen()) return;
  creating ??= create().finally(() => (creating = null));
  await creating;
}

/** Keeps the engine room from browser start on. Call it while the script is first run. */
export function keepOffscreen(): void {
  // Without a listener for it, a browser's start does not start the service worker.
  browser.runtime.onStartup.addListener(() => void ensureOffscreen());
  void ensureOffscreen();
}

async function hasOffscreen(): Promise<boolean> {
  const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}

async function create(): Promise<void> {
  try {
    await browser.offscreen.createDocument({
      url: PATH,
      reasons: ['AUDIO_PLAYBACK', 'WEB_RTC', 'USER_MEDIA', 'DISPLAY_MEDIA'],
      justification: 'Calls go on while the side panel is closed.',
    });
  } catch (error) {
    // Another run of the service worker was faster; any other failure is one.
    if (!(await hasOffscreen())) throw error;
  }
}
