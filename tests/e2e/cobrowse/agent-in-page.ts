/** Bundled and put into fixture pages, in a world of its own: the agent, with the engine's end of the port for the test. */
import { createPageAgent } from '../../../lib/mirror/page-agent.ts';
import type { FromAgent, ToAgent } from '../../../lib/protocol/cobrowse-port.ts';
import { systemClock } from '../../../lib/shared/clock.ts';

const posted: FromAgent[] = [];
const marked: string[] = [];
const agent = createPageAgent({
  document,
  clock: systemClock,
  signal: new AbortController().signal,
  post: (message) => posted.push(message),
  shadowRootOf: (element) => element.shadowRoot,
  marks: {
    point: (name, element) => marked.push(`point ${name} ${element.localName}`),
    pulse: (element) => marked.push(`pulse ${element.id}`),
    ask: ({ text }) => marked.push(`ask ${text}`),
    unask: (key) => marked.push(`unask ${key}`),
    tint: (elements) => marked.push(`tint ${elements.map(({ id }) => id).join(' ')}`),
    pickPart(_text, onPicked) {
      pick = onPicked;
    },
    cancelPick: () => marked.push('pick over'),
    clear: () => marked.push('clear'),
  },
});
let pick: ((element: Element | null) => void) | null = null;

const handle = {
  posted,
  marked,
  send: (message: ToAgent): void => agent.receive(message),
  /** The customer presses this part after "Hide a part of this page". */
  pick: (selector: string): void => pick?.(document.querySelector(selector)),
  /** All that was posted since `from`, as the text that would travel. */
  text: (from = 0): string => JSON.stringify(posted.slice(from)),
};

declare global {
  var agentTest: typeof handle;
}

globalThis.agentTest = handle;
