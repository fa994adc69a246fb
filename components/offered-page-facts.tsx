import { Clock, Eye, EyeOff, MousePointer2 } from 'lucide';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import type { CobrowseShareModel, OfferedPage } from '../lib/state/cobrowse-share-api.ts';
import consent from './consent-dialog.module.css';
import { Icon } from './icon.tsx';
import { ModeChoice } from './mode-choice.tsx';
import styles from './offered-page-facts.module.css';
import { useGone } from './use-gone.ts';
import { useI18n } from './view-context.ts';

/** The page that would be shown, followed while the caller is on screen. */
export function useOffered(share: CobrowseShareModel): OfferedPage | null {
  useGone((gone) => share.watchOffered(gone), [share]);
  return share.offered.value;
}

export interface OfferedPageFactsProps {
  readonly name: string;
  readonly offered: OfferedPage | null;
  readonly mode: PrivacyMode;
  onMode(mode: PrivacyMode): void;
}

/** Which page, what of it stays hidden, what can be done with it, for how long. */
export function OfferedPageFacts({ name, offered, mode, onMode }: OfferedPageFactsProps) {
  const { t } = useI18n();
  return (
    <>
      {offered !== null && (
        <dl class={styles.page}>
          <dt>{t('seenThisPage')}</dt>
          <dd class={styles.title}>
            <bdi>{offered.title}</bdi>
          </dd>
          <dd class={styles.address}>
            <bdi>{offered.address}</bdi>
          </dd>
        </dl>
      )}
      <ul class={consent.facts}>
        <li>
          <Icon node={Eye} />
          {t('consentCobrowseWhat', { name })}
        </li>
        <li>
          <Icon node={EyeOff} />
          {t('consentPageMasked')}
        </li>
        <li>
          <Icon node={MousePointer2} />
          {t('consentPagePoint', { name })}
        </li>
        <li>
          <Icon node={Clock} />
          {t('consentForCall')}
        </li>
      </ul>
      {offered !== null && <ModeChoice mode={mode} mayAssist={offered.mayAssist} withHints onMode={onMode} />}
    </>
  );
}
