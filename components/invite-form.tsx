import { useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { MAX_NAME_CHARS } from '../lib/protocol/limits.ts';
import { Button } from './button.tsx';
import { toDeskUrl } from './desk-url.ts';
import { Field } from './field.tsx';
import form from './form.module.css';
import { reasonText } from './reason-text.ts';
import { useI18n } from './view-context.ts';

/** An expert's invitation: a link names its desk; for a bare code the desk's address is asked for as well. */
export function InviteForm({ engine: { desk, settings } }: { readonly engine: Engine }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { deskUrl, name: known } = settings.current.value;
  const [invite, setInvite] = useState('');
  const [address, setAddress] = useState(deskUrl);
  const [name, setName] = useState(known);
  const [reason, setReason] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isLink = /^https?:\/\//i.test(invite.trim());
  const isBareCode = invite.trim() !== '' && !isLink;

  const handleSubmit = async () => {
    setReason(null);
    setBusy(true);
    const failure = isBareCode ? await takeAddress() : null;
    const result = failure ?? (await desk.enrol(invite.trim(), name.trim()));
    setBusy(false);
    setReason(result.ok ? null : result.reason);
  };
  const takeAddress = async () => {
    const url = toDeskUrl(address);
    if (!url.ok) return url;
    const tested = await desk.test(url.value);
    if (!tested.ok) return tested;
    await desk.setUrl(url.value);
    return null;
  };

  return (
    <form
      class={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        void handleSubmit();
      }}
    >
      <Field
        label={t('invitation')}
        hint={t('invitationHint')}
        error={reason === null ? undefined : reasonText(reason, i18n)}
        control={(props) => (
          <input
            {...props}
            dir="ltr"
            required
            autocomplete="off"
            spellcheck={false}
            placeholder="https://desk.example.com/invite#…"
            value={invite}
            onInput={({ currentTarget }) => {
              setInvite(currentTarget.value);
              setReason(null);
            }}
          />
        )}
      />
      {isBareCode && (
        <Field
          label={t('deskAddress')}
          hint={t('deskAddressHint')}
          control={(props) => (
            <input
              {...props}
              dir="ltr"
              required
              inputMode="url"
              value={address}
              onInput={({ currentTarget }) => setAddress(currentTarget.value)}
            />
          )}
        />
      )}
      <Field
        label={t('yourName')}
        hint={t('yourNameHint')}
        control={(props) => (
          <input
            {...props}
            dir="auto"
            required
            autocomplete="name"
            maxLength={MAX_NAME_CHARS}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      />
      <div>
        <Button type="submit" variant="primary" large disabled={isBusy}>
          {t(isBusy ? 'loading' : 'signIn')}
        </Button>
      </div>
    </form>
  );
}
