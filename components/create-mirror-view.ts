import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ControlVerb } from '../lib/protocol/cobrowse-control-messages.ts';
import type { PickerKind } from '../lib/protocol/cobrowse-messages.ts';
import type { PlayerPort } from './mirror-player-port.ts';

/** What the expert's pointer does over the mirrored page. */
export type MirrorTool = 'hand' | 'draw' | 'highlight';
/** `fit`, or the factor by which the page is drawn larger than it is. */
export type Zoom = 'fit' | number;

/** Where a look back stands, in ms from its beginning. */
export interface Past {
  readonly lengthMs: number;
  readonly atMs: number;
  readonly playing: boolean;
}

/** The state of the co-browse window that nobody else needs. */
export interface MirrorView {
  readonly tool: ReadonlySignal<MirrorTool>;
  readonly zoom: ReadonlySignal<Zoom>;
  /** The factor that is shown now: what `fit` comes to. */
  readonly scale: ReadonlySignal<number>;
  /** Null: live. */
  readonly past: ReadonlySignal<Past | null>;
  readonly isLookingBack: ReadonlySignal<boolean>;
  readonly port: ReadonlySignal<PlayerPort | null>;
  /** The tabs that have been on screen since the player was opened. */
  readonly shownTabs: ReadonlySignal<ReadonlySet<number>>;
  /** The tab that the expert chose; null follows the customer. */
  readonly chosenTab: ReadonlySignal<number | null>;
  /** The browser's own pickers that the customer has open. */
  readonly pickers: ReadonlySignal<readonly PickerKind[]>;
  /** How many frames of the shown page aren't seen. */
  readonly barred: ReadonlySignal<number>;
  /** Whether the expert wants to hear of what isn't seen. */
  readonly isBarredNews: ReadonlySignal<boolean>;
  readonly isLogOpen: ReadonlySignal<boolean>;
  readonly isAsking: ReadonlySignal<boolean>;
  /** What each verb of this window was, by its number. */
  readonly verbs: ReadonlyMap<number, ControlVerb['type']>;
  setTool(tool: MirrorTool): void;
  setZoom(zoom: Zoom): void;
  setScale(scale: number): void;
  /** One step larger or smaller than what is shown now. */
  zoomBy(step: 1 | -1): void;
  setPast(past: Past | null): void;
  setPort(port: PlayerPort | null): void;
  noteShown(tabId: number): void;
  setChosenTab(tabId: number | null): void;
  setPickers(kinds: readonly PickerKind[]): void;
  setBarred(frames: number): void;
  dismissBarred(): void;
  setLogOpen(open: boolean): void;
  setAsking(asking: boolean): void;
  noteVerb(requestId: number, type: ControlVerb['type']): void;
}

const ZOOM_STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3] as const;
/** As many as the engine keeps answers, with room for those under way. */
const MAX_VERBS = 400;

export function createMirrorView(): MirrorView {
  const tool = signal<MirrorTool>('hand');
  const zoom = signal<Zoom>('fit');
  const scale = signal(1);
  const past = signal<Past | null>(null);
  const port = signal<PlayerPort | null>(null);
  const shownTabs = signal<ReadonlySet<number>>(new Set());
  const chosenTab = signal<number | null>(null);
  const pickers = signal<readonly PickerKind[]>([]);
  const barred = signal(0);
  const isBarredNews = signal(true);
  const isLogOpen = signal(false);
  const isAsking = signal(false);
  const verbs = new Map<number, ControlVerb['type']>();
  return {
    tool,
    zoom,
    scale,
    past,
    isLookingBack: computed(() => past.value !== null),
    port,
    shownTabs,
    chosenTab,
    pickers,
    barred,
    isBarredNews,
    isLogOpen,
    isAsking,
    verbs,
    setTool: (next) => void (tool.value = next),
    setZoom: (next) => void (zoom.value = next),
    setScale: (next) => void (scale.value = next),
    zoomBy: (step) => void (zoom.value = nextZoom(scale.peek(), step)),
    setPast: (next) => void (past.value = next),
    setPort(next) {
      port.value = next;
      shownTabs.value = new Set();
      pickers.value = [];
      barred.value = 0;
    },
    noteShown(tabId) {
      if (!shownTabs.peek().has(tabId)) shownTabs.value = new Set([...shownTabs.peek(), tabId]);
    },
    setChosenTab: (tabId) => void (chosenTab.value = tabId),
    setPickers: (kinds) => void (pickers.value = kinds),
    setBarred: (frames) => void (barred.value = frames),
    dismissBarred: () => void (isBarredNews.value = false),
    setLogOpen: (open) => void (isLogOpen.value = open),
    setAsking: (asking) => void (isAsking.value = asking),
    noteVerb(requestId, type) {
      verbs.set(requestId, type);
      const [oldest] = verbs.keys();
      if (verbs.size > MAX_VERBS && oldest !== undefined) verbs.delete(oldest);
    },
  };
}

export function nextZoom(scale: number, step: 1 | -1): number {
  if (step > 0) return ZOOM_STEPS.find((each) => each > scale + 0.001) ?? 3;
  return ZOOM_STEPS.findLast((each) => each < scale - 0.001) ?? ZOOM_STEPS[0];
}

interface Area {
  readonly width: number;
  readonly height: number;
}

/** How large the page is drawn in a room; never larger than it is, unless asked for. */
export function scaleFor(zoom: Zoom, page: Area, room: Area): number {
  if (zoom !== 'fit') return zoom;
  if (page.width <= 0 || page.height <= 0 || room.width <= 0 || room.height <= 0) return 1;
  return Math.min(1, room.width / page.width, room.height / page.height);
}
