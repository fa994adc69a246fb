/** The document of this frame and of all frames below it that are of the same origin. */
export function reachableDocuments(document: Document): Document[] {
  const found: Document[] = [document];
  for (const document of found) {
    for (const frame of document.querySelectorAll('iframe')) {
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
