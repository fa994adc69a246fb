import { browser } from './browser.ts';

/** An element's shadow root, open or closed, as only the content script of an extension may see it. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  // Chrome's is for HTML elements only.
  return element instanceof HTMLElement ? browser.dom.openOrClosedShadowRoot(element) : element.shadowRoot;
}
