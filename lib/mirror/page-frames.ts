import { contentDocumentOf, eachDocument, isFrame, reachableDocuments } from './reachable-documents.ts';

const KNOCK = 'alongside-child:';
const KNOCK_EVERY_MS = 1_000;

export interface ChildFramesDeps {
  readonly document: Document;
  /** Names this frame for its parent's agent. */
  readonly token: string;
  readonly onChild: (token: string, frame: Element) => void;
  /** A frame that can't be looked into was loaded; it may have no agent yet. */
  readonly onNewFrames: () => void;
  readonly signal: AbortSignal;
}

/**
 * Joins frames of other origins to the elements that hold them. A child tells its parent's window its token, nothing else:
 * every script in the parent can read along, so content never goes this way. Whoever repeats a token only moves a frame.
 */
export function watchChildFrames({ document, token, onChild, onNewFrames, signal }: ChildFramesDeps): void {
  const view = document.defaultView ?? window;
  const hear = ({ data, source }: MessageEvent<unknown>) => {
    if (typeof data !== 'string' || !data.startsWith(KNOCK) || source === null) return;
    const child = data.slice(KNOCK.length);
    const frame = /^[a-z0-9]{8,64}$/.test(child) ? frameOfWindow(document, source) : null;
    if (frame !== null) onChild(child, frame);
  };
  const look = ({ target }: Event) => {
    if (isFrame(target) && contentDocumentOf(target) === null) onNewFrames();
  };
  // A frame of this origin has no agent that would listen: what is in it is recorded from here.
  eachDocument(
    document,
    (inner) => {
      inner.defaultView?.addEventListener('message', hear, { signal });
      inner.addEventListener('load', look, { capture: true, signal });
    },
    signal,
  );
  if (view.parent === view) return;
  // Again and again: the parent's agent may come later, and its epochs change.
  const knock = () => view.parent.postMessage(KNOCK + token, '*');
  knock();
  const timer = setInterval(knock, KNOCK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function frameOfWindow(document: Document, source: MessageEventSource): Element | null {
  for (const inner of reachableDocuments(document)) {
    for (const frame of inner.querySelectorAll('iframe')) if (frame.contentWindow === source) return frame;
  }
  return null;
}
