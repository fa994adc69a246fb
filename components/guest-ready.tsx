import type { ReadonlySignal } from '@preact/signals';
import { Headset, Volume2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { MAX_NAME_CHARS } from '../lib/protocol/limits.ts';
import { Button } from './button.tsx';
import { DeskBanner } from './desk-banner.tsx';
import { Field } from './field.tsx';
import form from './form.module.css';
import styles from './guest-ready.module.css';
import { Icon } from './icon.tsx';
import { MediaCheck } from './media-check.tsx';
import type { GrantResult } from './media-grant.ts';
import { reasonText } from './reason-text.ts';
import { useI18n } from './view-context.ts';

export interface GuestReadyProps {
  readonly engine: Engine;
  readonly invite: string;
  /** True once microphone and camera are granted to this page. */
  readonly isGranted: ReadonlySignal<boolean>;
  /** True until the page was pressed once: before that browsers let it make no sound. */
  readonly isSilent: ReadonlySignal<boolean>;
  askForMedia(): Promise<GrantResult>;
}

/** A headset, phone or kiosk that waits to be called. */
export function GuestReady(props: GuestReadyProps) {
  const identity = props.engine.desk.identity.value;
  return (
    <main class={styles.page}>
      {identity.kind === 'known' && identity.role === 'device' ? (
        <Waiting {...props} name={identity.name} deskName={identity.deskName} />
      ) : (
        <Enrol {...props} />
      )}
    </main>
  );
}

function Waiting({
  engine,
  isGranted,
  isSilent,
  askForMedia,
  name,
  deskName,
}: GuestReadyProps & { name: string; deskName: string }) {
  const { t } = useI18n();
  const isOnline = engine.desk.state.value.kind === 'online';
  return (
    <>
      <span class={`${styles.icon} ${isOnline ? styles.online : ''}`}>
        <Icon node={Headset} size={44} />
      </span>
      <h1 class={styles.title}>{name}</h1>
      <p role="status" class={styles.state}>
        {isOnline && t('readyForCalls')}
      </p>
      <p class={styles.hint}>{t('readyHint', { desk: deskName })}</p>
      <DeskBanner desk={engine.desk} />
      {!isGranted.value && (
        <div class={styles.task}>
          <MediaCheck media={engine.media} ask={askForMedia} />
        </div>
      )}
      {isGranted.value && isSilent.value && (
        <Button large icon={Volume2} onClick={() => engine.media.playTestSound()}>
          {t('readySound')}
        </Button>
      )}
    </>
  );
}

function Enrol({ engine, invite: given }: GuestReadyProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [invite, setInvite] = useState(given);
  const [name, setName] = useState('');
  const [reason, setReason] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const handleSubmit = async () => {
    setBusy(true);
    const result = await engine.desk.enrol(invite.trim(), name.trim());
    setBusy(false);
    setReason(result.ok ? null : result.reason);
  };
  return (
    <>
      <span class={styles.icon}>
        <Icon node={Headset} size={44} />
      </span>
      <h1 class={styles.title}>{t('readyTitle')}</h1>
      <p class={styles.hint}>{t('readyHow')}</p>
      <form
        class={`${form.form} ${styles.task}`}
        onSubmit={(event) => {
          event.preventDefault();
          void handleSubmit();
        }}
      >
        <Field
          label={t('invitation')}
          error={reason === null ? undefined : reasonText(reason, i18n)}
          control={(props) => (
            <input
              {...props}
              dir="ltr"
              required
              autocomplete="off"
              value={invite}
              onInput={({ currentTarget }) => setInvite(currentTarget.value)}
            />
          )}
        />
        <Field
          label={t('deviceName')}
          hint={t('deviceNameHint')}
          control={(props) => (
            <input
              {...props}
              dir="auto"
              required
              maxLength={MAX_NAME_CHARS}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        />
        <Button type="submit" variant="primary" large wide disabled={isBusy}>
          {t('makeReady')}
        </Button>
      </form>
    </>
  );
}
