import type { ReadonlySignal } from '@preact/signals';
import type { ControlScope, ProposalKind } from '../protocol/cobrowse-control-messages.ts';
import type { PauseReason, PrivacyMode, UnmirrorableReason } from '../protocol/cobrowse-messages.ts';
import type { ControlLogEntry } from '../protocol/cobrowse-port.ts';
import type { ToPlayer } from '../protocol/player-messages.ts';

/** One of the customer's tabs as its owner sees it. */
export interface SharedTabView {
  readonly tabId: number;
  readonly title: string;
  /** Origin and path. */
  readonly address: string;
  readonly active: boolean;
  readonly state:
    | { readonly kind: 'live' }
    | { readonly kind: 'loading' }
    | { readonly kind: 'paused'; readonly reason: PauseReason }
    /**
     * A new site: the customer has to say yes. `origin` is '' when nobody has told it before. `isBarred`: the browser has to let
     * the extension into it, too.
     */
    | { readonly kind: 'asking'; readonly origin: string; readonly isBarred: boolean }
    | { readonly kind: 'unmirrorable'; readonly reason: UnmirrorableReason };
  readonly mode: PrivacyMode;
  /** False where the desk's policy wants `strict`. */
  readonly mayAssist: boolean;
  /** Parts that the customer hid. */
  readonly hiddenCount: number;
  /** Fields and parts of which the expert gets less than there is. */
  readonly maskedCount: number;
  /** "Hide a part of this page" waits for a press in the page. */
  readonly isPicking: boolean;
  /** Sites whose parts of this page are not seen: the extension may not enter them. */
  readonly barredSites: readonly string[];
}

export interface GivenControl {
  readonly scopes: readonly ControlScope[];
  readonly name: string;
  /** Epoch ms; null for the rest of the call. */
  readonly until: number | null;
  /** The customer's own hand is at work. */
  readonly preempted: boolean;
}

/** Something that the expert may not press; the customer is asked. */
export interface Proposal {
  readonly key: string;
  readonly name: string;
  readonly kind: ProposalKind;
  readonly label: string;
}

/** The page that a yes would show: the one in the tab that the extension's icon was pressed on. */
export interface OfferedPage {
  readonly title: string;
  /** Origin and path. */
  readonly address: string;
  /** What the rules say before the customer chooses. */
  readonly mode: PrivacyMode;
  /** False where the desk's policy wants `strict`. */
  readonly mayAssist: boolean;
}

/** A page of the extension that shows what is sent. */
export interface SentScreen {
  show(message: Extract<ToPlayer, { readonly type: 'stream' | 'asset' }>): void;
}

/** What the customer shows of their own pages. */
export interface CobrowseShareModel {
  readonly tabs: ReadonlySignal<readonly SharedTabView[]>;
  readonly isPaused: ReadonlySignal<boolean>;
  readonly control: ReadonlySignal<GivenControl | null>;
  readonly proposals: ReadonlySignal<readonly Proposal[]>;
  /** What the expert did, oldest first. */
  readonly log: ReadonlySignal<readonly ControlLogEntry[]>;
  /** Masks are tinted in the customer's own page. */
  readonly isTinting: ReadonlySignal<boolean>;
  /** Kept up to date while somebody watches; null: the icon was not pressed on a web page. */
  readonly offered: ReadonlySignal<OfferedPage | null>;
  watchOffered(signal: AbortSignal): void;
  /** The mode in which the next page is shared, whether it is asked for or offered; null leaves it to the rules. */
  setOfferMode(mode: PrivacyMode | null): void;
  /** Shares the tab that the extension's icon was pressed on. Resolves to whether it is shared now. */
  offerTab(): Promise<boolean>;
  stopTab(tabId: number): void;
  stop(): void;
  setPaused(paused: boolean): void;
  /** Goes on with a tab that paused by itself. */
  resumeTab(tabId: number): void;
  /** The answer to a new site. The extension needs the right to the site first (lib/platform/permissions.ts). */
  answerSite(tabId: number, answer: 'once' | 'session' | 'never'): void;
  /** The extension has been given the right to these sites, for what is in a shared page of them. */
  enterSites(tabId: number, sites: readonly string[]): void;
  setMode(tabId: number, mode: PrivacyMode): void;
  /** The customer wants to point at a part to hide. */
  pickPart(tabId: number, on: boolean): void;
  showHidden(tabId: number): void;
  setTinting(on: boolean): void;
  answerProposal(key: string, yes: boolean): void;
  stopControl(): void;
  /** "See what they see": everything that is sent from now on, beginning with snapshots. Ends with `signal`. */
  watchSent(screen: SentScreen, signal: AbortSignal): void;
  /** The screen lacks these assets. They are not sent to anybody else for it. */
  wantSent(tabId: number, hashes: readonly string[]): void;
}
