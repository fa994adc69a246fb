import * as v from 'valibot';
import { browser } from './browser.ts';

const KEY = 'clickedTab';
const Stored = v.object({ [KEY]: v.number() });

/** Remembers the tab that a press on the icon lent to the extension. In storage: a service worker forgets. */
export async function rememberClickedTab(tabId: number): Promise<void> {
  await browser.storage.session.set({ [KEY]: tabId });
}

/** The tab the icon was last pressed on, while it is open; null without one. */
export async function clickedTab(): Promise<number | null> {
  const stored = v.safeParse(Stored, await browser.storage.session.get(KEY));
  if (!stored.success) return null;
  return browser.tabs.get(stored.output[KEY]).then(
    (tab) => tab.id ?? null,
    () => null,
  );
}
