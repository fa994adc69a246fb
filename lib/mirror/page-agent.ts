/**
 * One frame's agent: between the recorder in the page's world, which is not trusted, and the engine, which is far away.
 * What leaves passes the filter; what comes in from the expert passes the executor's checks.
 */
import { originOf, safeAddress } from '../cobrowse/masking-address.ts';
import { MAX_ADDRESS_CHARS } from '../protocol/cobrowse-limits.ts';
import { secretOfFrame } from '../cobrowse/masking-frames.ts';
import type { FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { AgentMarks } from './agent-marks.ts';
import { type PageSession, startPageSession } from './page-session.ts';

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
  // A frame that its parent can look into is recorded by the parent's recorder.
  const isCovered = view.parent !== view && frameElementOf(view) !== null;

  if (!isCovered) {
    const address = safeAddress(view.location.href).slice(0, MAX_ADDRESS_CHARS);
    post({ type: 'hello', isTop: view.parent === view, origin: originOf(view.location.href), address, token });
  }
  return {
    find: (node) => running?.find(node) ?? null,
    receive(message) {
      if (isCovered) return;
      if (message.type === 'start') {
        running?.stop();
        running = secretOfFrame(view.location.href) === null ? startPageSession(message, { ...deps, token }) : null;
      } else if (message.type === 'stop') {
        running?.stop();
        running = null;
      } else running?.receive(message);
    },
  };
}

function frameElementOf(view: Window): Element | null {
  try {
    return view.frameElement;
  } catch {
    return null;
  }
}
