import { LogOut } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import { DeskForm } from './desk-form.tsx';
import { DeviceChooser } from './device-chooser.tsx';
import { Dialog } from './dialog.tsx';
import { LanguageField } from './language-field.tsx';
import { MaskingRules } from './masking-rules.tsx';
import { NameField } from './name-field.tsx';
import styles from './options-app.module.css';
import { PageCard } from './page-card.tsx';
import { PageFrame } from './page-frame.tsx';
import { RingSettings } from './ring-settings.tsx';
import { Switch } from './switch.tsx';
import { useI18n } from './view-context.ts';

/** Settings; each acts at once, except the desk's address, which is tried first. */
export function OptionsApp({ engine, welcomeHref }: { readonly engine: Engine; readonly welcomeHref: string }) {
  const { t } = useI18n();
  const { desk, media, settings } = engine;
  const { deskUrl, hideAddressUntilAnswer, relayOnly } = settings.current.value;
  const identity = desk.identity.value;
  return (
    <PageFrame title={t('settings')} about={t('brand')}>
      <PageCard title={t('optionsDesk')}>
        {identity.kind === 'known' && <p>{t('signedInAs', { name: identity.name, desk: identity.deskName })}</p>}
        <DeskForm desk={desk} url={deskUrl} />
        <div class={styles.actions}>
          <a class={styles.link} href={welcomeHref}>
            {t('optionsWelcome')}
          </a>
          {identity.kind === 'known' && <SignOut onSignOut={() => void desk.signOut()} />}
        </div>
      </PageCard>
      <PageCard title={t('optionsYou')}>
        <NameField settings={settings} />
        <LanguageField settings={settings} />
      </PageCard>
      <PageCard title={t('devices')}>
        <DeviceChooser media={media} />
      </PageCard>
      <PageCard title={t('optionsRinging')}>
        <RingSettings settings={settings} media={media} />
      </PageCard>
      <PageCard title={t('optionsPrivacy')}>
        <Switch
          label={t('hideAddress')}
          hint={t('hideAddressHow')}
          checked={hideAddressUntilAnswer}
          onChange={(on) => settings.update({ hideAddressUntilAnswer: on })}
        />
        <Switch
          label={t('relayOnly')}
          hint={t('relayOnlyHow')}
          checked={relayOnly}
          onChange={(on) => settings.update({ relayOnly: on })}
        />
      </PageCard>
      <PageCard title={t('seenRules')}>
        <MaskingRules settings={settings} desk={desk} />
      </PageCard>
    </PageFrame>
  );
}

/** Asks once more: the invitation is used up, so there is no simple way back. */
function SignOut({ onSignOut }: { onSignOut(): void }) {
  const { t } = useI18n();
  const [isAsking, setAsking] = useState(false);
  const aboutId = useId();
  return (
    <>
      <Button icon={LogOut} onClick={() => setAsking(true)}>
        {t('signOut')}
      </Button>
      {isAsking && (
        <Dialog title={t('signOutSure')} onClose={() => setAsking(false)}>
          <p id={aboutId} class={styles.about}>
            {t('signOutHow')}
          </p>
          <div class={styles.answers}>
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
            <Button
              variant="danger"
              aria-describedby={aboutId}
              onClick={() => {
                setAsking(false);
                onSignOut();
              }}
            >
              {t('signOut')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
