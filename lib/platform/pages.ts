import { browser } from './browser.ts';

export type PageName = 'welcome' | 'options' | 'stage' | 'cobrowse';

const pageUrl = (page: PageName): string => browser.runtime.getURL(`/${page}.html`);

/** Opens a page of the extension in a tab, or brings the tab that shows it to the front. */
export async function openPage(page: 'welcome' | 'options', fragment = ''): Promise<void> {
  const url = pageUrl(page);
  if (await focusTab(url)) return;
  await browser.tabs.create({ url: fragment === '' ? url : `${url}#${fragment}` });
}

/** Opens a page in a window of its own (the stage, the mirror), or brings the one that is open to the front. */
export async function openWindow(page: 'stage' | 'cobrowse'): Promise<void> {
  const url = pageUrl(page);
  // Panel and stage may both want it at the same moment: one opens it, the other finds it open.
  await navigator.locks.request(`open-${page}`, async () => {
    if (await focusTab(url)) return;
    await browser.windows.create({ url, type: 'popup', width: 1120, height: 760 });
  });
}

/** Pages of the extension show their addresses to it without the permission `tabs`. */
async function focusTab(url: string): Promise<boolean> {
  const tabs = await browser.tabs.query({});
  // Chrome has the address of a tab that has just been made elsewhere.
  const open = tabs.find(
    (tab) => (tab.url || ('pendingUrl' in tab && String(tab.pendingUrl)) || '').split('#')[0] === url,
  );
  if (open?.id === undefined) return false;
  await browser.tabs.update(open.id, { active: true });
  await browser.windows.update(open.windowId, { focused: true });
  return true;
}

/** Opens the welcome page when the extension is first installed. Call it while the script is first run. */
export function welcomeOnInstall(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void openPage('welcome');
  });
}
