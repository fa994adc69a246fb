import { Clock, Eye, ShieldCheck } from 'lucide';
import { useId } from 'preact/hooks';
import type { IncomingAsk } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import styles from './consent-dialog.module.css';
import { Modal } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { useView } from './view-context.ts';

export interface ConsentDialogProps {
  readonly ask: IncomingAsk;
  onAnswer(allow: boolean): void;
}

const TITLES = {
  camera: 'consentCamera',
  screen: 'consentScreen',
  cobrowse: 'consentCobrowse',
  control: 'consentControl',
  record: 'consentRecord',
} as const satisfies Record<IncomingAsk['kind'], MessageKey>;

const SCOPES: Readonly<Record<string, MessageKey>> = {
  point: 'scopePoint',
  scroll: 'scopeScroll',
  click: 'scopeClick',
  type: 'scopeType',
  navigate: 'scopeNavigate',
};

/** Who asks, for what exactly, for how long. The safe answer has the focus; Escape and silence mean no. */
export function ConsentDialog({ ask, onAnswer }: ConsentDialogProps) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  const titleId = useId();
  const whatId = useId();
  const { name } = ask.from;
  const leftMs = Math.max(0, ask.expiresAt - now.value);
  return (
    <Modal role="alertdialog" labelledBy={titleId} describedBy={whatId} onEscape={() => onAnswer(false)}>
      <div class={styles.head}>
        <Avatar name={name} />
        <h2 id={titleId} class={styles.title}>
          {t(TITLES[ask.kind], { name })}
        </h2>
      </div>
      <ul id={whatId} class={styles.facts}>
        <li>
          <Icon node={Eye} />
          {whatIsShared(ask, i18n.value)}
        </li>
        <li>
          <Icon node={Clock} />
          {ask.forMs === 0 ? t('consentForCall') : t('consentForTime', { time: format.duration(ask.forMs) })}
        </li>
        <li>
          <Icon node={ShieldCheck} />
          {t('consentStop')}
        </li>
      </ul>
      <div class={styles.answers}>
        <Button large data-first-focus="" onClick={() => onAnswer(false)}>
          {t('dontAllow')}
        </Button>
        <Button large variant="primary" onClick={() => onAnswer(true)}>
          {t('allow')}
        </Button>
      </div>
      <p class={styles.countdown}>{t('consentCountdown', { time: format.duration(leftMs) })}</p>
    </Modal>
  );
}

function whatIsShared({ kind, from: { name }, scopes }: IncomingAsk, { t, format }: I18n): string {
  switch (kind) {
    case 'camera':
      return t('consentCameraWhat', { name });
    case 'screen':
      return t('consentScreenWhat', { name });
    case 'cobrowse':
      return t('consentCobrowseWhat', { name });
    case 'record':
      return t('consentRecordWhat', { name });
    case 'control': {
      const words = scopes.map((scope) => {
        const key = SCOPES[scope];
        return key ? t(key) : scope;
      });
      return t('consentControlWhat', { name, scopes: format.list(words) });
    }
  }
}
