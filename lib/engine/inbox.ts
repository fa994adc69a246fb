import type { LinkMessage } from '../protocol/peer-messages.ts';
import type { Link } from '../rtc/link.ts';
import type { RefuseReason } from './handshake.ts';

/** A link's messages, first asked for one by one (the handshake), then streamed. */
export interface Inbox {
  /** The next message of `type`; others wait their turn. Null when the link refused us or `signal` aborts first. */
  next<T extends LinkMessage['type']>(type: T, signal: AbortSignal): Promise<Extract<LinkMessage, { type: T }> | null>;
  /** Why the other end refused, if it did. */
  refused(): RefuseReason | null;
  /** From now on every message, beginning with those that wait. */
  stream(run: (message: LinkMessage) => void): void;
}

/** A stranger may not fill memory while no one reads. */
const MAX_WAITING = 256;

export function createInbox(link: Link): Inbox {
  const waiting: LinkMessage[] = [];
  let wake = () => undefined as void;
  let refusal: RefuseReason | null = null;

  link.onMessage((message) => {
    if (message.type === 'refuse') refusal = message.reason;
    else if (waiting.length < MAX_WAITING) waiting.push(message);
    wake();
  });

  return {
    async next(type, signal) {
      for (;;) {
        const index = waiting.findIndex((message) => message.type === type);
        const [found] = index < 0 ? [] : waiting.splice(index, 1);
        if (found && isOfType(found, type)) return found;
        if (refusal !== null || signal.aborted) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    refused: () => refusal,
    stream(run) {
      link.onMessage(run);
      for (const message of waiting.splice(0)) run(message);
    },
  };
}

const isOfType = <T extends LinkMessage['type']>(
  message: LinkMessage,
  type: T,
): message is Extract<LinkMessage, { type: T }> => message.type === type;
