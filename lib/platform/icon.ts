import { toolbarIcon } from './browser.ts';
import { rememberClickedTab } from './clicked-tab.ts';
import { pressPanel } from './panel.ts';

/**
 * A press on the icon opens the panel and lends the tab to the extension. `openPanelOnActionClick` would open it too, but
 * lend nothing (reference/platform.md §1). Call it while the script is first run.
 */
export function watchIcon(): void {
  toolbarIcon().onClicked.addListener((tab) => {
    void pressPanel({ windowId: tab.windowId });
    if (tab.id !== undefined) void rememberClickedTab(tab.id);
  });
}
