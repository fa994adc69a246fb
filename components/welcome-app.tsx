import { CircleHelp, Headset } from 'lucide';
import { useState } from 'preact/hooks';
import type { Engine, Identity } from '../lib/engine/api.ts';
import { DeskForm } from './desk-form.tsx';
import { Icon } from './icon.tsx';
import { InviteForm } from './invite-form.tsx';
import { MediaCheck } from './media-check.tsx';
import type { GrantResult } from './media-grant.ts';
import { PageCard } from './page-card.tsx';
import { PageFrame } from './page-frame.tsx';
import { useI18n } from './view-context.ts';
import styles from './welcome-app.module.css';

export interface WelcomeAppProps {
  readonly engine: Engine;
  askForMedia(): Promise<GrantResult>;
}

type Who = 'expert' | 'customer';

/** The first run: who am I, and a microphone and camera that work. It stays useful later, when a grant was lost. */
export function WelcomeApp({ engine, askForMedia }: WelcomeAppProps) {
  const { t } = useI18n();
  const { desk, settings } = engine;
  const identity = desk.identity.value;
  const { deskUrl } = settings.current.value;
  const [chosen, setChosen] = useState<Who | null>(null);
  const [isHeard, setHeard] = useState(false);
  const isExpert = identity.kind === 'known' && identity.role === 'expert';
  const who = chosen ?? whoIsKnown(identity, deskUrl);
  const isSet = isExpert || (who === 'customer' && deskUrl !== '');
  return (
    <PageFrame title={t('welcomeTitle')} about={t('welcomeAbout')}>
      <PageCard step={1} isDone={isSet} title={t('welcomeWho')}>
        {isExpert ? <SignedIn identity={identity} /> : <WhoChooser who={who} onChoose={setChosen} />}
        {!isExpert && who === 'expert' && <InviteForm engine={engine} />}
        {!isExpert && who === 'customer' && (
          <>
            <p class={styles.about}>{t('welcomeCustomerHow')}</p>
            <DeskForm desk={desk} url={deskUrl} />
          </>
        )}
      </PageCard>
      <PageCard step={2} isDone={isHeard} title={t('welcomeMedia')} hint={t('welcomeMediaHow')}>
        <MediaCheck media={engine.media} ask={askForMedia} onGranted={() => setHeard(true)} />
      </PageCard>
      <PageCard step={3} isDone={isSet && isHeard} title={t(isSet && isHeard ? 'welcomeReady' : 'welcomeThen')}>
        <p role="status" class={styles.about}>
          {t(who === 'customer' ? 'welcomeReadyCustomer' : 'welcomeReadyExpert')}
        </p>
      </PageCard>
    </PageFrame>
  );
}

function whoIsKnown(identity: Identity, deskUrl: string): Who | null {
  if (identity.kind === 'known') return identity.role === 'expert' ? 'expert' : 'customer';
  return deskUrl === '' ? null : 'customer';
}

function SignedIn({ identity }: { readonly identity: Extract<Identity, { kind: 'known' }> }) {
  const { t } = useI18n();
  return <p role="status">{t('signedInAs', { name: identity.name, desk: identity.deskName })}</p>;
}

function WhoChooser({ who, onChoose }: { readonly who: Who | null; onChoose(who: Who): void }) {
  const { t } = useI18n();
  const choices = [
    { value: 'expert', icon: Headset, name: t('whoExpert'), about: t('whoExpertAbout') },
    { value: 'customer', icon: CircleHelp, name: t('whoCustomer'), about: t('whoCustomerAbout') },
  ] as const;
  return (
    <div role="group" aria-label={t('welcomeWho')} class={styles.choices}>
      {choices.map(({ value, icon, name, about }) => (
        <button
          key={value}
          type="button"
          aria-pressed={who === value}
          class={styles.choice}
          onClick={() => onChoose(value)}
        >
          <Icon node={icon} size={26} />
          <span class={styles.choiceName}>{name}</span>
          <span class={styles.choiceAbout}>{about}</span>
        </button>
      ))}
    </div>
  );
}
