import { secretOfFrame } from '../cobrowse/masking-frames.ts';
import { MAX_BARRED_SITES } from '../protocol/cobrowse-limits.ts';
import { contentDocumentOf, eachDocument, isFrame, reachableDocuments } from './reachable-documents.ts';

const KNOCK = 'alongside-child:';
const KNOCK_EVERY_MS = 1_000;
/** A frame that has not knocked for so long has no agent: the extension may not enter its site. */
const SILENT_MS = 3_000;
/** Smaller ones are counters and the like, which nobody looks at. CSS px. */
const MIN_SEEN_PX = 40;

export interface ChildFramesDeps {
  readonly document: Document;
  /** Names this frame for its parent's agent. */
  readonly token: string;
  readonly onChild: (token: string, frame: Element) => void;
  /** A frame that can't be looked into was loaded; it may have no agent yet. */
  readonly onNewFrames: () => void;
  /** Whether what is in this frame would be shown. */
  readonly mayShow: (frame: Element) => boolean;
  /** The frames that have no agent, and their sites, whenever they have changed. */
  readonly onBarred: (sites: readonly string[], frames: readonly Element[]) => void;
  readonly signal: AbortSignal;
}

/**
 * Joins frames of other origins to the elements that hold them. A child tells its parent's window its token, nothing else:
 * every script in the parent can read along, so content never goes this way. Whoever repeats a token only moves a frame.
 */
export function watchChildFrames(deps: ChildFramesDeps): void {
  const { document, token, onChild, onNewFrames, mayShow, onBarred, signal } = deps;
  const view = document.defaultView ?? window;
  /** When each frame was loaded; null once it has knocked. */
  const silentSince = new WeakMap<Element, number | null>();
  let barred: readonly Element[] = [];

  const isBarred = (frame: HTMLIFrameElement, now: number): boolean => {
    if (contentDocumentOf(frame) !== null) return false;
    const since = silentSince.get(frame);
    if (since === undefined) silentSince.set(frame, now);
    if (typeof since !== 'number' || now - since < SILENT_MS) return false;
    return frame.clientWidth >= MIN_SEEN_PX && frame.clientHeight >= MIN_SEEN_PX && mayShow(frame);
  };
  const lookForBarred = () => {
    const now = performance.now();
    const sites = new Set<string>();
    const found: Element[] = [];
    for (const inner of reachableDocuments(document)) {
      for (const frame of inner.getElementsByTagName('iframe')) {
        if (secretOfFrame(frame.src) !== null || !isBarred(frame, now)) continue;
        found.push(frame);
        const { protocol, origin } = URL.parse(frame.src) ?? {};
        if (origin !== undefined && (protocol === 'https:' || protocol === 'http:')) sites.add(origin);
      }
    }
    if (found.length === barred.length && found.every((frame, index) => frame === barred[index])) return;
    barred = found;
    onBarred([...sites].slice(0, MAX_BARRED_SITES), found);
  };
  const hear = ({ data, source }: MessageEvent<unknown>) => {
    if (typeof data !== 'string' || !data.startsWith(KNOCK) || source === null) return;
    const child = data.slice(KNOCK.length);
    const frame = /^[a-z0-9]{8,64}$/.test(child) ? frameOfWindow(document, source) : null;
    if (frame === null) return;
    silentSince.set(frame, null);
    onChild(child, frame);
  };
  const look = ({ target }: Event) => {
    if (!isFrame(target) || contentDocumentOf(target) !== null) return;
    silentSince.set(target, performance.now());
    onNewFrames();
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
  const knock = () => {
    if (view.parent !== view) view.parent.postMessage(KNOCK + token, '*');
  };
  knock();
  // Again and again: the parent's agent may come later, and its epochs change.
  const timer = setInterval(() => {
    knock();
    lookForBarred();
  }, KNOCK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function frameOfWindow(document: Document, source: MessageEventSource): Element | null {
  for (const inner of reachableDocuments(document)) {
    for (const frame of inner.querySelectorAll('iframe')) if (frame.contentWindow === source) return frame;
  }
  return null;
}
