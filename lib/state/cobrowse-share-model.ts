import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { PrivacyRule } from '../cobrowse/privacy-rules.ts';
import { decodeToCustomer, encodePayload, type ToCustomer } from '../cobrowse/wire-payload.ts';
import { ControlScope } from '../protocol/cobrowse-control-messages.ts';
import type { PrivacyMode } from '../protocol/cobrowse-messages.ts';
import type { ToAgent } from '../protocol/cobrowse-port.ts';
import type { FrameChannel } from '../rtc/frame-channel.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { CallPort } from './call-port.ts';
import type { CobrowseShareModel, SharedTabView } from './cobrowse-share-api.ts';
import type { Consent } from './consent-model.ts';
import type { PageWords } from './page-words.ts';
import type { SharedTab } from './shared-tab-types.ts';
import { createOfferedPage } from './offered-page.ts';
import { createControlGrant, type Hand } from './given-control.ts';
import { pressureOf } from './share-pressure.ts';
import { createShareSender } from './share-sender.ts';
import { createShareTabs } from './share-tabs.ts';
import { createShareWords } from './share-words.ts';
import type { SharedPages } from './shared-pages.ts';

export interface CobrowseShareParts {
  readonly call: CallPort;
  readonly frames: ReadonlySignal<FrameChannel | null>;
  readonly consent: Consent;
  readonly clock: Clock;
  readonly pages: SharedPages;
  readonly rules: () => { readonly own: readonly PrivacyRule[]; readonly desk: readonly PrivacyRule[] };
  readonly words: PageWords;
  /** The customer said yes, and the browser no. */
  readonly onRefused: () => void;
  readonly until: AbortSignal;
}

const LOOK_AT_PRESSURE_MS = 250;

/** What the engine knows of it beyond what views do. */
export interface CobrowseShareSession extends CobrowseShareModel {
  /** The browser's own numbers of the shared tabs; they never leave this side. */
  readonly browserTabs: ReadonlySignal<readonly Pick<SharedTab, 'tabId' | 'browserTabId'>[]>;
}

/** The customer's half of co-browsing: which tabs, what of them, and whose hand. Everything is decided on this side. */
export function createCobrowseShareModel(parts: CobrowseShareParts): CobrowseShareSession {
  const { call, frames, consent, clock, pages } = parts;
  const isPaused = signal(false);
  const isTinting = signal(false);
  const grant = createControlGrant(clock);
  const sender = createShareSender({ call, frames, clock, hand: grant.hand });
  const offered = createOfferedPage(parts);
  let offerMode: PrivacyMode | null = null;
  let salt = createId();

  const tabs = createShareTabs({
    pages,
    clock,
    salt: () => salt,
    texts: parts.words.start,
    rules: parts.rules,
    send: sender.send,
    hear: (tab, message) => words.hear(tab, message),
    onEmpty: () => end(true),
  });
  const words = createShareWords({
    grant,
    pages,
    proposalTexts: parts.words.proposal,
    stopTab: (tabId) => tabs.stop(tabId),
    sendAsset: sender.sendAsset,
  });
  const views = computed<readonly SharedTabView[]>(() => tabs.list.value.map((tab) => tab.view.value));
  const postAll = (message: ToAgent) => {
    for (const tab of tabs.list.peek()) tab.post(message);
  };

  const end = (tell: boolean) => {
    tabs.clear();
    words.clear();
    grant.end();
    isPaused.value = false;
    offerMode = null;
    // Names of assets must not tell that a page of another session is the same.
    salt = createId();
    if (tell) call.send({ type: 'grant.ended', kind: 'cobrowse' });
  };

  const renewAll = () => {
    sender.sendTabs(views.peek());
    sender.sendControl();
    for (const tab of tabs.list.peek()) tab.renew(null);
  };

  /** What the expert asks for. */
  const obey = (frame: ToCustomer, channel: FrameChannel) => {
    const tab = tabs.find(frame.tabId);
    if (frame.kind === 'want') {
      sender.noteWanted(frame.payload.hashes, 'expert');
      return tab?.post({ type: 'want', hashes: frame.payload.hashes });
    }
    if (frame.kind === 'control') return control(frame, channel);
    if (frame.payload.whole) channel.restart();
    return frame.payload.whole || frame.payload.reason === 'joined' ? renewAll() : tab?.renew(frame.frameId);
  };
  const control = (frame: Extract<ToCustomer, { readonly kind: 'control' }>, channel: FrameChannel) => {
    const { tabId, frameId, epoch } = frame;
    const { requestId, verb, seenAtMs } = frame.payload;
    const expert = grant.hand.peek()?.token;
    grant.touch();
    const ageMs = Math.max(0, channel.elapsedMs() - seenAtMs);
    const message = { type: 'control', epoch, requestId, verb, ageMs } as const;
    const isPassedOn = expert !== undefined && tabs.find(tabId)?.postTo(frameId, { ...message, expert }) === true;
    if (isPassedOn) return;
    const reason = expert === undefined ? 'no-grant' : 'unknown-node';
    channel.send(
      { kind: 'outcome', tabId, frameId, epoch },
      encodePayload({ kind: 'refused', requestId, reason, label: '' }),
    );
  };

  effect(() => {
    const channel = frames.value;
    if (channel === null) return;
    channel.onFrame((frame) => {
      const decoded = decodeToCustomer(frame);
      if (decoded.ok && call.phase.peek().kind === 'active') obey(decoded.value, channel);
    });
    // A new link has nothing of what the last one carried; to an engine that was started anew nothing is shown any more.
    if (tabs.list.peek().length > 0) renewAll();
    else if (call.phase.peek().kind === 'active') sender.sendTabs([]);
  });
  effect(() => {
    if (call.phase.value.kind !== 'active' && tabs.list.peek().length > 0) end(false);
  });
  effect(() => {
    // Control dies with the link: what the other side saw is no longer what is there.
    if (call.link.value === null) grant.end();
  });
  effect(() => {
    const reasons = [
      ['call-paused', call.paused.value],
      ['customer', isPaused.value],
    ] as const;
    for (const tab of tabs.list.value) for (const [reason, on] of reasons) tab.setPause(reason, on);
  });
  effect(() => {
    // Rules that change while somebody looks hold at once.
    parts.rules();
    for (const tab of tabs.list.peek()) tab.applyRules();
  });
  let wasSharing = false;
  effect(() => {
    const isSharing = views.value.length > 0;
    if (isSharing || wasSharing) sender.sendTabs(views.value);
    wasSharing = isSharing;
  });
  effect(() => {
    const on = isTinting.value;
    if (views.value.some(({ state }) => state.kind === 'live')) postAll({ type: 'tint', on });
  });
  let given: Hand | null = null;
  effect(() => {
    const hand = grant.hand.value;
    // Pages that come later have to be told, too.
    void views.value;
    if (given !== null && given.token !== hand?.token) {
      postAll({ type: 'grant', expert: given.token, name: given.name, scopes: [] });
      if (hand === null) call.send({ type: 'grant.ended', kind: 'control' });
    }
    if (hand !== null) postAll({ type: 'grant', expert: hand.token, name: hand.name, scopes: [...hand.scopes] });
    if (hand !== null || given !== null) sender.sendControl();
    given = hand;
  });
  const toldStatus = new WeakMap<SharedTab, string>();
  effect(() => {
    const phase = call.phase.value;
    if (phase.kind !== 'active') return;
    const isControlled = grant.hand.value !== null;
    for (const tab of tabs.list.value) {
      const { kind } = tab.view.value.state;
      const isShown = kind === 'live' || kind === 'paused';
      const status = parts.words.status({ name: phase.person.name, isControlled, isPaused: kind === 'paused' });
      const told = isShown ? JSON.stringify(status) : '';
      if (toldStatus.get(tab) === told) continue;
      toldStatus.set(tab, told);
      if (isShown) tab.postTo(0, { type: 'status', status });
    }
  });
  let pressure: 0 | 1 | 2 | 3 = 0;
  clock.every(
    LOOK_AT_PRESSURE_MS,
    () => {
      const level = pressureOf(frames.peek()?.waitingBytes() ?? 0, pressure);
      if (level === pressure) return;
      pressure = level;
      postAll({ type: 'pressure', level });
    },
    parts.until,
  );

  // The expert gives it back.
  call.on('grant.ended', ({ kind }) => kind === 'control' && grant.end());

  const offerTab = async () => call.phase.peek().kind === 'active' && (await tabs.offer(offerMode));
  consent.handle('cobrowse', async () => {
    const isShared = await offerTab();
    if (!isShared) parts.onRefused();
    return isShared;
  });
  consent.handle('control', async ({ from, scopes, forMs }) => {
    if (tabs.list.peek().length === 0) return false;
    grant.give(
      from.name,
      ControlScope.options.filter((scope) => scopes.includes(scope)),
      forMs,
    );
    return true;
  });

  return {
    tabs: views,
    browserTabs: tabs.list,
    isPaused,
    isTinting,
    control: grant.hand,
    proposals: words.proposals,
    log: words.log,
    offered: offered.page,
    watchOffered: offered.watch,
    setOfferMode: (mode) => void (offerMode = mode),
    offerTab,
    stopTab: tabs.stop,
    stop: () => end(true),
    setPaused: (paused) => void (isPaused.value = paused),
    resumeTab: (tabId) => tabs.find(tabId)?.resume(),
    answerSite: tabs.answerSite,
    setMode: (tabId, mode) => tabs.find(tabId)?.setMode(mode),
    pickPart: (tabId, on) => void tabs.find(tabId)?.postTo(0, { type: 'pick-part', on }),
    enterSites: tabs.enterSites,
    showHidden: (tabId) => tabs.find(tabId)?.post({ type: 'show-hidden' }),
    setTinting: (on) => void (isTinting.value = on),
    answerProposal(key, yes) {
      const proposal = words.proposals.peek().find((each) => each.key === key);
      const expert = grant.hand.peek()?.token;
      if (proposal === undefined || expert === undefined) return;
      const { requestId, tabId } = proposal;
      tabs.find(tabId)?.post({ type: 'proposal.answer', requestId, expert, yes });
    },
    stopControl: grant.end,
    watchSent(screen, signal) {
      sender.watch(screen, signal);
      for (const tab of tabs.list.peek()) tab.renew(null, true);
    },
    wantSent(tabId, hashes) {
      sender.noteWanted(hashes, 'own');
      tabs.find(tabId)?.post({ type: 'want', hashes: [...hashes] });
    },
  };
}
