/** Walks and hits through shadow roots and frames of the same origin. */

/** The parent as one sees it: the slot's host, the shadow root's host, the frame around a document. */
export function composedParent(node: Node): Element | null {
  const parent = node.parentNode;
  if (parent === null) return null;
  if (parent.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in parent) return parent.host as Element; // a ShadowRoot
  if (parent.nodeType === Node.DOCUMENT_NODE) return frameOf(parent as Document); // by its nodeType
  return parent as Element; // what is left can hold a node of a document
}

/** The frame element around a document, when it can be reached. */
export function frameOf(document: Document): Element | null {
  try {
    return document.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

/** `element` and all around it, up to the top document that can be reached. */
export function* composedAncestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at !== null; at = composedParent(at)) yield at;
}

export function composedContains(outer: Element, inner: Element): boolean {
  for (const at of composedAncestors(inner)) if (at === outer) return true;
  return false;
}

/** The closest around `element` for which `test` holds, itself included. */
export function closest(element: Element, test: (element: Element) => boolean): Element | null {
  for (const at of composedAncestors(element)) if (test(at)) return at;
  return null;
}

/** The innermost element at a point of this document's viewport, through open shadow roots. */
export function deepElementFromPoint(document: Document, x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner: Element | null = hit.shadowRoot.elementFromPoint(x, y);
    if (inner === null || inner === hit) break;
    hit = inner;
  }
  return hit;
}

/** Focused element, through shadow roots and frames. */
export function deepActiveElement(document: Document): Element | null {
  let active = document.activeElement;
  for (;;) {
    const inner: Element | null | undefined = active?.shadowRoot?.activeElement ?? innerActive(active);
    if (inner == null) return active;
    active = inner;
  }
}

function innerActive(active: Element | null): Element | null {
  if (active?.localName !== 'iframe') return null;
  try {
    return (active as HTMLIFrameElement).contentDocument?.activeElement ?? null; // by its name
  } catch {
    return null;
  }
}
