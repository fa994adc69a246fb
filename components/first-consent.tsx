import type { Engine } from '../lib/engine/api.ts';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import { LazyConsentDialog } from './lazy-call.ts';

export interface FirstConsentProps {
  readonly engine: Engine;
  /** Asks for the site of a page that is about to be shown, where the browser lends a tab for one document only. */
  readonly keepSite?: ((url: string) => Promise<boolean>) | undefined;
}

/** One question at a time, oldest first. */
export function FirstConsent({ engine: { consent, cobrowseShare }, keepSite }: FirstConsentProps) {
  const ask = consent.incoming.value[0];
  if (ask === undefined) return null;
  const showPage = async (mode: PrivacyMode) => {
    const address = cobrowseShare?.offered.peek()?.address;
    // A no to the browser's question shows this one document: the next one is asked about.
    if (keepSite !== undefined && address !== undefined) await keepSite(address);
    cobrowseShare?.setOfferMode(mode);
    consent.answer(ask.id, true);
  };
  return (
    <LazyConsentDialog
      key={ask.id}
      ask={ask}
      share={cobrowseShare}
      onAnswer={(allow, mode) => (allow && mode !== undefined ? void showPage(mode) : consent.answer(ask.id, allow))}
    />
  );
}
