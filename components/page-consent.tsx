import { useState } from 'preact/hooks';
import type { IncomingAsk } from '../lib/engine/api.ts';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import type { CobrowseShareModel } from '../lib/state/cobrowse-share-api.ts';
import { ConsentFrame } from './consent-frame.tsx';
import { OfferedPageFacts, useOffered } from './offered-page-facts.tsx';
import { useI18n } from './view-context.ts';

export interface PageConsentProps {
  readonly ask: IncomingAsk;
  readonly title: string;
  readonly share: CobrowseShareModel;
  onAnswer(allow: boolean, mode?: PrivacyMode): void;
}

/** Somebody asks to see a page: which one it would be, what of it stays hidden, and how fields are shown. */
export function PageConsent({ ask, title, share, onAnswer }: PageConsentProps) {
  const { t } = useI18n();
  const offered = useOffered(share);
  const [chosen, setChosen] = useState<PrivacyMode | null>(null);
  const mode = offered?.mayAssist === false ? 'strict' : (chosen ?? offered?.mode ?? 'strict');
  return (
    <ConsentFrame
      ask={ask}
      title={title}
      hindrance={offered === null ? t('seenNoPage') : undefined}
      onAnswer={(allow) => onAnswer(allow, mode)}
    >
      <OfferedPageFacts name={ask.from.name} offered={offered} mode={mode} onMode={setChosen} />
    </ConsentFrame>
  );
}
