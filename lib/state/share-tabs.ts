import { type ReadonlySignal, signal } from '@preact/signals';
import type { FromAgent } from '../protocol/cobrowse-port.ts';
import type { PrivacyMode } from '../protocol/cobrowse-messages.ts';
import type { Clock } from '../shared/clock.ts';
import type { AgentLink, SharedPages } from './shared-pages.ts';
import { createSharedTab } from './shared-tab.ts';
import type { SharedTab, SharedTabParts, TabFrame } from './shared-tab-types.ts';
import { createSiteAnswers, type SiteAnswer } from './site-answers.ts';

export interface ShareTabsParts extends Pick<SharedTabParts, 'texts' | 'rules'> {
  readonly pages: SharedPages;
  readonly clock: Clock;
  readonly salt: () => string;
  readonly send: (tabId: number, frame: TabFrame) => void;
  readonly hear: (tab: SharedTab, message: FromAgent) => void;
  /** The last tab has gone. */
  readonly onEmpty: () => void;
}

/** The tabs that are shared: found again after each navigation, asked about on each new site. */
export interface ShareTabs {
  readonly list: ReadonlySignal<readonly SharedTab[]>;
  find(tabId: number): SharedTab | undefined;
  /** Shares the tab that the icon was pressed on. */
  offer(mode: PrivacyMode | null): Promise<boolean>;
  stop(tabId: number): void;
  answerSite(tabId: number, answer: SiteAnswer): void;
  /** What is in a page of these sites may be shown, too. As pages of their own they are asked about all the same. */
  enterSites(tabId: number, sites: readonly string[]): void;
  clear(): void;
}

/** A navigation is a matter of a second or two; then the new page is looked for less often. */
const RETRY_MS = [100, 150, 250, 400, 600, 800, 1_000] as const;
/** So many refusals in a row are a site that the extension may not enter. */
const REFUSALS_MEAN_NEW_SITE = 6;
/** Agents of tabs that nobody shares: left over, or not ours. */
const MAX_WAITING = 64;

export function createShareTabs(parts: ShareTabsParts): ShareTabs {
  const { pages, clock } = parts;
  const list = signal<readonly SharedTab[]>([]);
  const sites = createSiteAnswers();
  const entered = new Set<string>();
  // An agent may say hello before its injection is reported.
  let waiting: AgentLink[] = [];
  let ids = 0;

  const find = (tabId: number) => list.peek().find((tab) => tab.tabId === tabId);
  const isShared = (tab: SharedTab) => list.peek().includes(tab);

  const stop = (tabId: number) => {
    find(tabId)?.stop();
    list.value = list.peek().filter((tab) => tab.tabId !== tabId);
    if (list.peek().length === 0) parts.onEmpty();
  };

  const createTab = (browserTabId: number, startMode: PrivacyMode | null): SharedTab => {
    ids += 1;
    const tabId = ids;
    let isFirst = true;
    /** Where the page said last that it goes. */
    let heading = '';
    let search = new AbortController();
    const tab: SharedTab = createSharedTab({
      tabId,
      browserTabId,
      salt: parts.salt(),
      texts: parts.texts,
      rules: parts.rules,
      startMode,
      isAllowed(origin) {
        heading = '';
        // The first site is the one that the customer offered.
        if (isFirst) sites.answer(tabId, origin, 'session');
        isFirst = false;
        sites.visit(tabId, origin);
        return sites.isAllowed(tabId, origin);
      },
      emit: (frame) => parts.send(tabId, frame),
      onWord(message, { isTop }) {
        if (message.type !== 'leaving') parts.hear(tab, message);
        else if (isTop) heading = message.origin;
      },
      onNewFrames: () => void pages.inject(browserTabId),
      onUnload() {
        search.abort();
        search = new AbortController();
        const ask = (origin = heading) => {
          tab.setAsking(origin);
          // It may have been led on from there: then the icon tells.
          heading = '';
        };
        void findAgain(tab, ask, search.signal);
      },
    });
    return tab;
  };

  /** Puts the scripts into whatever comes next in the tab, until one of them says hello. */
  const findAgain = async (tab: SharedTab, ask: (origin?: string) => void, signal: AbortSignal) => {
    let refusals = 0;
    for (let attempt = 0; ; attempt += 1) {
      const waitMs = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 1_000;
      await new Promise<void>((done) => clock.after(waitMs, done));
      if (signal.aborted || !isShared(tab) || tab.hasPage()) return;
      const injected = await pages.inject(tab.browserTabId);
      if (signal.aborted || !isShared(tab)) return;
      if (!injected.ok && injected.reason === 'gone') return stop(tab.tabId);
      refusals = injected.ok ? 0 : refusals + 1;
      if (refusals > 0 && refusals % REFUSALS_MEAN_NEW_SITE === 0 && tab.view.peek().state.kind === 'loading') {
        ask(injected.ok ? undefined : injected.origin);
      }
    }
  };

  pages.onAgent((agent) => {
    const tab = list.peek().find((each) => each.browserTabId === agent.browserTabId);
    if (tab !== undefined) tab.add(agent);
    else waiting = [...waiting.filter(({ closed }) => !closed.aborted), agent].slice(-MAX_WAITING);
  });

  return {
    list,
    find,
    stop,
    async offer(mode) {
      const injected = await pages.inject(null);
      if (!injected.ok) return false;
      if (list.peek().some((tab) => tab.browserTabId === injected.tabId)) return true;
      const tab = createTab(injected.tabId, mode);
      list.value = [...list.peek(), tab];
      for (const agent of waiting) if (agent.browserTabId === injected.tabId) tab.add(agent);
      waiting = waiting.filter((agent) => agent.browserTabId !== injected.tabId);
      return true;
    },
    answerSite(tabId, answer) {
      const tab = find(tabId);
      const state = tab?.view.peek().state;
      if (tab === undefined || state?.kind !== 'asking') return;
      if (state.origin !== '') sites.answer(tabId, state.origin, answer);
      if (state.isBarred) entered.add(state.origin);
      if (answer === 'never') stop(tabId);
      else tab.reconsider();
    },
    enterSites(tabId, given) {
      for (const site of given) entered.add(site);
      const tab = find(tabId);
      if (tab === undefined) return;
      void pages.inject(tab.browserTabId);
      tab.enter(given);
    },
    clear() {
      for (const tab of list.peek()) tab.stop();
      list.value = [];
      pages.forget([...new Set([...sites.ofSession(), ...entered])]);
      sites.clear();
      entered.clear();
    },
  };
}
