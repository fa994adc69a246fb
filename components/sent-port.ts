import * as v from 'valibot';
import { PageState } from '../lib/protocol/cobrowse-messages.ts';
import { FromPlayer, type ToPlayer } from '../lib/protocol/player-messages.ts';
import type { CobrowseShareModel } from '../lib/state/cobrowse-share-api.ts';

/** CSS px of the mirrored page's viewport. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface SentPort {
  show(tabId: number, kept: readonly number[]): void;
  /** Draws the page as wide as its frame. */
  fit(page: PageSize, widthPx: number): void;
}

export interface SentPortParts {
  readonly frame: HTMLIFrameElement;
  readonly share: CobrowseShareModel;
  readonly onSize: (size: PageSize) => void;
  readonly signal: AbortSignal;
}

const PageJson = v.pipe(v.string(), v.parseJson(), PageState);

/** Feeds a player page with what is sent, as soon as it has loaded; it asks for the pictures that it lacks. */
export function connectSent({ frame, share, onSize, signal }: SentPortParts): SentPort {
  const { port1: port, port2 } = new MessageChannel();
  const post = (message: ToPlayer) => port.postMessage(message);
  const sizes = new Map<number, PageSize>();
  let shown = 0;

  const noteSize = (tabId: number, payload: Uint8Array) => {
    const page = v.safeParse(PageJson, new TextDecoder().decode(payload));
    if (!page.success) return;
    const size = { width: Math.max(1, page.output.width), height: Math.max(1, page.output.height) };
    sizes.set(tabId, size);
    if (tabId === shown) onSize(size);
  };
  const hear = (data: unknown) => {
    const message = v.safeParse(FromPlayer, data);
    if (!message.success) return;
    const { output } = message;
    if (output.type === 'want') share.wantSent(output.tabId, output.hashes);
    if (output.type !== 'ready') return;
    share.watchSent(
      {
        show(sent) {
          post(sent);
          if (sent.type !== 'stream') return;
          const { kind, tabId, frameId, payload } = sent.frame;
          if (kind === 'page' && frameId === 0) noteSize(tabId, payload);
        },
      },
      signal,
    );
  };
  port.addEventListener('message', ({ data }) => hear(data), { signal });
  port.start();
  const connect = () => frame.contentWindow?.postMessage('port', location.origin, [port2]);
  frame.addEventListener('load', connect, { once: true, signal });
  signal.addEventListener('abort', () => port.close(), { once: true });

  return {
    show(tabId, kept) {
      shown = tabId;
      const size = sizes.get(tabId);
      if (size !== undefined) onSize(size);
      post({ type: 'show', tabId, kept: [...kept] });
    },
    fit: ({ width }, widthPx) => widthPx > 0 && post({ type: 'scale', scale: widthPx / width }),
  };
}
