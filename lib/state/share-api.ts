import type { ReadonlySignal } from '@preact/signals';

export type ShareState =
  | { readonly kind: 'off' }
  /** The browser's chooser is open. */
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'on';
      readonly surface: 'tab' | 'window' | 'monitor' | 'unknown';
      readonly hasSound: boolean;
      /** The tab of "Share this tab"; null for what the chooser gave, which names no tab. */
      readonly tabId: number | null;
      /** One's own picture of what is shared. */
      readonly stream: MediaStream;
    };

export interface ShareModel {
  readonly state: ReadonlySignal<ShareState>;
  /** Whether "Share this tab" exists here (Chrome). */
  readonly canShareTab: boolean;
  /** Opens the browser's chooser; also to switch to another surface. Straight from a click. */
  shareScreen(): void;
  /** Shares the tab that the extension's icon was pressed on, without a chooser. */
  shareTab(): void;
  stop(): void;
}
