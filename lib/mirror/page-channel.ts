/**
 * How the recorder in the page's world and the agent in the isolated world talk: events on the document, named at random
 * by the agent. The page can find the name out, listen and speak on it; so nothing that goes down is secret from the
 * page, and nothing that comes up is believed. Text only: objects don't cross worlds in Firefox.
 */
const HELLO = 'alongside-hello';
const HERE = 'alongside-recorder';
const SEARCH = 'alongside-search';
/** A page that says hello to our recorder itself must not keep our agent out; more than a few are a game. */
const MAX_CHANNELS = 4;

const detailOf = (event: Event): string => ('detail' in event && typeof event.detail === 'string' ? event.detail : '');

export interface AgentChannel {
  /** Delivered before this returns, when the recorder is there; lost otherwise. */
  send(message: string): void;
  /** Runs as soon as the recorder is there: now, or when it comes. */
  whenThere(run: () => void): void;
}

/** The agent's end. `onMessage` is also called for what a page forged. */
export function openAgentChannel(
  document: Document,
  name: string,
  onMessage: (message: string) => void,
  signal: AbortSignal,
): AgentChannel {
  let isThere = false;
  const waiting: (() => void)[] = [];
  const hello = () => document.dispatchEvent(new CustomEvent(HELLO, { detail: name }));
  document.addEventListener(`${name}-up`, (event) => onMessage(detailOf(event)), { signal });
  document.addEventListener(
    HERE,
    () => {
      // A recorder that comes later calls for its agent.
      hello();
      isThere = true;
      for (const run of waiting.splice(0)) run();
    },
    { signal },
  );
  hello();
  return {
    send: (message) => void document.dispatchEvent(new CustomEvent(`${name}-down`, { detail: message })),
    whenThere: (run) => (isThere ? run() : void waiting.push(run)),
  };
}

export interface RecorderChannel {
  /** To every agent that said hello. */
  send(message: string): void;
}

/** In the page's world: whether this document has a recorder. The scripts are put in again for each frame that comes later. */
export const hasRecorder = (document: Document): boolean =>
  !document.dispatchEvent(new CustomEvent(SEARCH, { cancelable: true }));

/** The recorder's end, in the page's world. `leave` makes room for another agent: this one is not listened to any more. */
export function openRecorderChannel(
  document: Document,
  onMessage: (message: string, leave: () => void) => void,
): RecorderChannel {
  const names = new Set<string>();
  document.addEventListener(SEARCH, (event) => event.preventDefault());
  document.addEventListener(HELLO, (event) => {
    const name = detailOf(event);
    if (!/^[a-z0-9]{8,64}$/.test(name) || names.has(name) || names.size >= MAX_CHANNELS) return;
    names.add(name);
    const left = new AbortController();
    const leave = () => {
      left.abort();
      names.delete(name);
    };
    document.addEventListener(`${name}-down`, (down) => onMessage(detailOf(down), leave), { signal: left.signal });
    document.dispatchEvent(new CustomEvent(HERE));
  });
  document.dispatchEvent(new CustomEvent(HERE));
  return {
    send(message) {
      for (const name of names) document.dispatchEvent(new CustomEvent(`${name}-up`, { detail: message }));
    },
  };
}
