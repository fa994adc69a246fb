import { createLocalAttention, createRemoteAttention } from '../platform/attention.ts';
import { sendMessage } from '../platform/messages.ts';
import { activeTabFacts } from '../platform/tab-services.ts';
import { collectFacts, ownFactSources } from './collect-facts.ts';
import type { Home } from './home.ts';

const DATABASE = 'alongside';

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
  attention: createLocalAttention(),
  collectFacts: async () => collectFacts(ownFactSources(await activeTabFacts())),
});
