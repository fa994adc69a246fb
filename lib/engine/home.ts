import type { Fact } from '../protocol/desk-messages.ts';
import type { SharedPages } from '../state/shared-pages.ts';
import type { OverlayPages } from '../state/overlay-tab.ts';
import type { CaptureHost } from './api.ts';

/** Where an engine lives and what only that place can do. One each: Chrome's offscreen page, Firefox's background page, the guest page. */
export interface Home {
  readonly kind: 'offscreen' | 'background' | 'page';
  /** Null where capture must come from a view (Firefox). */
  readonly captureHost: CaptureHost | null;
  /** Name of the IndexedDB database: one per extension profile; one per tab on the guest page. */
  readonly databaseName: string;
  /** Another name, where the browser leaves the first unanswered; from then on it is this one. */
  readonly spareDatabaseName?: () => string;
  /** The desk that is used until another is chosen; '' when there is none (extension). */
  readonly defaultDeskUrl: string;
  /** Phones and headsets show what is in front of their wearer first. */
  readonly preferRearCamera: boolean;
  /** Chrome: a stream id for the tab that the icon was pressed on. Null where the browser has no such thing. */
  readonly captureClickedTab: (() => Promise<{ readonly streamId: string; readonly tabId: number } | null>) | null;
  /** Pages of tabs that can be shared; null where there is no extension. */
  readonly pages: SharedPages | null;
  /** Overlays in tabs that are shared, as a picture or as a page; null where there is no extension. */
  readonly overlays: OverlayPages | null;
  readonly attention: Attention;
  /** Browser, system, language, time zone, screen, network, page title and address without query. */
  collectFacts(): Promise<readonly Fact[]>;
}

/** How this place makes itself noticed when no view is open. */
export interface Attention {
  /** A system notification with Answer and Decline, and the badge; null takes both away. */
  ring(caller: { readonly name: string; readonly scenario: string } | null): void;
  /** The badge and icon while in a call: what is seen or recorded now. */
  inCall(state: 'none' | 'call' | 'seen' | 'controlled' | 'recording'): void;
  /** Calls back for a press on the notification or a keyboard shortcut. */
  onCommand(run: (command: 'answer' | 'decline' | 'toggle-mute' | 'toggle-video' | 'exit') => void): void;
}
