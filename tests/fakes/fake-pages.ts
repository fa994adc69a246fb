import type { FromAgent, ToAgent } from '../../lib/protocol/cobrowse-port.ts';
import type { AgentLink, SharedPages } from '../../lib/state/shared-pages.ts';

/** An agent without a page: says what a test lets it say, and keeps what it was told. */
export interface FakeAgent {
  readonly told: ToAgent[];
  says(message: FromAgent): void;
  /** The page goes away. */
  leave(): void;
}

export interface FakePages extends SharedPages {
  /** What the next injections answer; the tab that is clicked is 41. */
  door: 'open' | 'refused' | 'gone';
  /** The site that a refusal names. */
  behind: string | null;
  /** The page in the tab that is clicked. */
  lent: { readonly title: string; readonly address: string } | null;
  /** Sites whose rights were given back. */
  readonly forgotten: string[];
  readonly injected: (number | null)[];
  /** A page comes up in a tab, as far as its agent. */
  open(browserTabId: number, hello?: Partial<Extract<FromAgent, { type: 'hello' }>>): FakeAgent;
}

export const CLICKED_TAB = 41;

export function createFakePages(): FakePages {
  let onAgent: (agent: AgentLink) => void = () => {};
  let tokens = 0;
  const pages: FakePages = {
    door: 'open',
    lent: { title: 'Checkout', address: 'https://a.example/checkout' },
    injected: [],
    forgotten: [],
    behind: null,
    async inject(tabId) {
      pages.injected.push(tabId);
      if (pages.door === 'open') return { ok: true, tabId: tabId ?? CLICKED_TAB };
      return { ok: false, reason: pages.door, ...(pages.behind !== null && { origin: pages.behind }) };
    },
    offered: async () => pages.lent,
    forget: (origins) => void pages.forgotten.push(...origins),
    onAgent(run) {
      onAgent = run;
    },
    read: async () => null,
    clean: async (mime, file) => ({ mime, bytes: file.subarray(1) }),
    open(browserTabId, hello = {}) {
      const told: ToAgent[] = [];
      const closed = new AbortController();
      let listen: (message: FromAgent) => void = () => {};
      onAgent({
        browserTabId,
        isTop: hello.isTop ?? true,
        post: (message) => void told.push(message),
        onMessage(run) {
          listen = run;
        },
        closed: closed.signal,
      });
      tokens += 1;
      const said: FromAgent = {
        type: 'hello',
        isTop: true,
        origin: 'https://a.example',
        address: 'https://a.example/',
        token: `token000${tokens}`,
        ...hello,
      };
      queueMicrotask(() => listen(said));
      return { told, says: (message) => listen(message), leave: () => closed.abort() };
    },
  };
  return pages;
}
