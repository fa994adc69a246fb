import { Clock, Eye, Hand, ShieldCheck } from 'lucide';
import type { IncomingAsk } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import type { CobrowseShareModel } from '../lib/state/cobrowse-share-api.ts';
import { ConsentFrame } from './consent-frame.tsx';
import styles from './consent-dialog.module.css';
import { Icon } from './icon.tsx';
import { PageConsent } from './page-consent.tsx';
import { scopeWords } from './scope-words.ts';
import { useI18n } from './view-context.ts';

export interface ConsentDialogProps {
  readonly ask: IncomingAsk;
  /** What of this side's pages can be shown; null on the guest page, which is never asked for one. */
  readonly share: CobrowseShareModel | null;
  /** `mode`: how the page is shown, when one was asked for. */
  onAnswer(allow: boolean, mode?: PrivacyMode): void;
}

const TITLES = {
  camera: 'consentCamera',
  screen: 'consentScreen',
  cobrowse: 'consentCobrowse',
  control: 'consentControl',
  record: 'consentRecord',
} as const satisfies Record<IncomingAsk['kind'], MessageKey>;

/** Who asks, for what exactly, for how long. */
export function ConsentDialog({ ask, share, onAnswer }: ConsentDialogProps) {
  const i18n = useI18n();
  const { t, format } = i18n;
  const title = t(TITLES[ask.kind], { name: ask.from.name });
  if (ask.kind === 'cobrowse' && share !== null)
    return <PageConsent ask={ask} title={title} share={share} onAnswer={onAnswer} />;
  return (
    <ConsentFrame ask={ask} title={title} onAnswer={onAnswer}>
      <ul class={styles.facts}>
        <li>
          <Icon node={Eye} />
          {whatIsShared(ask, i18n)}
        </li>
        {ask.kind === 'control' && (
          <li>
            <Icon node={Hand} />
            {t('consentControlNever')}
          </li>
        )}
        <li>
          <Icon node={Clock} />
          {ask.forMs === 0 ? t('consentForCall') : t('consentForTime', { time: format.duration(ask.forMs) })}
        </li>
        <li>
          <Icon node={ShieldCheck} />
          {t(ask.kind === 'control' ? 'consentControlEscape' : 'consentStop')}
        </li>
      </ul>
    </ConsentFrame>
  );
}

function whatIsShared({ kind, from: { name }, scopes }: IncomingAsk, i18n: I18n): string {
  const { t, format } = i18n;
  switch (kind) {
    case 'camera':
      return t('consentCameraWhat', { name });
    case 'screen':
      return t('consentScreenWhat', { name });
    case 'cobrowse':
      return t('consentCobrowseWhat', { name });
    case 'record':
      return t('consentRecordWhat', { name });
    case 'control':
      return t('consentControlWhat', { name, scopes: format.list(scopeWords(scopes, i18n)) });
  }
}
