import { toolbarIcon } from './browser.ts';
import { rememberClickedTab } from './clicked-tab.ts';
import { openPanel, pressPanel } from './panel.ts';

/**
 * A press on the icon opens the panel and lends the tab to the extension. `openPanelOnActionClick` would open it too, but
 * lend nothing (reference/platform.md §1). Call it while the script is first run.
 */
export function watchIcon(): void {
  let lastTab: number | undefined;
  toolbarIcon().onClicked.addListener((tab) => {
    // A press on another tab lends it: Firefox must not close the sidebar for it, where a question may wait.
    const show = tab.id === lastTab ? pressPanel : openPanel;
    void show({ windowId: tab.windowId });
    lastTab = tab.id;
    if (tab.id !== undefined) void rememberClickedTab(tab.id);
  });
}
