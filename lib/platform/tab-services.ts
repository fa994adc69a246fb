import type { Injection, PageScript, TabCapture, TabFacts } from '../protocol/extension-messages.ts';
import { MAX_FACT_CHARS } from '../protocol/limits.ts';
import { originOf } from '../cobrowse/masking-address.ts';
import { browser } from './browser.ts';
import { clickedTab } from './clicked-tab.ts';

/** Page-side recording needs the page's own world; filtering what leaves must be out of the page's reach. */
const WORLDS: Readonly<Record<PageScript, 'MAIN' | 'ISOLATED'>> = {
  recorder: 'MAIN',
  agent: 'ISOLATED',
  overlay: 'ISOLATED',
};

/** Title and address of the tab in front; null where the browser does not tell (nobody pressed the icon there). */
export async function activeTabFacts(): Promise<TabFacts | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return factsOf(tab);
}

/** The same of the tab that the icon was pressed on; null where the browser does not lend it any more. */
export async function clickedTabFacts(): Promise<TabFacts | null> {
  const tabId = await clickedTab();
  return tabId === null ? null : browser.tabs.get(tabId).then(factsOf, () => null);
}

function factsOf(
  tab: { readonly url?: string | undefined; readonly title?: string | undefined } | undefined,
): TabFacts | null {
  const address = publicAddress(tab?.url);
  return address === null ? null : { title: (tab?.title ?? '').slice(0, MAX_FACT_CHARS), address };
}

/** An address without query and fragment, which often hold a person's data; null for anything but a web page. */
export function publicAddress(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return (origin + pathname).slice(0, MAX_FACT_CHARS);
}

/** A stream id for the tab that the icon was pressed on; the engine's page opens it (reference/platform.md §3). Chrome only. */
export async function captureClickedTab(): Promise<TabCapture> {
  const tabId = await clickedTab();
  if (tabId === null) return { ok: false, reason: 'not-invoked' };
  return browser.tabCapture.getMediaStreamId({ targetTabId: tabId }).then(
    (streamId): TabCapture => ({ ok: true, streamId, tabId }),
    (): TabCapture => ({ ok: false, reason: 'refused' }),
  );
}

/** Puts scripts of the package into every frame of a tab: `tabId`, or the tab that the icon was pressed on. */
export async function injectScripts(request: {
  tabId: number | null;
  scripts: readonly PageScript[];
}): Promise<Injection> {
  const tabId = request.tabId ?? (await clickedTab());
  if (tabId === null) return { ok: false, reason: 'not-invoked' };
  try {
    for (const script of request.scripts) {
      const entered = await browser.scripting.executeScript({
        // The overlay covers the whole window from its top frame.
        target: script === 'overlay' ? { tabId } : { tabId, allFrames: true },
        files: [`/content-scripts/${script}.js`],
        world: WORLDS[script],
        injectImmediately: true,
      });
      // Chromium leaves out frames that it may not enter, without a word.
      if (!entered.some(({ frameId }) => frameId === 0)) return await refusalOf(tabId);
    }
    return { ok: true, tabId };
  } catch {
    return await refusalOf(tabId);
  }
}

/**
 * A tab that is lent by a press on the icon tells its address, and yet Chromium 156 may not let anybody in: the process of
 * a page that is isolated from others (`Cross-Origin-Opener-Policy`) does not always hear of the loan.
 */
async function refusalOf(tabId: number): Promise<Injection> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (tab === null) return { ok: false, reason: 'gone' };
  const origin = originOf(tab.url ?? '');
  return { ok: false, reason: 'refused', ...(origin !== '' && { origin }) };
}
