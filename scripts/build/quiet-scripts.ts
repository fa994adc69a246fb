import type { Plugin } from 'vite';

const CONTEXT = 'wxt/utils/content-script-context';
const STAND_IN = '\0alongside:content-script-context';

/**
 * WXT gives each content script a context that tells the page, by a message to its window and an event on its document,
 * which script of which extension has come. None of ours uses it (each knows by itself whether it is in a page already), and
 * a page has no business to know.
 */
export const quietScripts = (): Plugin => ({
  name: 'alongside:quiet-scripts',
  enforce: 'pre',
  resolveId: (source) => (source === CONTEXT ? STAND_IN : null),
  load: (id) => (id === STAND_IN ? 'export class ContentScriptContext {}' : null),
});
