import type { Page } from 'puppeteer';
import { type ConsoleLog, createConsoleLog } from './console-log.ts';
import { waitFor, withLimit } from './deadline.ts';
import { keepConnections } from './keep-connections.ts';
import { launch, type Launched, type LaunchRequest } from './launch.ts';
import { pressIcon } from './press-icon.ts';

const CLOSE_LIMIT_MS = 10_000;

/** Somebody with a browser of their own. Pages of the extension are named without `.html`. */
export interface Person {
  readonly name: string;
  readonly launched: Launched;
  readonly log: ConsoleLog;
  /** Opens a web page in a new tab. */
  open(url: string): Promise<Page>;
  /** Opens a page of the extension in a new tab. */
  openExtensionPage(page: string): Promise<Page>;
  /** The open page of the extension with that name, once it is there. */
  extensionPage(page: string): Promise<Page>;
  /**
   * Opens the panel. Chromium: by a real press on the icon while `front` is the tab in front. Firefox, whose sidebar a test
   * can't reach: the same page in a tab.
   */
  openPanel(front: Page): Promise<Page>;
  /** The same, by a press on the icon in Firefox, too, where the page then has a window of its own: `front` stays in view. */
  openPanelBeside(front: Page): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a browser for somebody and watches the consoles of everything in it. */
export async function createPerson(name: string, request: LaunchRequest): Promise<Person> {
  const log = createConsoleLog();
  const launched = await launch(request);
  const { browser, extensionOrigin } = launched;
  await watchConsoles(launched, log);

  const openTab = async (url: string): Promise<Page> => {
    const page = await browser.newPage();
    log.watchPage(page);
    if (url.startsWith('http')) await page.evaluateOnNewDocument(keepConnections);
    await goto(page, url);
    return page;
  };
  const extensionUrl = (page: string): string => `${extensionOrigin}/${page}.html`;

  const findPage = (page: string): Promise<Page> =>
    waitFor(`${name}'s page ${page}`, async () => {
      for (const target of browser.targets()) {
        if (target.url().split(/[?#]/)[0] === extensionUrl(page)) {
          const found = await target.asPage();
          log.watchPage(found, page);
          return found;
        }
      }
      return null;
    });

  return {
    name,
    launched,
    log,
    open: openTab,
    openExtensionPage: (page) => openTab(extensionUrl(page)),
    extensionPage: findPage,
    async openPanel(front) {
      if (launched.kind === 'firefox') return openTab(extensionUrl('sidepanel'));
      await pressIcon({ launched }, front);
      return findPage('sidepanel');
    },
    async openPanelBeside(front) {
      await pressIcon({ launched }, front);
      if (launched.kind === 'chrome') return findPage('sidepanel');
      const page = await browser.newPage({ type: 'window' });
      log.watchPage(page, 'sidepanel');
      await goto(page, extensionUrl('sidepanel'));
      return page;
    },
    close: () => withLimit(launched.close(), CLOSE_LIMIT_MS).catch(() => undefined),
  };
}

/**
 * Firefox never finishes a navigation to a page of an extension for the one who drives it; the page itself loads. So loading
 * is waited for in the page.
 */
async function goto(page: Page, url: string): Promise<void> {
  const address = (link: string): string => link.split(/[?#]/)[0] ?? link;
  void page.goto(url, { waitUntil: [] }).catch(() => undefined);
  await waitFor(`${url} to load`, async () => {
    const [href, state] = await page.evaluate(() => [location.href, document.readyState] as const);
    return (address(href) === address(url) && state === 'complete') || null;
  });
}

async function watchConsoles({ browser, kind }: Launched, log: ConsoleLog): Promise<void> {
  browser.on('targetcreated', (target) => {
    void (async () => {
      if (target.type() === 'page') {
        const page = await target.page();
        if (page) log.watchPage(page);
      } else if (kind === 'chrome' && target.url().endsWith('/offscreen.html')) {
        log.watchPage(await target.asPage(), 'offscreen');
      } else if (target.type() === 'service_worker') {
        const worker = await target.worker();
        if (worker) log.watchWorker(worker, 'background');
      }
    })().catch(() => undefined); // a target that is gone again has nothing to say
  });
  for (const page of await browser.pages()) log.watchPage(page);
}
