/** Looking at somebody's page: the expert's half of co-browsing, as views see it. */
import type { ReadonlySignal } from '@preact/signals';
import type { ControlOutcome, ControlScope, ControlVerb, ProposalKind } from '../protocol/cobrowse-control-messages.ts';
import type { PageState, PauseReason, SharedTab } from '../protocol/cobrowse-messages.ts';
import type { FromPlayer, ToPlayer } from '../protocol/player-messages.ts';

export type CobrowseState =
  | { readonly kind: 'off' }
  /** Asked; the customer has not answered. */
  | { readonly kind: 'waiting' }
  /** At least one tab is shared. `tabId`: the one that is shown. */
  | { readonly kind: 'live'; readonly tabId: number }
  /** The customer said no, or nothing, or can't. */
  | { readonly kind: 'refused'; readonly reason: 'refused' | 'timed-out' | 'unavailable' };

export interface ControlState {
  readonly scopes: readonly ControlScope[];
  /** The customer's own hand is at work. */
  readonly preempted: boolean;
  /** Epoch ms; null for the rest of the call. */
  readonly endsAt: number | null;
}

/** What became of a verb, newest last; `at` epoch ms. */
export interface ControlResult {
  readonly requestId: number;
  readonly at: number;
  readonly outcome: ControlOutcome;
  /** Of a proposal: what the customer does with it. */
  readonly proposal?: { readonly kind: ProposalKind; readonly state: 'waiting' | 'confirmed' | 'declined' | 'expired' };
}

/** The page of the extension that shows the mirror: gets the stream, and asks for what it misses. */
export interface MirrorScreen {
  show(message: Extract<ToPlayer, { readonly type: 'stream' | 'asset' | 'cursor' | 'show' }>): void;
}

export interface CobrowseViewModel {
  readonly state: ReadonlySignal<CobrowseState>;
  readonly tabs: ReadonlySignal<readonly SharedTab[]>;
  /** Of the shown tab; null before the first word of it. */
  readonly page: ReadonlySignal<PageState | null>;
  readonly pause: ReadonlySignal<PauseReason | null>;
  readonly control: ReadonlySignal<ControlState>;
  readonly results: ReadonlySignal<readonly ControlResult[]>;
  /** From the customer's change to this side's screen, in ms; null before anything was measured. */
  readonly delayMs: ReadonlySignal<number | null>;
  /** Asks the customer to show a page. */
  ask(): void;
  /** Asks for control of what `scopes` name, for `forMs` (0: the rest of the call). */
  askControl(scopes: readonly ControlScope[], forMs: number): void;
  releaseControl(): void;
  /** Shows another shared tab; null follows the customer. */
  follow(tabId: number | null): void;
  resync(): void;
  /** Until `signal` aborts. Everything is sent anew for a screen that has just opened. */
  attach(screen: MirrorScreen, signal: AbortSignal): void;
  /** What the player says. */
  heard(message: Extract<FromPlayer, { readonly type: 'resync' | 'want' | 'shown' }>): void;
  /** Does something in the customer's page. The answer comes in `results`; returns its number. */
  perform(at: { readonly tabId: number; readonly frameId: number; readonly epoch: number }, verb: ControlVerb): number;
}
