import { browser } from './browser.ts';

/** A content script's port as it comes, straight to the engine's page; what it carries is not looked at here. */
export interface RawPort {
  readonly tabId: number;
  readonly isTop: boolean;
  post(message: unknown): void;
  onMessage(run: (message: unknown) => void): void;
  readonly closed: AbortSignal;
}

/** Calls back for every port of this name that a page of a tab opens. Call it once. */
export function watchPorts(name: string, run: (port: RawPort) => void): void {
  browser.runtime.onConnect.addListener((port) => {
    const { sender } = port;
    const tabId = sender?.tab?.id;
    if (port.name !== name || sender?.id !== browser.runtime.id || tabId === undefined) return;
    const closed = new AbortController();
    // Chrome tells why (a page that goes into the back/forward cache), and complains when nobody asks.
    port.onDisconnect.addListener(() => closed.abort(browser.runtime.lastError));
    run({
      tabId,
      isTop: sender.frameId === 0,
      post(message) {
        if (closed.signal.aborted) return;
        try {
          port.postMessage(message);
        } catch {
          // The page went away in this very moment; `onDisconnect` says so next.
        }
      },
      onMessage: (listen) => port.onMessage.addListener((message: unknown) => listen(message)),
      closed: closed.signal,
    });
  });
}

/** The page's end. */
export interface PagePort extends Omit<RawPort, 'tabId' | 'isTop'> {
  close(): void;
}

export function openPort(name: string): PagePort {
  const port = browser.runtime.connect({ name });
  const closed = new AbortController();
  port.onDisconnect.addListener(() => closed.abort());
  const close = () => {
    port.disconnect();
    closed.abort();
  };
  // Firefox keeps the port of a page in its back/forward cache: nobody may take that page for the one in the tab.
  addEventListener('pagehide', ({ isTrusted }) => isTrusted && close(), { signal: closed.signal });
  return {
    post(message) {
      if (!closed.signal.aborted) port.postMessage(message);
    },
    onMessage: (listen) => port.onMessage.addListener((message: unknown) => listen(message)),
    closed: closed.signal,
    close,
  };
}
