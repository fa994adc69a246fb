import type { Link } from '../rtc/link.ts';
import type { Clock } from '../shared/clock.ts';
import { refuse } from './handshake.ts';
import { createInbox } from './inbox.ts';
import type { Session } from './session.ts';

/** Where links that others dialled arrive, and find the session they are for. */
export interface Reception {
  /** Reads the hello of a link and hands the link to its session, or refuses it. */
  receive(link: Link): Promise<void>;
  /** A session began: links that wait for it may go in. */
  look(): void;
  /** A session is over: its links are told so. */
  forget(sessionId: string): void;
}

/** A link may overtake the desk's word about its session; a stranger's is let go after this time. */
const UNKNOWN_SESSION_MS = 5_000;
const HELLO_TIMEOUT_MS = 8_000;

export function createReception(clock: Clock, current: () => Session | null): Reception {
  const ended = new Set<string>();
  const waiting = new Set<() => void>();

  const whenKnown = (sessionId: string) =>
    new Promise<Session | null>((resolve) => {
      const over = new AbortController();
      const check = () => {
        const session = current();
        if (session?.sessionId !== sessionId) return;
        over.abort();
        resolve(session);
      };
      waiting.add(check);
      over.signal.addEventListener('abort', () => waiting.delete(check), { once: true });
      clock.after(UNKNOWN_SESSION_MS, () => (over.abort(), resolve(null)), over.signal);
      check();
    });

  return {
    async receive(link) {
      const inbox = createInbox(link);
      const timeout = new AbortController();
      clock.after(HELLO_TIMEOUT_MS, () => timeout.abort(), link.closed);
      const hello = await inbox.next('hello', AbortSignal.any([timeout.signal, link.closed]));
      if (!hello) return link.close();
      if (ended.has(hello.sessionId)) return void refuse(link, 'ended');
      const known = await whenKnown(hello.sessionId);
      if (known) known.accept(link, inbox, hello);
      else refuse(link, 'unknown-session');
    },
    look() {
      for (const check of [...waiting]) check();
    },
    forget: (sessionId) => void ended.add(sessionId),
  };
}
