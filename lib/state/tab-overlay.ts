import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import type { Size } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import { FromOverlay } from '../protocol/overlay-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort } from './call-port.ts';
import { createOverlayTab, type OverlayPages, type OverlayTab } from './overlay-tab.ts';
import type { PageWords } from './page-words.ts';
import type { ShareModel, ShareState } from './share-api.ts';

/** A tab whose page the other side sees as a page. */
export interface MirroredTab {
  readonly browserTabId: number;
  readonly surface: string;
}

export interface TabOverlayParts {
  readonly call: CallPort;
  readonly clock: Clock;
  readonly share: Pick<ShareModel, 'state' | 'stop'>;
  readonly mirrored: ReadonlySignal<readonly MirroredTab[]>;
  readonly shown: ReadonlySignal<readonly ShownStroke[]>;
  readonly self: () => string;
  /** Everybody else in the call. Reads signals. */
  readonly others: () => readonly { readonly personId: string; readonly name: string }[];
  readonly pages: OverlayPages;
  readonly words: Pick<PageWords, 'status'>;
}

/**
 * Keeps ink, and in the tab that "Share this tab" shares border and pill too, in the pages that the other side sees, over
 * reloads and links, and nothing anywhere else. A mirrored tab, which has border and pill of its own, gets an overlay once
 * there is ink on it. Returns the surface of the shared picture whose ink is painted in its page now; null without one.
 */
export function createTabOverlay(parts: TabOverlayParts): ReadonlySignal<string | null> {
  const { call, clock, share, pages } = parts;
  const tabs = signal<ReadonlyMap<number, OverlayTab>>(new Map());
  const sharedTab = computed(() => (share.state.value.kind === 'on' ? share.state.value.tabId : null));
  const picture = () => `screen:${parts.self()}`;
  const surfacesOf = (browserTabId: number): readonly string[] => [
    ...(sharedTab.value === browserTabId ? [picture()] : []),
    ...parts.mirrored.value.filter((tab) => tab.browserTabId === browserTabId).map(({ surface }) => surface),
  ];

  /** Tabs that an overlay is in, or should be. */
  const wanted = (): ReadonlySet<number> => {
    const drawnOn = new Set(parts.shown.value.map(({ surface }) => surface));
    const ids = parts.mirrored.value
      .filter(({ browserTabId, surface }) => tabs.peek().has(browserTabId) || drawnOn.has(surface))
      .map(({ browserTabId }) => browserTabId);
    return new Set(sharedTab.value === null ? ids : [sharedTab.value, ...ids]);
  };

  effect(() => {
    const ids = wanted();
    const before = tabs.peek();
    if (ids.size === before.size && [...ids].every((id) => before.has(id))) return;
    for (const [id, tab] of before) if (!ids.has(id)) tab.stop();
    const next = new Map([...ids].map((id) => [id, before.get(id) ?? create(id)]));
    tabs.value = next;
    for (const [id, tab] of next) if (!before.has(id)) tab.open();
  });
  const create = (tabId: number): OverlayTab =>
    createOverlayTab({ tabId, clock, inject: pages.inject, onMessage: (message) => receive(tabId, message) });

  pages.onPage((opened) => {
    const tab = opened.isTop ? tabs.peek().get(opened.tabId) : undefined;
    if (tab === undefined) opened.post({ type: 'stop' });
    else tab.attach(opened);
  });

  const receive = (tabId: number, message: unknown) => {
    const decoded = v.safeParse(FromOverlay, message);
    if (!decoded.success || tabId !== sharedTab.peek()) return;
    if (decoded.output.type === 'painted') {
      const { author, n } = decoded.output;
      if (author !== parts.self()) call.send({ type: 'ink.painted', surface: picture(), n });
    } else if (decoded.output.button === 'stop-sharing') share.stop();
  };

  // Reads the words' language, so a new one is said at once.
  effect(() => {
    const shownIn = tabs.value;
    const people = parts.others();
    const [first] = people;
    if (first === undefined) return;
    const names = Object.fromEntries(people.map(({ personId, name }) => [personId, name]));
    const status = parts.words.status({ name: first.name, isControlled: false, isPaused: false });
    // A picture has no parts that could be hidden.
    const buttons = status.buttons.filter(({ id }) => id === 'stop-sharing');
    for (const [id, { page }] of shownIn) {
      page.value?.post({ type: 'status', status: id === sharedTab.value ? { ...status, buttons } : null, names });
    }
  });
  effect(() => {
    for (const [id, tab] of tabs.value) {
      const surfaces = surfacesOf(id);
      void tab.page.value;
      const strokes = parts.shown.value.filter(({ surface }) => surfaces.includes(surface));
      tab.showInk(strokes, sharedTab.value === id ? sizeOf(share.state.value) : null);
    }
  });

  return computed(() => {
    const page = sharedTab.value === null ? undefined : tabs.value.get(sharedTab.value)?.page.value;
    return page ? picture() : null;
  });
}

/** Of the picture that is sent; null while nobody knows. */
function sizeOf(state: ShareState): Size | null {
  const { width = 0, height = 0 } = (state.kind === 'on' && state.stream.getVideoTracks()[0]?.getSettings()) || {};
  return width > 0 && height > 0 ? { width, height } : null;
}
