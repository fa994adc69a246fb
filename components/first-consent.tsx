import type { Engine } from '../lib/engine/api.ts';
import { LazyConsentDialog } from './lazy-call.ts';

/** One question at a time, oldest first. */
export function FirstConsent({ engine: { consent, cobrowseShare } }: { readonly engine: Engine }) {
  const ask = consent.incoming.value[0];
  return ask ? (
    <LazyConsentDialog
      key={ask.id}
      ask={ask}
      share={cobrowseShare}
      onAnswer={(allow, mode) => {
        if (allow && mode !== undefined) cobrowseShare?.setOfferMode(mode);
        consent.answer(ask.id, allow);
      }}
    />
  ) : null;
}
