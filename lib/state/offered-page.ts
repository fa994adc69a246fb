import { type ReadonlySignal, signal } from '@preact/signals';
import { type PrivacyRule, privacyOf } from '../cobrowse/privacy-rules.ts';
import type { Clock } from '../shared/clock.ts';
import type { OfferedPage } from './cobrowse-share-api.ts';
import type { SharedPages } from './shared-pages.ts';

export interface OfferedPageParts {
  readonly pages: SharedPages;
  readonly clock: Clock;
  readonly rules: () => { readonly own: readonly PrivacyRule[]; readonly desk: readonly PrivacyRule[] };
}

/** The customer may press the icon on another page while they read what is asked. */
const LOOK_MS = 500;

/** Which page a yes would show, kept up to date while somebody looks. */
export function createOfferedPage({ pages, clock, rules }: OfferedPageParts): {
  readonly page: ReadonlySignal<OfferedPage | null>;
  watch(signal: AbortSignal): void;
} {
  const page = signal<OfferedPage | null>(null);
  const look = async () => {
    const found = await pages.offered();
    const next = found && { ...found, ...modesOf(found.address) };
    if (JSON.stringify(next) !== JSON.stringify(page.peek())) page.value = next;
  };
  const modesOf = (address: string) => {
    const { own, desk } = rules();
    const ask = (siteMode: 'assist' | null) => privacyOf(address, { own, desk, siteMode }).mode;
    return { mode: ask(null), mayAssist: ask('assist') === 'assist' };
  };
  return {
    page,
    watch(signal) {
      void look();
      clock.every(LOOK_MS, () => void look(), signal);
    },
  };
}
