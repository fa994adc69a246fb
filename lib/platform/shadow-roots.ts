import { browser } from './browser.ts';

/** Firefox's way: a property that only content scripts see. */
interface WithRoot {
  readonly openOrClosedShadowRoot: ShadowRoot | null;
}

/** An element's shadow root, open or closed, as only the content script of an extension may see it. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if ('openOrClosedShadowRoot' in element) return (element as Element & WithRoot).openOrClosedShadowRoot;
  // Chrome's is for HTML elements only.
  return element instanceof HTMLElement ? browser.dom.openOrClosedShadowRoot(element) : element.shadowRoot;
}
