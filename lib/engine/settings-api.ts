import type { ReadonlySignal } from '@preact/signals';
import type { PrivacyRule } from '../cobrowse/privacy-rules.ts';

/** What a person set in the options. */
export interface Settings {
  readonly deskUrl: string;
  readonly name: string;
  readonly ring: { readonly sound: boolean; readonly notification: boolean; readonly volume: number };
  readonly hideAddressUntilAnswer: boolean;
  readonly relayOnly: boolean;
  readonly language: 'auto' | 'en' | 'de' | 'ar';
  /** The customer's own rules about what of their pages is seen. */
  readonly masking: readonly PrivacyRule[];
}

export interface SettingsModel {
  readonly current: ReadonlySignal<Settings>;
  update(change: Partial<Settings>): void;
}
