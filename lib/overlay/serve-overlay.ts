import type { Size } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { InkTie } from '../protocol/ink-messages.ts';
import type { FromOverlay } from '../protocol/overlay-port.ts';
import type { Clock } from '../shared/clock.ts';
import { createOverlay } from './create-overlay.ts';
import type { PageStatus } from './status-bar.ts';

/** From the engine. Strokes are told once, when they are new or changed; `keys` are all there are, in painting order. */
export type ToOverlay =
  | {
      readonly type: 'ink';
      readonly changed: readonly ShownStroke[];
      readonly keys: readonly string[];
      /** Pixels of the picture in which the other side sees this page; null where it sees the page itself. */
      readonly picture: Size | null;
    }
  | { readonly type: 'status'; readonly status: PageStatus | null; readonly names: Readonly<Record<string, string>> }
  | { readonly type: 'stop' };

export interface OverlayPort {
  post(message: FromOverlay): void;
  onMessage(run: (message: unknown) => void): void;
  /** Aborts when the engine is gone, or the extension was replaced. */
  readonly closed: AbortSignal;
}

export interface OverlayHome {
  readonly document: Document;
  readonly clock: Clock;
  readonly port: OverlayPort;
  /** The element of this page that an author has tied a stroke to. */
  readonly find?: (tie: InkTie) => Element | null;
}

/** Runs the overlay of one page for as long as its port is open. Returns what stops it at once. */
export function serveOverlay({ document, clock, port, find }: OverlayHome): () => void {
  const strokes = new Map<string, ShownStroke>();
  let names: Readonly<Record<string, string>> = {};
  let picture: Size | null = null;
  const overlay = createOverlay({
    document,
    clock,
    find,
    nameOf: (author) => (Object.hasOwn(names, author) ? names[author] : undefined),
    pictureSize: () => picture,
    onPress: (button) => port.post({ type: 'pressed', button }),
    onPainted: ({ author, n }) => port.post({ type: 'painted', author, n }),
  });
  const stop = () => overlay.stop();

  const showInk = (changed: readonly ShownStroke[], keys: readonly string[]) => {
    for (const stroke of changed) strokes.set(stroke.key, stroke);
    const kept = new Set(keys);
    for (const key of strokes.keys()) if (!kept.has(key)) strokes.delete(key);
    overlay.showInk(keys.map((key) => strokes.get(key)).filter((stroke) => stroke !== undefined));
  };
  port.onMessage((message) => {
    if (!isFromEngine(message)) return;
    if (message.type === 'ink') {
      picture = message.picture;
      showInk(message.changed, message.keys);
    } else if (message.type === 'stop') stop();
    else {
      names = message.names;
      overlay.showStatus(message.status);
    }
  });
  port.closed.addEventListener('abort', stop, { once: true });
  return stop;
}

/** Only this extension can open the other end of the port, and it says nothing else. */
const isFromEngine = (message: unknown): message is ToOverlay =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  /^(ink|status|stop)$/.test(String(message.type));
