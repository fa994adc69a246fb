import { useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import type { CobrowseShareModel } from '../lib/state/cobrowse-share-api.ts';
import { Button } from './button.tsx';
import consent from './consent-dialog.module.css';
import { Dialog } from './dialog.tsx';
import { OfferedPageFacts, useOffered } from './offered-page-facts.tsx';
import { otherName } from './other-name.ts';
import { useI18n } from './view-context.ts';

export interface OfferDialogProps {
  readonly engine: Engine;
  readonly share: CobrowseShareModel;
  readonly keepSite: ((url: string) => Promise<boolean>) | undefined;
  onClose(): void;
}

/** The customer shows a page without being asked. */
export function OfferDialog({ engine, share, keepSite, onClose }: OfferDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const offered = useOffered(share);
  const [chosen, setChosen] = useState<PrivacyMode | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const mode = offered?.mayAssist === false ? 'strict' : (chosen ?? offered?.mode ?? 'strict');
  const offer = async () => {
    if (keepSite !== undefined && offered !== null) await keepSite(offered.address);
    share.setOfferMode(mode);
    if (await share.offerTab()) onClose();
    else setFailed(true);
  };
  return (
    <Dialog title={t('seenOffer')} onClose={onClose}>
      <OfferedPageFacts name={otherName(engine, i18n)} offered={offered} mode={mode} onMode={setChosen} />
      <p role="status" class={offered === null || hasFailed ? consent.hindrance : undefined}>
        {offered === null ? t('seenNoPage') : hasFailed && t('seenOfferFailed')}
      </p>
      <div class={consent.answers}>
        <Button large onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button large variant="primary" disabled={offered === null} onClick={() => void offer()}>
          {t('seenOfferShare')}
        </Button>
      </div>
    </Dialog>
  );
}
