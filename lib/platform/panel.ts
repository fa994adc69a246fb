import { browser } from './browser.ts';

/** The window in which something happened, by its id where it is known. */
const CURRENT_WINDOW = -2;

/**
 * Opens the side panel (Firefox: the sidebar). Both browsers allow it only in the very task of a press, so nothing may be
 * awaited before. Resolves to false when the browser refused.
 */
export function openPanel(place: { windowId: number } = { windowId: CURRENT_WINDOW }): Promise<boolean> {
  const opened = browser.sidebarAction ? browser.sidebarAction.open() : browser.sidePanel.open(place);
  return opened.then(
    () => true,
    () => false,
  );
}

/** A press on the icon: opens the panel; Firefox, whose sidebar the icon alone can close, toggles it. */
export function pressPanel(place: { windowId: number }): Promise<boolean> {
  if (!browser.sidebarAction) return openPanel(place);
  return browser.sidebarAction.toggle().then(
    () => true,
    () => false,
  );
}

/** Where a press does not count as one (Firefox's notifications): the panel in a window of its own. */
export async function openPanelWindow(): Promise<void> {
  await browser.windows.create({
    url: browser.runtime.getURL('/sidepanel.html'),
    type: 'popup',
    width: 400,
    height: 720,
  });
}
