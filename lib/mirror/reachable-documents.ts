/** The document of this frame and of all frames below it that are of the same origin. */
export function reachableDocuments(document: Document): Document[] {
  const found: Document[] = [document];
  for (const document of found) {
    for (const frame of document.getElementsByTagName('iframe')) {
      const inner = contentDocumentOf(frame);
      if (inner !== null) found.push(inner);
    }
  }
  return found;
}

export function contentDocumentOf(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    // Some browsers throw where the others give null.
    return null;
  }
}

/**
 * Runs `run` for the document of this frame, for all below it that are of the same origin, and for each that is loaded
 * later: before the page and other scripts hear that it is there, unless they listen in a window further out.
 */
export function eachDocument(document: Document, run: (document: Document) => void, signal: AbortSignal): void {
  const seen = new WeakSet<Document>();
  const visit = (root: Document) => {
    for (const found of reachableDocuments(root)) {
      if (seen.has(found)) continue;
      seen.add(found);
      run(found);
      // `load` does not bubble, but a capturing listener hears it of every frame.
      found.addEventListener('load', onLoad, { capture: true, signal });
    }
  };
  const onLoad = ({ target }: Event) => {
    const inner = isFrame(target) ? contentDocumentOf(target) : null;
    if (inner !== null) visit(inner);
  };
  visit(document);
}

/** Also one of another realm, where `instanceof` is of no use. */
export const isFrame = (target: EventTarget | null): target is HTMLIFrameElement =>
  target !== null && 'nodeName' in target && target.nodeName === 'IFRAME';
