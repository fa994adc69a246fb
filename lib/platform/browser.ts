import type { Browser } from 'wxt/browser';

/** What Firefox has and Chrome has not. */
interface FirefoxParts {
  readonly sidebarAction?: { open(): Promise<void>; toggle(): Promise<void> };
  /** Manifest 2 calls the toolbar icon so. */
  readonly browserAction?: typeof Browser.action;
}

/** Chrome's types with what they get wrong: a view is a real window. */
interface Views {
  readonly extension: { getViews(): Window[] };
  readonly runtime: Omit<typeof Browser.runtime, 'getBackgroundPage'> & { getBackgroundPage(): Promise<Window> };
}

type Apis = Omit<typeof Browser, keyof Views> & Views & FirefoxParts;

function findApis(): Apis {
  const { browser: standard, chrome } = globalThis as typeof globalThis & { browser?: Apis; chrome?: Apis };
  return (standard?.runtime ? standard : chrome) as Apis; // one of them is there in every extension page
}

/** The extension APIs, with promises everywhere. Undefined outside an extension: use it inside functions only. */
export const browser = /* @__PURE__ */ findApis();

/** The toolbar icon, whatever the manifest's version calls it. */
export const toolbarIcon = (): typeof Browser.action => browser.browserAction ?? browser.action;
