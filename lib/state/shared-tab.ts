import { signal } from '@preact/signals';
import * as v from 'valibot';
import { type PagePrivacy, privacyOf } from '../cobrowse/privacy-rules.ts';
import {
  PageState,
  type PauseReason,
  type PrivacyMode,
  type UnmirrorableReason,
} from '../protocol/cobrowse-messages.ts';
import type { FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import { MAX_FRAMES_PER_TAB } from '../protocol/cobrowse-limits.ts';
import { createBarredSites } from './barred-sites.ts';
import type { SharedTabView } from './cobrowse-share-api.ts';
import type { AgentLink } from './shared-pages.ts';
import { LOADING_TAB, type SharedTab, type SharedTabParts } from './shared-tab-types.ts';

interface Agent {
  readonly link: AgentLink;
  readonly frameId: number;
  readonly token: string;
  readonly origin: string;
  readonly address: string;
  epoch: number;
  isStarted: boolean;
  /** Why nothing is seen of its page. */
  hindrance: UnmirrorableReason | null;
  parent: { readonly frameId: number; readonly epoch: number; readonly nodeId: number } | null;
}

/** One tab that the customer shares: its agents, what they may send, and how it looks to its owner. */
export function createSharedTab(parts: SharedTabParts): SharedTab {
  const { tabId, browserTabId, emit } = parts;
  const agents = new Map<AgentLink, Agent>();
  const pauses = new Set<PauseReason>();
  const modes = new Map<string, PrivacyMode>();
  let frames = 0;
  let topEpoch = 0;
  let overruled = '';
  let isOver = false;
  let isFirst = true;
  const view = signal<SharedTabView>({ tabId, ...LOADING_TAB });
  const change = (next: Partial<SharedTabView>) => (view.value = { ...view.peek(), ...next });
  const barred = createBarredSites((barredSites) => change({ barredSites }));

  const top = () => [...agents.values()].find(({ frameId }) => frameId === 0);
  const post = (message: ToAgent) => {
    for (const { link, isStarted } of agents.values()) if (isStarted) link.post(message);
  };
  const privacyFor = (agent: Agent): PagePrivacy =>
    privacyOf(agent.address, { ...parts.rules(), siteMode: modes.get(agent.origin) ?? null });

  const rulesFor = (agent: Agent) => {
    const { mode, hide, mask, allow = [] } = privacyFor(agent);
    return { mode, hide: [...hide], mask: [...mask], allow: [...allow] };
  };

  const showState = () => {
    const [reason] = pauses;
    const now = top();
    if (now === undefined) return;
    if (reason !== undefined) change({ state: { kind: 'paused', reason } });
    else if (now.hindrance !== null) change({ state: { kind: 'unmirrorable', reason: now.hindrance } });
    else if (now.isStarted) change({ state: { kind: 'live' } });
    const mayAssist = privacyOf(now.address, { ...parts.rules(), siteMode: 'assist' }).mode === 'assist';
    change({ mode: privacyFor(now).mode, mayAssist });
  };

  const hinder = (agent: Agent, reason: UnmirrorableReason | null) => {
    agent.hindrance = reason;
    showState();
  };

  const start = (agent: Agent) => {
    if (agent.isStarted || isOver) return;
    agent.isStarted = true;
    agent.link.post({
      type: 'start',
      salt: parts.salt,
      ...rulesFor(agent),
      paused: pauses.size > 0,
      epoch: agent.frameId === 0 ? topEpoch : 0,
      texts: parts.texts(),
    });
  };

  const forget = ({ link, frameId }: Agent) => {
    agents.delete(link);
    barred.forget(link, frameId === 0);
  };

  const greet = (link: AgentLink, hello: Extract<FromAgent, { readonly type: 'hello' }>) => {
    if (agents.size >= MAX_FRAMES_PER_TAB) return;
    const isTop = hello.isTop && link.isTop;
    const before = isTop ? top() : undefined;
    if (before !== undefined) forget(before);
    if (!isTop) frames += 1;
    const { token, origin, address } = hello;
    const frameId = isTop ? 0 : frames;
    agents.set(link, {
      ...{ link, frameId, token, origin, address },
      ...{ epoch: 0, isStarted: false, hindrance: null, parent: null },
    });
    if (isTop && overruled !== address) overruled = '';
    // The mode that was chosen with the yes is for the site that was shown then.
    if (isTop && isFirst && parts.startMode !== null) modes.set(origin, parts.startMode);
    if (isTop) isFirst = false;
    reconsider();
  };

  /** Starts what may be shown. Frames follow their page. */
  const reconsider = () => {
    const page = top();
    if (page === undefined) return void change({ state: { kind: 'loading' } });
    if (!parts.isAllowed(page.origin)) {
      change({ state: { kind: 'asking', origin: page.origin, isBarred: false }, title: '', address: page.origin });
      emitPause('new-origin');
      return;
    }
    for (const agent of agents.values()) start(agent);
    showState();
    emitPause([...pauses][0] ?? null);
  };

  const applyRules = () => {
    for (const agent of agents.values()) {
      if (agent.isStarted) agent.link.post({ type: 'rules', ...rulesFor(agent) });
    }
    showState();
  };

  const emitPause = (reason: PauseReason | null) =>
    emit({ kind: 'pause', frameId: 0, epoch: topEpoch, json: JSON.stringify({ reason }) });

  const emitParent = ({ frameId, epoch, parent }: Agent) =>
    emit({ kind: 'frame', frameId, epoch, json: JSON.stringify({ parent }) });

  const join = (parent: Agent, { token, epoch, nodeId }: Extract<FromAgent, { readonly type: 'child' }>) => {
    const child = [...agents.values()].find((agent) => agent.token === token && agent !== parent);
    if (child === undefined || child.frameId === 0) return;
    const { parent: before } = child;
    const isSame = before?.frameId === parent.frameId && before.epoch === epoch && before.nodeId === nodeId;
    child.parent = { frameId: parent.frameId, epoch, nodeId };
    if (!isSame) emitParent(child);
  };

  const forward = (agent: Agent, { kind, epoch, json, to }: Extract<FromAgent, { readonly type: 'frame' }>) => {
    const isAnswer = kind === 'outcome' || kind === 'proposal';
    if (!agent.isStarted || (pauses.size > 0 && !isAnswer)) return;
    agent.epoch = epoch;
    if (kind === 'snapshot' && agent.hindrance !== null) hinder(agent, null);
    if (agent.frameId === 0) topEpoch = Math.max(topEpoch, epoch);
    if (kind === 'page' && agent.frameId === 0) notePage(json);
    emit({ kind, frameId: agent.frameId, epoch, json, to });
  };

  const notePage = (json: string) => {
    const page = v.safeParse(v.pipe(v.string(), v.parseJson(), PageState), json);
    if (!page.success) return;
    const { title, address, visible } = page.output;
    change({ title, address, active: visible });
  };

  const setPause = (reason: PauseReason, on: boolean) => {
    const wasPaused = pauses.size > 0;
    if (on) pauses.add(reason);
    else pauses.delete(reason);
    if (wasPaused !== pauses.size > 0) post({ type: 'pause', on: pauses.size > 0 });
    showState();
    emitPause([...pauses][0] ?? null);
  };

  const receive = (link: AgentLink, message: FromAgent) => {
    if (message.type === 'hello') return greet(link, message);
    const agent = agents.get(link);
    if (agent === undefined) return undefined;
    switch (message.type) {
      case 'frame':
        return forward(agent, message);
      case 'child':
        return join(agent, message);
      case 'new-frames':
        return parts.onNewFrames();
      case 'barred':
        return barred.setFrames(link, message.sites);
      case 'unmirrorable':
        return hinder(agent, message.reason);
      case 'sensitive':
        // Once the customer has said "go on", this page goes on.
        if (agent.frameId === 0 && overruled !== agent.address) setPause('sensitive-page', true);
        return undefined;
      case 'privacy':
        if (agent.frameId !== 0) return undefined;
        return void change({
          hiddenCount: message.hiddenCount,
          maskedCount: message.maskedCount,
          isPicking: message.isPicking,
        });
      default:
        return parts.onWord(message, link);
    }
  };

  const renew: SharedTab['renew'] = (frameId, isOwn = false) => {
    for (const agent of agents.values()) {
      if (!agent.isStarted || (frameId !== null && agent.frameId !== frameId)) continue;
      if (agent.parent !== null) emitParent(agent);
      agent.link.post({ type: 'snapshot', isOwn });
    }
    emitPause(view.peek().state.kind === 'asking' ? 'new-origin' : ([...pauses][0] ?? null));
  };

  return {
    tabId,
    browserTabId,
    view,
    post,
    setPause,
    reconsider,
    applyRules,
    add(link) {
      if (isOver) return;
      link.onMessage((message) => receive(link, message));
      link.closed.addEventListener(
        'abort',
        () => {
          const agent = agents.get(link);
          if (agent === undefined || isOver) return;
          forget(agent);
          if (agent.frameId !== 0) emit({ ...PARENTLESS, frameId: agent.frameId, epoch: agent.epoch });
          else {
            pauses.delete('sensitive-page');
            change({ state: { kind: 'loading' } });
            parts.onUnload();
          }
        },
        { once: true },
      );
    },
    postTo(frameId, message) {
      const agent = [...agents.values()].find((each) => each.frameId === frameId && each.isStarted);
      agent?.link.post(message);
      return agent !== undefined;
    },
    noteBarred: barred.note,
    enter(sites) {
      barred.open(sites);
      renew(null, true);
    },
    renew,
    setMode(mode) {
      for (const agent of agents.values()) modes.set(agent.origin, mode);
      applyRules();
    },
    hasPage: () => top() !== undefined,
    setAsking(origin) {
      if (top() !== undefined) return;
      change({ state: { kind: 'asking', origin, isBarred: true }, title: '', address: origin });
      emitPause('new-origin');
    },
    resume() {
      overruled = top()?.address ?? '';
      setPause('sensitive-page', false);
    },
    stop() {
      isOver = true;
      for (const { link } of agents.values()) link.post({ type: 'stop' });
      agents.clear();
    },
  };
}

const PARENTLESS = { kind: 'frame', json: JSON.stringify({ parent: null }) } as const;
