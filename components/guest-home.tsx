import { Mic, ShieldCheck, VideoOff } from 'lucide';
import { useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { DeskBanner } from './desk-banner.tsx';
import { CustomerHome } from './customer-home.tsx';
import { Icon } from './icon.tsx';
import styles from './guest-home.module.css';
import { JoinForm } from './join-form.tsx';
import { Logo } from './logo.tsx';
import { reasonText } from './reason-text.ts';
import { SharedFacts } from './shared-facts.tsx';
import { useI18n } from './view-context.ts';

export interface GuestHomeProps {
  readonly engine: Engine;
  /** Digits of the link that was opened; null on the page where one asks for help. */
  readonly code: string | null;
}

/** Where somebody without the extension begins: join by a link, or ask for help. */
export function GuestHome({ engine, code }: GuestHomeProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { desk } = engine;
  const identity = desk.identity.value;
  const reason = desk.error.value;
  const [name, setName] = useState(engine.settings.current.value.name);
  return (
    <main class={styles.page}>
      <header class={styles.header}>
        <Logo size={32} />
        <h1 class={styles.title}>{t(code === null ? 'guestTitle' : 'guestJoinTitle')}</h1>
        {identity.kind === 'known' && <p class={styles.desk}>{identity.deskName}</p>}
      </header>
      <DeskBanner desk={desk} />
      {code === null ? (
        <CustomerHome engine={engine} isLarge />
      ) : (
        <JoinForm
          code={code}
          name={name}
          onName={setName}
          error={reason === null ? undefined : reasonText(reason, i18n)}
          isLarge
          onJoin={(digits, name) => desk.join(digits, name)}
        />
      )}
      <ul class={styles.promises}>
        <li>
          <Icon node={Mic} />
          {t('guestMicFirst')}
        </li>
        <li>
          <Icon node={VideoOff} />
          {t('guestCameraOff')}
        </li>
        <li>
          <Icon node={ShieldCheck} />
          {t('guestDirect')}
        </li>
      </ul>
      <SharedFacts facts={engine.call.ownFacts.value} />
    </main>
  );
}
