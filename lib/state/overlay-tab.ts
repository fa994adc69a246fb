import { type ReadonlySignal, signal } from '@preact/signals';
import type { Size } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { ToOverlay } from '../overlay/serve-overlay.ts';
import type { Clock } from '../shared/clock.ts';

/** The engine's end of the overlay in one page. */
export interface OverlayPage {
  readonly tabId: number;
  readonly isTop: boolean;
  post(message: ToOverlay): void;
  onMessage(run: (message: unknown) => void): void;
  readonly closed: AbortSignal;
}

/** What only the extension can do. */
export interface OverlayPages {
  /** Puts the overlay into the top frame of a tab. False: the browser does not allow it there (now). */
  inject(tabId: number): Promise<boolean>;
  /** One listener. */
  onPage(run: (page: OverlayPage) => void): void;
}

export interface OverlayTabParts {
  /** The browser's number of the tab. */
  readonly tabId: number;
  readonly clock: Clock;
  readonly inject: OverlayPages['inject'];
  readonly onMessage: (message: unknown) => void;
}

/** The overlay of one tab, over all the pages that are opened in it. */
export interface OverlayTab {
  readonly page: ReadonlySignal<OverlayPage | null>;
  /** Puts the overlay in, until it is there. */
  open(): void;
  attach(page: OverlayPage): void;
  /**
   * All strokes on it, in painting order. What the page knows already is not told again. `picture`: pixels of the picture in
   * which the other side sees it; null where it sees the page itself.
   */
  showInk(strokes: readonly ShownStroke[], picture: Size | null): void;
  stop(): void;
}

/** A page that was left or reloaded gets its overlay again; one that does not allow it is asked this often, then let be. */
const TRY_AGAIN_MS = 400;
const MAX_TRIES = 12;

export function createOverlayTab({ tabId, clock, inject, onMessage }: OverlayTabParts): OverlayTab {
  const page = signal<OverlayPage | null>(null);
  const over = new AbortController();
  let round = 0;
  let told = new Map<string, ShownStroke>();
  let toldTo: OverlayPage | null = null;

  const open = async () => {
    round += 1;
    const mine = round;
    const isWanted = () => mine === round && !over.signal.aborted && page.peek() === null;
    for (let tries = 0; tries < MAX_TRIES && isWanted(); tries += 1) {
      await inject(tabId);
      await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
    }
  };

  return {
    page,
    open: () => void open(),
    attach(opened) {
      page.value = opened;
      opened.onMessage((message) => page.peek() === opened && onMessage(message));
      opened.closed.addEventListener('abort', () => {
        if (page.peek() !== opened) return;
        page.value = null;
        if (!over.signal.aborted) void open();
      });
    },
    showInk(strokes, picture) {
      const current = page.peek();
      if (current !== toldTo) told = new Map();
      toldTo = current;
      if (current === null) return;
      const changed = strokes.filter((stroke) => told.get(stroke.key) !== stroke);
      if (changed.length === 0 && strokes.length === told.size) return;
      told = new Map(strokes.map((stroke) => [stroke.key, stroke]));
      current.post({ type: 'ink', changed, keys: [...told.keys()], picture });
    },
    stop() {
      over.abort();
      page.peek()?.post({ type: 'stop' });
      page.value = null;
    },
  };
}
