import * as v from 'valibot';
import { type Box, FromPlayer, type Hit, type NodePlace, type ToPlayer } from '../lib/protocol/player-messages.ts';

/** The player page inside the co-browse window. */
export interface PlayerPort {
  post(message: ToPlayer): void;
  /** What is at a point of the mirrored page's viewport. */
  hit(x: number, y: number): Promise<Hit | null>;
  /** What has the focus in the mirrored page, once that is `nodeId`; null, for whatever it is now. */
  focused(nodeId: number | null): Promise<Hit | null>;
  /** Where a node is now. */
  locate(place: NodePlace): Promise<Box | null>;
}

export interface PlayerPortParts {
  readonly frame: HTMLIFrameElement;
  readonly onMessage: (message: FromPlayer) => void;
  readonly signal: AbortSignal;
}

/** An answer that does not come within this time is none: the player was loaded anew. Drawing a large page takes seconds. */
const ANSWER_MS = 10_000;

/** Connects to the player page as soon as it has loaded; what is posted before waits for it. */
export function openPlayerPort({ frame, onMessage, signal }: PlayerPortParts): PlayerPort {
  const { port1: port, port2 } = new MessageChannel();
  const answers = new Map<number, (message: FromPlayer) => void>();
  let requests = 0;

  const connect = () => frame.contentWindow?.postMessage('port', location.origin, [port2]);
  if (isLoaded(frame)) connect();
  else frame.addEventListener('load', connect, { once: true, signal });
  port.addEventListener(
    'message',
    ({ data }) => {
      const message = v.safeParse(FromPlayer, data);
      if (!message.success) return;
      const { output } = message;
      if (output.type === 'hit' || output.type === 'located') {
        answers.get(output.requestId)?.(output);
        answers.delete(output.requestId);
      } else onMessage(output);
    },
    { signal },
  );
  port.start();
  signal.addEventListener('abort', () => port.close(), { once: true });

  const ask = (make: (requestId: number) => ToPlayer): Promise<FromPlayer | null> =>
    new Promise((resolve) => {
      requests += 1;
      const requestId = requests;
      const timer = setTimeout(() => {
        answers.delete(requestId);
        resolve(null);
      }, ANSWER_MS);
      answers.set(requestId, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
      port.postMessage(make(requestId));
    });

  return {
    post: (message) => port.postMessage(message),
    async hit(x, y) {
      const answer = await ask((requestId) => ({ type: 'hit', requestId, x, y }));
      return answer?.type === 'hit' ? answer.hit : null;
    },
    async focused(nodeId) {
      const answer = await ask((requestId) => ({ type: 'focused', requestId, nodeId }));
      return answer?.type === 'hit' ? answer.hit : null;
    },
    async locate(place) {
      const answer = await ask((requestId) => ({ type: 'locate', requestId, place }));
      return answer?.type === 'located' ? answer.box : null;
    },
  };
}

const isLoaded = ({ contentDocument }: HTMLIFrameElement): boolean =>
  contentDocument?.readyState === 'complete' && contentDocument.URL !== 'about:blank';
