import {
  CALM,
  MAX_UNKNOWN_PER_SECOND,
  nextResync,
  type ResyncPlan,
  type ResyncReason,
} from '../cobrowse/resync-plan.ts';
import { decodeToExpert, type ToExpert } from '../cobrowse/wire-payload.ts';
import { MAX_ASSETS_PER_MESSAGE } from '../protocol/cobrowse-limits.ts';
import type { FromPlayer, NodePlace, ToPlayer } from '../protocol/player-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createAssetShelf } from './asset-shelf.ts';
import { createDrawPace } from './draw-pace.ts';
import { createLookBack } from './look-back.ts';
import { createPlayerView, type PlayerView } from './player-view.ts';
import { reservedNames } from './reserved-names.ts';
import { createTabPast, type TabPast } from './tab-past.ts';
import { createTabMirror, type TabMirror } from './tab-mirror.ts';

export interface Player {
  receive(message: Exclude<ToPlayer, { readonly type: 'ink' }>): void;
  /** The iframe of the tab that is shown; null before its first frame. */
  shownFrame(): HTMLIFrameElement | null;
  /** What verbs and ink call a node of the tab that is shown; null when it is none of the stream's. */
  placeOf(node: Node): NodePlace | null;
  /** The other way round. */
  nodeAt(place: Omit<NodePlace, 'tabId'>): Node | null;
}

export interface PlayerPorts {
  readonly root: HTMLElement;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  post(message: FromPlayer): void;
}

/** How often frames without a document and unanswered requests are looked at. */
const CHECK_MS = 250;

interface Tab {
  readonly mirror: TabMirror;
  readonly root: HTMLElement;
  readonly sinceMs: number;
  readonly plans: Map<number, ResyncPlan>;
  unknownSince: { atMs: number; count: number };
  missingSinceMs: number | null;
  readonly past: TabPast;
}

/** The mirrors of a co-browse session: one for each shared tab, one of them shown. */
export function createPlayer({ root, clock, signal, post }: PlayerPorts): Player {
  const tabs = new Map<number, Tab>();
  const shelf = createAssetShelf();
  const pace = createDrawPace(signal);
  const reserved = reservedNames();
  const view: PlayerView = createPlayerView(root, { clock, signal, post });
  const looking = createLookBack(root, { clock, signal, post });
  let shownTab: number | null = null;

  const plan = (tabId: number, frameId: number, event: Parameters<typeof nextResync>[1]) => {
    const tab = tabs.get(tabId);
    if (tab === undefined) return;
    // A page that is shown already goes on until its snapshot, which whoever joins has asked for.
    const first = event.type === 'snapshot' ? CALM : { ...CALM, askedAtMs: tab.sinceMs };
    const next = nextResync(tab.plans.get(frameId) ?? first, event);
    tab.plans.set(frameId, next.plan);
    if (next.ask !== null) post({ type: 'resync', tabId, frameId, reason: next.ask });
  };

  /** One unknown node now and then is a race inside the page; several at once are a broken mirror. */
  const onTrouble = (tabId: number, frameId: number, reason: ResyncReason) => {
    const tab = tabs.get(tabId);
    const atMs = clock.now();
    if (tab !== undefined && reason === 'unknown-node') {
      if (atMs - tab.unknownSince.atMs > 1_000) tab.unknownSince = { atMs, count: 0 };
      tab.unknownSince.count += 1;
      if (tab.unknownSince.count < MAX_UNKNOWN_PER_SECOND) return;
    }
    plan(tabId, frameId, { type: 'trouble', reason, atMs });
  };

  const createTab = (tabId: number): Tab => {
    const tabRoot = document.createElement('div');
    tabRoot.className = 'tab';
    root.prepend(tabRoot);
    tabRoot.hidden = shownTab !== null && shownTab !== tabId;
    const past = createTabPast();
    const tab: Tab = {
      root: tabRoot,
      sinceMs: clock.now(),
      plans: new Map(),
      unknownSince: { atMs: 0, count: 0 },
      missingSinceMs: null,
      past,
      mirror: createTabMirror({
        root: tabRoot,
        shelf,
        reserved,
        onTrouble: (frameId, reason) => onTrouble(tabId, frameId, reason),
        onWant(hashes) {
          for (let at = 0; at < hashes.length; at += MAX_ASSETS_PER_MESSAGE) {
            post({ type: 'want', tabId, hashes: hashes.slice(at, at + MAX_ASSETS_PER_MESSAGE) });
          }
        },
        onInteraction: (node, kind) => view.interaction(tab.mirror, node, kind),
        onEvent: (event) => past.note(event, clock.now()),
      }),
    };
    tabs.set(tabId, tab);
    if (shownTab === null) show(tabId);
    return tab;
  };

  const show = (tabId: number) => {
    if (tabId !== shownTab) looking.open(null);
    shownTab = tabId;
    for (const [id, tab] of tabs) tab.root.hidden = id !== tabId;
    view.show(tabs.get(tabId)?.mirror ?? null);
  };

  const dropTab = (tabId: number) => {
    const tab = tabs.get(tabId);
    tabs.delete(tabId);
    if (tab === undefined) return;
    if (tabId === shownTab) view.show(null);
    tab.mirror.destroy();
    tab.root.remove();
  };

  const onFrame = (frame: ToExpert) => {
    const { tabId, frameId, epoch } = frame;
    const tab = tabs.get(tabId) ?? createTab(tabId);
    const isShown = tabId === shownTab;
    switch (frame.kind) {
      case 'snapshot':
        plan(tabId, frameId, { type: 'snapshot', atMs: clock.now() });
        tab.mirror.snapshot(frameId, epoch, frame.payload.events);
        return view.changed(tabId, tab.mirror);
      case 'events':
        tab.mirror.events(frameId, epoch, frame.payload.events);
        return view.changed(tabId, tab.mirror);
      case 'frame': {
        const { parent } = frame.payload;
        return tab.mirror.place(
          frameId,
          parent && { frameId: parent.frameId, epoch: parent.epoch, nodeId: parent.nodeId },
        );
      }
      case 'page':
        return view.page(tab.mirror, frameId, epoch, frame.payload);
      case 'layers':
        return view.layers(tab.mirror, frameId, epoch, frame.payload.open);
      case 'hash':
        return tab.mirror.check(frameId, epoch, frame.payload);
      case 'cursor':
        return isShown ? view.cursor(tab.mirror, { ...frame.payload, frameId }) : undefined;
      default:
        return undefined;
    }
  };

  /** Frames that went with their parent's document should come again by themselves. */
  const check = () => {
    const atMs = clock.now();
    for (const [tabId, tab] of tabs) {
      tab.past.tidy(atMs);
      const missing = tab.mirror.missingFrames();
      tab.missingSinceMs = missing.length === 0 ? null : (tab.missingSinceMs ?? atMs);
      const isOverdue = tab.missingSinceMs !== null && atMs - tab.missingSinceMs > 2 * CHECK_MS;
      if (isOverdue)
        for (const frameId of missing) plan(tabId, frameId, { type: 'trouble', reason: 'unknown-node', atMs });
      for (const frameId of tab.plans.keys()) plan(tabId, frameId, { type: 'tick', atMs });
    }
  };
  clock.every(CHECK_MS, check, signal);
  signal.addEventListener('abort', () => {
    for (const tabId of [...tabs.keys()]) dropTab(tabId);
    shelf.clear();
  });

  return {
    placeOf(node) {
      const origin = tabs.get(shownTab ?? -1)?.mirror.originOf(node) ?? null;
      return origin === null || shownTab === null ? null : { tabId: shownTab, ...origin };
    },
    nodeAt: ({ frameId, epoch, nodeId }) => tabs.get(shownTab ?? -1)?.mirror.nodeOf(frameId, epoch, nodeId) ?? null,
    shownFrame: () => tabs.get(shownTab ?? -1)?.mirror.iframe ?? null,
    receive(message) {
      switch (message.type) {
        case 'stream':
          return pace.run(() => {
            const decoded = decodeToExpert(message.frame);
            if (decoded.ok) onFrame(decoded.value);
            else onTrouble(message.frame.tabId, message.frame.frameId, 'corrupt');
          });
        case 'asset':
          if (!shelf.put(message.hash, message.mime, message.bytes)) return;
          for (const tab of tabs.values()) tab.mirror.assetsArrived([message.hash]);
          return;
        case 'rewind': {
          const tab = tabs.get(shownTab ?? -1);
          const frame = tab?.mirror.iframe;
          const look = {
            width: frame?.clientWidth || 1,
            height: Number(frame?.height) || 1,
            rules: tab?.mirror.assetRules() ?? [],
          };
          looking.open((message.open && tab?.past.take(clock.now(), look)) || null);
          return;
        }
        case 'rewind.seek':
          return looking.seek(message.atMs);
        case 'rewind.play':
          return looking.play(message.on);
        case 'show':
          pace.flush();
          for (const tabId of [...tabs.keys()]) if (!message.kept.includes(tabId)) dropTab(tabId);
          return show(message.tabId);
        default:
          if (message.type === 'cursor') tabs.get(shownTab ?? -1)?.past.point({ ...message, atMs: clock.now() });
          return view.receive(message, (place) => {
            const mirror = tabs.get(place.tabId)?.mirror;
            return mirror?.nodeOf(place.frameId, place.epoch, place.nodeId) ?? null;
          });
      }
    },
  };
}
