import type { Page } from 'puppeteer';
import * as v from 'valibot';
import { GECKO_ID } from '../../../scripts/build/manifest.ts';
import type { Launched } from './launch.ts';

/** Presses the extension's icon while `front` is the tab in front, which lends that tab to the extension. */
export async function pressIcon({ launched }: { readonly launched: Launched }, front: Page): Promise<void> {
  await front.bringToFront();
  if (launched.kind === 'firefox') return pressFirefoxIcon(launched.browser, front.url());
  const [extension] = (await launched.browser.extensions()).values();
  if (!extension) throw new Error('The extension is not installed');
  await extension.triggerAction(front);
}

/** What Firefox says of its own windows. Its icons are in no page; puppeteer has no verb for them. */
const Windows = v.object({
  result: v.object({ contexts: v.array(v.object({ context: v.string(), url: v.string() })) }),
});
const Evaluated = v.object({ result: v.object({ type: v.literal('success') }) });
interface Connection {
  send(method: string, parameters: object): Promise<unknown>;
}

async function pressFirefoxIcon(browser: object, url: string): Promise<void> {
  // Reached by name: it is not part of puppeteer's types.
  const { connection } = browser as { readonly connection: Connection };
  const tree = v.parse(Windows, await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' }));
  const [window] = tree.result.contexts.filter(({ url }) => url.endsWith('/browser.xhtml'));
  const press = `(() => {
    const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const { extension } = WebExtensionPolicy.getByID('${GECKO_ID}');
    const shows = (window) => window.gBrowser.selectedBrowser.currentURI.spec === ${JSON.stringify(url)};
    const front = [...Services.wm.getEnumerator('navigator:browser')].find(shows);
    if (!front) throw new Error('No window shows the page');
    return ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(front);
  })()`;
  v.parse(
    Evaluated,
    await connection.send('script.evaluate', {
      expression: press,
      target: { context: window?.context },
      awaitPromise: true,
    }),
  );
}
