/**
 * One frame's agent: between the recorder in the page's world, which is not trusted, and the engine, which is far away.
 * What leaves passes the filter; what comes in from the expert passes the executor's checks.
 */
import { originOf, safeAddress } from '../cobrowse/masking-address.ts';
import { MAX_ADDRESS_CHARS } from '../protocol/cobrowse-limits.ts';
import { secretOfFrame } from '../cobrowse/masking-frames.ts';
import type { PageState, UnmirrorableReason } from '../protocol/cobrowse-messages.ts';
import type { FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { AgentMarks } from './agent-marks.ts';
import { type PageSession, type Start, startPageSession } from './page-session.ts';
import { readState } from './page-state.ts';

export interface PageAgentDeps {
  readonly document: Document;
  readonly clock: Clock;
  readonly post: (message: FromAgent) => void;
  readonly marks: AgentMarks;
  /** Closed ones too: only an extension can tell. */
  readonly shadowRootOf: (element: Element) => ShadowRoot | null;
  readonly signal: AbortSignal;
}

export interface PageAgent {
  /** From the engine, decoded. */
  receive(message: ToAgent): void;
  /** The element that a node of this document's stream is, while it is in the page and the other side has it. */
  find(node: { readonly epoch: number; readonly nodeId: number }): Element | null;
}

/** Does nothing to the page, and watches nothing, before it is told to start. */
export function createPageAgent(deps: PageAgentDeps): PageAgent {
  const { document, post } = deps;
  const view = document.defaultView ?? window;
  const token = createId();
  let running: PageSession | null = null;
  let reading = new AbortController();
  // A frame that its parent can look into is recorded by the parent's recorder.
  const isCovered = view.parent !== view && frameElementOf(view) !== null;

  if (!isCovered) {
    const address = safeAddress(view.location.href).slice(0, MAX_ADDRESS_CHARS);
    post({ type: 'hello', isTop: view.parent === view, origin: originOf(view.location.href), address, token });
  }
  const tellUnmirrorable = ({ epoch, mode }: Start, reason: UnmirrorableReason) => {
    const page: PageState = { ...readState(document, view, mode), unmirrorable: reason, focusId: null };
    post({ type: 'frame', kind: 'page', epoch, json: JSON.stringify(page) });
    post({ type: 'unmirrorable', reason });
  };
  const hindrance = () => (view.parent === view ? whyNot(document) : null);
  const end = () => {
    reading.abort();
    running?.stop();
    running = null;
  };
  const begin = (start: Start) => {
    end();
    if (document.readyState === 'loading') {
      // What a page is made of is known once it has been read.
      reading = new AbortController();
      const lookAgain = () => (running === null || hindrance() !== null) && begin(start);
      const signal = AbortSignal.any([reading.signal, deps.signal]);
      document.addEventListener('DOMContentLoaded', lookAgain, { once: true, signal });
      if (document.documentElement === null) return;
    }
    const reason = hindrance();
    if (reason !== null) tellUnmirrorable(start, reason);
    else if (secretOfFrame(view.location.href) === null) running = startPageSession(start, { ...deps, token });
  };

  return {
    find: (node) => running?.find(node) ?? null,
    receive(message) {
      if (isCovered) return;
      if (message.type === 'start') begin(message);
      else if (message.type === 'stop') end();
      else running?.receive(message);
    },
  };
}

/**
 * Why nothing could be seen of a page, or its owner not be told who sees it: Firefox draws no border of ours over a
 * drawing, an XML document loses its styles, of a PDF there is only Chromium's empty viewer, and of a page made of frames
 * (`<frameset>`) only the borders.
 */
function whyNot({ contentType, documentElement, body }: Document): UnmirrorableReason | null {
  if (contentType === 'application/pdf') return 'pdf';
  // One that is being written anew has no root for a moment.
  if (documentElement !== null && documentElement.namespaceURI !== 'http://www.w3.org/1999/xhtml') return 'file';
  return body?.localName === 'frameset' ? 'error' : null;
}

function frameElementOf(view: Window): Element | null {
  try {
    return view.frameElement;
  } catch {
    return null;
  }
}
