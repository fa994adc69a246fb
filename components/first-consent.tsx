import type { Engine } from '../lib/engine/api.ts';
import { LazyConsentDialog } from './lazy-call.ts';

/** One question at a time, oldest first. */
export function FirstConsent({ engine: { consent } }: { readonly engine: Engine }) {
  const ask = consent.incoming.value[0];
  return ask ? <LazyConsentDialog key={ask.id} ask={ask} onAnswer={(allow) => consent.answer(ask.id, allow)} /> : null;
}
