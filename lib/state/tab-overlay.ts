import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { ToOverlay } from '../overlay/serve-overlay.ts';
import { FromOverlay } from '../protocol/overlay-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort } from './call-port.ts';
import type { PageWords } from './page-words.ts';
import type { ShareModel } from './share-api.ts';

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

export interface TabOverlayParts {
  readonly call: CallPort;
  readonly clock: Clock;
  readonly share: Pick<ShareModel, 'state' | 'stop'>;
  readonly shown: ReadonlySignal<readonly ShownStroke[]>;
  readonly self: () => string;
  readonly others: () => readonly { readonly personId: string; readonly name: string }[];
  readonly pages: OverlayPages;
  readonly words: Pick<PageWords, 'status'>;
}

/** A page that was left or reloaded gets its overlay again; one that does not allow it is asked this often, then let be. */
const TRY_AGAIN_MS = 400;
const MAX_TRIES = 12;

/**
 * Keeps border, pill and ink in the tab that "Share this tab" shares, over reloads and links, and nothing anywhere else.
 * Returns the surface whose ink is painted in its page now; null while there is none.
 */
export function createTabOverlay(parts: TabOverlayParts): ReadonlySignal<string | null> {
  const { call, clock, share, pages } = parts;
  const page = signal<OverlayPage | null>(null);
  const tab = computed(() => (share.state.value.kind === 'on' ? share.state.value.tabId : null));
  const surface = () => `screen:${parts.self()}`;
  let sharing = new AbortController();

  const inject = async (tabId: number, until: AbortSignal) => {
    for (let tries = 0; tries < MAX_TRIES && !until.aborted && page.peek() === null; tries += 1) {
      await pages.inject(tabId);
      await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
    }
  };

  effect(() => {
    const tabId = tab.value;
    sharing.abort();
    sharing = new AbortController();
    page.peek()?.post({ type: 'stop' });
    page.value = null;
    if (tabId !== null) void inject(tabId, sharing.signal);
  });

  pages.onPage((opened) => {
    if (opened.tabId !== tab.peek() || !opened.isTop) return opened.post({ type: 'stop' });
    page.value = opened;
    const { signal: until } = sharing;
    opened.onMessage((message) => page.peek() === opened && receive(message));
    opened.closed.addEventListener('abort', () => {
      if (page.peek() !== opened) return;
      page.value = null;
      void inject(opened.tabId, until);
    });
  });

  const receive = (message: unknown) => {
    const decoded = v.safeParse(FromOverlay, message);
    if (!decoded.success) return;
    if (decoded.output.type === 'painted') {
      const { author, n } = decoded.output;
      if (author !== parts.self()) call.send({ type: 'ink.painted', surface: surface(), n });
    } else if (decoded.output.button === 'stop-sharing') share.stop();
  };

  // Reads the words' language, so a new one is said at once.
  effect(() => {
    const people = parts.others();
    const [first] = people;
    if (page.value === null || first === undefined) return;
    const status = parts.words.status({ name: first.name, isControlled: false, isPaused: false });
    // A picture has no parts that could be hidden.
    const buttons = status.buttons.filter(({ id }) => id === 'stop-sharing');
    const names = Object.fromEntries(people.map(({ personId, name }) => [personId, name]));
    page.value.post({ type: 'status', status: { ...status, buttons }, names });
  });

  let told = new Map<string, ShownStroke>();
  let toldTo: OverlayPage | null = null;
  effect(() => {
    const current = page.value;
    const strokes = parts.shown.value.filter((stroke) => stroke.surface === surface());
    if (current !== toldTo) told = new Map();
    toldTo = current;
    if (current === null) return;
    const changed = strokes.filter((stroke) => told.get(stroke.key) !== stroke);
    if (changed.length === 0 && strokes.length === told.size) return;
    told = new Map(strokes.map((stroke) => [stroke.key, stroke]));
    current.post({ type: 'ink', changed, keys: [...told.keys()] });
  });

  return computed(() => (page.value === null ? null : surface()));
}
