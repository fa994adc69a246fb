import { createLocalAttention, createRemoteAttention } from '../platform/attention.ts';
import { sendMessage } from '../platform/messages.ts';
import { forgetSites } from '../platform/permissions.ts';
import { activeTabFacts, clickedTabFacts, injectScripts } from '../platform/tab-services.ts';
import { collectFacts, ownFactSources } from './collect-facts.ts';
import { createOverlayPages } from './extension-overlay.ts';
import { createExtensionPages } from './extension-pages.ts';
import type { Home } from './home.ts';

const DATABASE = 'alongside';
/** The agent first: the recorder calls for it, and what it says must not be lost. */
const PAGE_SCRIPTS = ['agent', 'recorder'] as const;

/** Chrome: the offscreen page, which may capture by itself once the extension has its grant. */
export const createOffscreenHome = (): Home => ({
  kind: 'offscreen',
  captureHost: { mediaDevices: navigator.mediaDevices },
  databaseName: DATABASE,
  defaultDeskUrl: '',
  preferRearCamera: false,
  async captureClickedTab() {
    const captured = await sendMessage('tab.capture', null);
    return captured?.ok ? captured : null;
  },
  pages: createExtensionPages({
    inject: async (tabId) =>
      (await sendMessage('tab.inject', { tabId, scripts: [...PAGE_SCRIPTS] })) ?? { ok: false, reason: 'refused' },
    offered: async () => (await sendMessage('tab.offered', null)) ?? null,
    forget: (origins) => void sendMessage('site.forget', [...origins]),
  }),
  overlays: createOverlayPages((tabId) => sendMessage('tab.inject', { tabId, scripts: ['overlay'] })),
  attention: createRemoteAttention(),
  collectFacts: async () => collectFacts(ownFactSources(await sendMessage('tab.facts', null))),
});

/** Firefox: the background page, which is never allowed to capture; views lend their windows. */
export const createBackgroundHome = (): Home => ({
  kind: 'background',
  captureHost: null,
  databaseName: DATABASE,
  defaultDeskUrl: '',
  preferRearCamera: false,
  captureClickedTab: null,
  pages: createExtensionPages({
    inject: (tabId) => injectScripts({ tabId, scripts: PAGE_SCRIPTS }),
    offered: clickedTabFacts,
    forget: (origins) => void forgetSites(origins),
  }),
  overlays: createOverlayPages((tabId) => injectScripts({ tabId, scripts: ['overlay'] })),
  attention: createLocalAttention(),
  collectFacts: async () => collectFacts(ownFactSources(await activeTabFacts())),
});
