import type { ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import { encodePayload, encodePayloadJson } from '../cobrowse/wire-payload.ts';
import type { Asset } from '../protocol/asset-chunk.ts';
import { TO_EXPERT } from '../protocol/cobrowse-messages.ts';
import { encodeCursor } from '../protocol/cursor-live.ts';
import type { FrameChannel } from '../rtc/frame-channel.ts';
import type { Link } from '../rtc/link.ts';
import type { Clock } from '../shared/clock.ts';
import { createAssetQueue } from './asset-queue.ts';
import type { CallPort } from './call-port.ts';
import type { SentScreen, SharedTabView } from './cobrowse-share-api.ts';
import type { Hand } from './given-control.ts';
import type { TabFrame } from './shared-tab-types.ts';

export interface ShareSenderParts {
  readonly call: CallPort;
  readonly frames: ReadonlySignal<FrameChannel | null>;
  readonly hand: ReadonlySignal<Hand | null>;
  readonly clock: Clock;
}

/** The way out: frames of tabs, what is said about all of them, assets, the pointer. */
export interface ShareSender {
  send(tabId: number, frame: TabFrame): void;
  sendTabs(views: readonly SharedTabView[]): void;
  sendControl(): void;
  sendAsset(asset: Asset): void;
  /** The other side asked for these assets; what nobody but an own screen asked for stays here. */
  noteWanted(hashes: readonly string[], who: 'expert' | 'own'): void;
  /** Every frame of tabs that is sent, also without anybody to send it to. */
  watch(screen: SentScreen, signal: AbortSignal): void;
}

/** Kinds of frames that a player understands. */
const SHOWN = ['snapshot', 'events', 'page', 'layers', 'frame', 'hash'] as const;

const Cursor = v.pipe(v.string(), v.parseJson(), TO_EXPERT.cursor);

export function createShareSender({ call, frames, hand, clock }: ShareSenderParts): ShareSender {
  const watchers = new Set<SentScreen>();
  const wanted = { expert: new Set<string>(), own: new Set<string>() };
  let seq = 0;
  let cursors = 0;

  /** A page that has gone without a word must not stop what is sent; in Firefox it is not even there to be called. */
  const showOwn = (message: Parameters<SentScreen['show']>[0]) => {
    for (const screen of watchers) {
      try {
        screen.show(message);
      } catch {
        watchers.delete(screen);
      }
    }
  };
  const sendCursor = (tabId: number, frameId: number, json: string) => {
    const cursor = v.safeParse(Cursor, json);
    if (!cursor.success) return;
    cursors += 1;
    call.link.peek()?.pointer.send(encodeCursor({ ...cursor.output, counter: cursors, tabId, frameId }));
  };
  /** By link: what one has not carried is asked for again on the next. */
  const queues = new WeakMap<Link, (asset: Asset) => void>();
  const queueOf = (link: Link) => {
    const queue = queues.get(link) ?? createAssetQueue(link.bulk);
    queues.set(link, queue);
    return queue;
  };
  const about = { tabId: 0, frameId: 0, epoch: 0 };

  return {
    send(tabId, { kind, frameId, epoch, json, to }) {
      // An answer is for the expert who asked, as long as they may.
      if (to !== undefined && to !== hand.peek()?.token) return;
      if (kind === 'cursor') return sendCursor(tabId, frameId, json);
      const payload = encodePayloadJson(json);
      frames.peek()?.send({ kind, tabId, frameId, epoch }, payload);
      const shown = SHOWN.find((each) => each === kind);
      if (watchers.size === 0 || shown === undefined) return;
      seq += 1;
      const frame = { kind: shown, tabId, frameId, epoch, seq, sentAtMs: 0, payload };
      showOwn({ type: 'stream', frame });
    },
    sendTabs(views) {
      const tabs = views.map(({ tabId, title, address, active, state, barredSites }) => {
        const shown = state.kind === 'loading' ? ('live' as const) : state.kind;
        const partial = barredSites.length > 0 || undefined;
        return { tabId, title, address, active, state: shown, partial };
      });
      frames.peek()?.send({ kind: 'tabs', ...about }, encodePayload({ tabs }));
    },
    sendControl() {
      const { scopes = [], preempted = false, until = null } = hand.peek() ?? {};
      const leftMs = until === null ? 0 : Math.max(0, until - clock.now());
      const state = { scopes: [...scopes], preempted, leftMs };
      frames.peek()?.send({ kind: 'controlState', ...about }, encodePayload(state));
    },
    sendAsset(asset) {
      showOwn({ type: 'asset', ...asset });
      const isForExpert = wanted.expert.delete(asset.hash) || !wanted.own.has(asset.hash);
      wanted.own.delete(asset.hash);
      const link = call.link.peek();
      if (link !== null && isForExpert) queueOf(link)(asset);
    },
    noteWanted(hashes, who) {
      for (const hash of hashes) wanted[who].add(hash);
    },
    watch(screen, signal) {
      watchers.add(screen);
      signal.addEventListener('abort', () => watchers.delete(screen), { once: true });
    },
  };
}
