import { defineBackground } from 'wxt/utils/define-background';
import { ring, watchCommands } from '../lib/platform/attention.ts';
import { showCallBadge } from '../lib/platform/badge.ts';
import { watchIcon } from '../lib/platform/icon.ts';
import { answerMessages, sendMessage } from '../lib/platform/messages.ts';
import { ensureOffscreen, keepOffscreen } from '../lib/platform/offscreen.ts';
import { welcomeOnInstall } from '../lib/platform/pages.ts';
import { forgetSites } from '../lib/platform/permissions.ts';
import { activeTabFacts, captureClickedTab, clickedTabFacts, injectScripts } from '../lib/platform/tab-services.ts';

export default defineBackground({
  persistent: true,
  main() {
    watchIcon();
    welcomeOnInstall();
    if (import.meta.env.CHROME) serveEngineRoom();
    else void startEngineHere();
  },
});

/**
 * Chrome: the engine lives in the offscreen page, and this service worker, which is killed whenever it is idle, does for it
 * what needs extension APIs. Every listener stands before the first turn ends; nothing is kept in memory.
 */
function serveEngineRoom(): void {
  watchCommands((command) => void sendMessage('command', command));
  answerMessages('background', {
    'engine.start': () => ensureOffscreen().then(() => null),
    'attention.ring': (caller) => ring(caller).then(() => null),
    'attention.call': (notice) => showCallBadge(notice).then(() => null),
    'tab.facts': () => activeTabFacts(),
    'tab.offered': () => clickedTabFacts(),
    'site.forget': (origins) => forgetSites(origins).then(() => null),
    'tab.capture': () => captureClickedTab(),
    'tab.inject': (request) => injectScripts(request),
  });
  keepOffscreen();
}

/** Firefox: the engine lives in this very page. Chrome's service worker has no WebRTC, and must not carry its weight. */
async function startEngineHere(): Promise<void> {
  if (!import.meta.env.FIREFOX) return;
  const [{ createEngine }, { createBackgroundHome }, { showEngine }] = await Promise.all([
    import('../lib/engine/create-engine.ts'),
    import('../lib/engine/extension-home.ts'),
    import('../lib/engine/find-engine.ts'),
  ]);
  showEngine(await createEngine(createBackgroundHome(), new AbortController().signal));
}
