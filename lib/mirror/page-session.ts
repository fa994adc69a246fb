/** A page that is being shared: everything that runs in it between `start` and `stop`, hung on one abort. */
import { createAssetRegister } from '../cobrowse/assets-register.ts';
import type { PagePrivacy } from '../cobrowse/privacy-rules.ts';
import type { ControlOutcome } from '../protocol/cobrowse-control-messages.ts';
import type { AgentFrameKind, FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import { type ControlExecutor, createControlExecutor } from './control-executor.ts';
import { createHandAtWork, watchHand } from './control-hand.ts';
import { lendClosedRoots } from './lend-closed-roots.ts';
import { createPageAssets, type PageAssets } from './page-assets.ts';
import { openAgentChannel } from './page-channel.ts';
import { createPageFeed, type PageFeed } from './page-feed.ts';
import { watchChildFrames } from './page-frames.ts';
import { watchPageLayers } from './page-layers.ts';
import { watchLeaving } from './page-leaving.ts';
import { createPageInbox } from './page-inbox.ts';
import { createPageNodes } from './page-nodes.ts';
import { watchPagePictures } from './page-pictures.ts';
import { createPagePrivacy } from './page-privacy.ts';
import { watchPagePointer } from './page-pointer.ts';
import { watchPageState } from './page-state.ts';
import { eachDocument, reachableDocuments } from './reachable-documents.ts';
import { readFromRecorder, type ToRecorder } from './recorder-messages.ts';
import { createShownNodes, type ShownNodes } from './shown-nodes.ts';

import type { AgentMarks } from './agent-marks.ts';

export interface PageSessionDeps {
  readonly document: Document;
  readonly clock: Clock;
  readonly post: (message: FromAgent) => void;
  readonly marks: AgentMarks;
  readonly shadowRootOf: (element: Element) => ShadowRoot | null;
  /** Names this frame for its parent's agent. */
  readonly token: string;
  readonly signal: AbortSignal;
}

export type Start = Extract<ToAgent, { readonly type: 'start' }>;

export interface PageSession {
  receive(message: Exclude<ToAgent, Start | { readonly type: 'stop' }>): void;
  readonly find: ShownNodes['find'];
  stop(): void;
}

export function startPageSession(start: Start, deps: PageSessionDeps): PageSession {
  const { document, clock, post, marks, shadowRootOf, token, signal: outer } = deps;
  const view = document.defaultView ?? window;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, outer]);
  const names = new Map<string, string>();
  let privacy: PagePrivacy = start;

  const assets = createAssetRegister(start.salt);
  const inbox = createPageInbox();
  const tell = (message: ToRecorder) => {
    channel.send(JSON.stringify(message));
    if (message.type === 'flush') inbox.drain();
  };
  const nodes = createPageNodes(document, shadowRootOf, tell);
  const lending = { document, shadowRootOf, tell, signal };
  const emit = (kind: AgentFrameKind, epoch: number, json: string, to?: string) =>
    post({ type: 'frame', kind, epoch, json, ...(to !== undefined && { to }) });
  const emitNow = (kind: AgentFrameKind, payload: unknown, to?: string) =>
    emit(kind, feed.epoch(), JSON.stringify(payload), to);

  const channel = openAgentChannel(
    document,
    createId(),
    (text) => {
      if (text.length > LARGE_CHARS) return inbox.put(() => hear(readFromRecorder(text)), 'large');
      const message = readFromRecorder(text);
      // Answers are waited for; events keep their order.
      if (message?.type === 'events') inbox.put(() => hear(message), 'small');
      else hear(message);
    },
    signal,
  );
  const hear = (message: ReturnType<typeof readFromRecorder>) => {
    if (signal.aborted) return;
    if (message?.type === 'identified') nodes.onIdentified(message.mark, message.id);
    else if (message?.type === 'failed') post({ type: 'unmirrorable', reason: message.reason });
    else if (message?.type === 'events') feed.onEvents(message.events);
  };

  const feed: PageFeed = createPageFeed({
    document,
    privacy,
    assets,
    clock,
    epoch: start.epoch,
    tell,
    beforeSnapshot: (take) => lendClosedRoots(reachableDocuments(document), lending, take),
    emit,
    onBatch: () => {
      state.look();
      layers.look();
      supply.readSheets(feed.filter.takeUnreadSheets());
      privacyView.look();
    },
    signal,
  });

  const shown = createShownNodes({ document, feed, nodes, above: start.epoch });

  const state = watchPageState({
    document,
    mode: () => privacy.mode,
    focus: shown.focus,
    emit: (page) => emitNow('page', page),
    signal,
  });
  const layers = watchPageLayers({
    document,
    shown,
    inner: { ids: () => feed.filter.innerPopoverIds().filter(shown.isShown), find: nodes.find, epoch: feed.epoch },
    emit: (open) => emitNow('layers', { open }),
    signal,
  });
  watchLeaving(view, (origin) => post({ type: 'leaving', origin }), signal);
  watchPagePointer(document, (cursor) => emitNow('cursor', cursor), signal);
  watchChildFrames({
    document,
    token,
    signal,
    onNewFrames: () => post({ type: 'new-frames' }),
    mayShow: (frame) => shown.idOf(frame) !== null,
    onBarred(sites, frames) {
      layers.setBarred(frames);
      post({ type: 'barred', sites });
    },
    onChild(child, element) {
      const nodeId = shown.idOf(element);
      if (nodeId !== null) post({ type: 'child', token: child, epoch: feed.epoch(), nodeId });
    },
  });
  const supply: PageAssets = createPageAssets({
    ...{ document, register: assets, find: nodes.find },
    ...{ onSheet: feed.supplySheet, post, signal },
  });

  const mark = createId();
  watchPagePictures({ document, clock, feed, find: nodes.find, mark, supply, signal });

  const control: ControlExecutor = createControlExecutor({
    filter: feed.filter,
    nodes,
    clock,
    view,
    signal,
    currentEpoch: feed.epoch,
    log: (entry) => post({ type: 'log', entry }),
    onPoint: ({ expert, element, fx, fy }) => marks.point(names.get(expert) ?? '', element, fx, fy),
    onNeedsHand: (element) => marks.pulse(element, start.texts.clickHere),
    onProposal(proposal) {
      const { requestId, expert, kind, label } = proposal;
      post({ type: 'proposal', requestId, to: expert, proposal: kind, label });
      emitNow('proposal', { requestId, state: 'waiting' }, expert);
    },
    onProposalOver({ requestId, expert }, state) {
      marks.unask(`${expert}:${requestId}`);
      post({ type: 'proposal.over', requestId, to: expert });
      emitNow('proposal', { requestId, state }, expert);
    },
  });

  const atWork = createHandAtWork((on) => post({ type: 'preempted', on }), signal);
  watchHand(
    view,
    {
      onHand() {
        control.noteHand();
        if (names.size > 0) atWork();
      },
      onEscape() {
        if (privacyView.isPicking()) privacyView.stopPicking();
        else if (names.size > 0) post({ type: 'pressed', button: 'stop-control' });
      },
    },
    signal,
  );

  const privacyView = createPagePrivacy({
    document,
    filter: feed.filter,
    nodes,
    flush: () => tell({ type: 'flush' }),
    hide: feed.hide,
    marks,
    text: start.texts.pickPart,
    post,
    signal,
  });

  const outcome = (to: string, value: ControlOutcome) => emitNow('outcome', value, to);
  feed.setPaused(start.paused);
  control.setPaused(start.paused);
  const early = reachableDocuments(document);
  eachDocument(
    document,
    (inner) => {
      if (!early.includes(inner)) lendClosedRoots([inner], lending, (isLate) => isLate && feed.resync(false));
    },
    signal,
  );
  // The engine may be faster than the recorder, where a frame comes into a page that is shared.
  channel.whenThere(() => {
    tell({ type: 'watch', mark });
    lendClosedRoots(early, lending, () => tell({ type: 'start' }));
  });
  state.look();

  return {
    receive(message) {
      switch (message.type) {
        case 'rules':
          privacy = message;
          feed.setPrivacy(message);
          return state.look();
        case 'pause':
          control.setPaused(message.on);
          feed.setPaused(message.on);
          return message.on ? undefined : state.again();
        case 'snapshot':
          feed.resync(message.isOwn);
          state.again();
          return layers.again();
        case 'pressure':
          return feed.setPressure(message.level);
        case 'want':
          return supply.want(message.hashes);
        case 'style':
          return supply.haveStyle(message.hash, message.css);
        case 'pick-part':
          return message.on ? privacyView.pick() : privacyView.stopPicking();
        case 'show-hidden':
          return feed.unhide(feed.filter.hiddenIds());
        case 'tint':
          return privacyView.setTinting(message.on);
        case 'grant':
          if (message.scopes.length > 0) names.set(message.expert, message.name);
          else names.delete(message.expert);
          return control.setGrant(message.expert, message.scopes);
        case 'control':
          return outcome(message.expert, control.perform(message));
        case 'ask': {
          const { expert, requestId, text, yes, no } = message;
          const key = `${expert}:${requestId}`;
          return marks.ask({ key, text, yes, no }, (answer) => control.answer(expert, requestId, answer));
        }
        case 'proposal.answer':
          return control.answer(message.expert, message.requestId, message.yes);
        case 'status':
          return undefined;
      }
    },
    find: shown.find,
    stop() {
      tell({ type: 'stop' });
      over.abort();
      marks.clear();
    },
  };
}

/** Reading and filtering this much takes about as long as a frame. */
const LARGE_CHARS = 200_000;
