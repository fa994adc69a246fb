import type { ReadonlySignal } from '@preact/signals';
import type { PrivacyRule } from '../cobrowse/privacy-rules.ts';
import type { PauseReason, PrivacyMode } from '../protocol/cobrowse-messages.ts';
import type { AgentFrameKind, FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import type { SharedTabView } from './cobrowse-share-api.ts';
import type { AgentLink } from './shared-pages.ts';

export type AgentTexts = Extract<ToAgent, { readonly type: 'start' }>['texts'];

export interface SharedTabParts {
  readonly tabId: number;
  readonly browserTabId: number;
  readonly salt: string;
  readonly texts: () => AgentTexts;
  readonly rules: () => { readonly own: readonly PrivacyRule[]; readonly desk: readonly PrivacyRule[] };
  /** The mode that the customer chose with their yes; null leaves it to the rules. */
  readonly startMode: PrivacyMode | null;
  /** Whether pages of this origin may be shown in this tab. */
  readonly isAllowed: (origin: string) => boolean;
  readonly emit: (frame: TabFrame) => void;
  /** What concerns the customer rather than the picture: log, proposals, presses. */
  readonly onWord: (message: FromAgent, agent: AgentLink) => void;
  /** A frame without an agent may have come. */
  readonly onNewFrames: () => void;
  /** The tab's document has gone; the next one may come. */
  readonly onUnload: () => void;
}

/** A frame of the wire before it is packed. `to` names one expert; everybody otherwise. */
export interface TabFrame {
  readonly kind: AgentFrameKind | 'frame' | 'pause';
  readonly frameId: number;
  readonly epoch: number;
  readonly json: string;
  readonly to?: string | undefined;
}

export interface SharedTab {
  readonly tabId: number;
  readonly browserTabId: number;
  readonly view: ReadonlySignal<SharedTabView>;
  add(agent: AgentLink): void;
  post(message: ToAgent): void;
  postTo(frameId: number, message: ToAgent): boolean;
  /** Everything again, for somebody who has nothing: the other side, or the customer's own view. */
  renew(frameId: number | null, isOwn?: boolean): void;
  /** Pictures or styles of this site may not be read. */
  noteBarred(site: string): void;
  /** The extension may read what is of these sites now. */
  enter(sites: readonly string[]): void;
  setPause(reason: PauseReason, on: boolean): void;
  setMode(mode: PrivacyMode): void;
  /** The rules are others now. */
  applyRules(): void;
  /** The customer's answer, or a rule, has changed what `isAllowed` says. */
  reconsider(): void;
  /** Nothing of the page can be had until the customer does something. `origin`: where it seems to be, or ''. */
  setAsking(origin: string): void;
  resume(): void;
  /** Whether the tab's document has an agent. */
  hasPage(): boolean;
  stop(): void;
}

/** One whose page has not said anything yet. */
export const LOADING_TAB: Omit<SharedTabView, 'tabId'> = {
  title: '',
  address: '',
  active: true,
  state: { kind: 'loading' },
  mode: 'strict',
  mayAssist: true,
  hiddenCount: 0,
  maskedCount: 0,
  isPicking: false,
  barredSites: [],
};
