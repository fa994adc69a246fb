import { useState } from 'preact/hooks';
import type { DeskModel } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import styles from './desk-form.module.css';
import { toDeskUrl } from './desk-url.ts';
import { Field } from './field.tsx';
import form from './form.module.css';
import { reasonText } from './reason-text.ts';
import { useI18n } from './view-context.ts';

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'saved'; readonly deskName: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface DeskFormProps {
  readonly desk: DeskModel;
  readonly url: string;
  onSaved?(): void;
}

/** The desk's address. It is tried first, and saved only when a desk answers there. */
export function DeskForm({ desk, url, onSaved }: DeskFormProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [text, setText] = useState(url);
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });

  const handleSubmit = async () => {
    const address = toDeskUrl(text);
    if (!address.ok) return setProgress({ kind: 'failed', reason: address.reason });
    setProgress({ kind: 'testing' });
    const tested = await desk.test(address.value);
    if (!tested.ok) return setProgress({ kind: 'failed', reason: tested.reason });
    await desk.setUrl(address.value);
    setText(address.value);
    setProgress({ kind: 'saved', deskName: tested.deskName });
    onSaved?.();
  };

  return (
    <form
      class={form.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void handleSubmit();
      }}
    >
      <Field
        label={t('deskAddress')}
        hint={t('deskAddressHint')}
        error={progress.kind === 'failed' ? reasonText(progress.reason, i18n) : undefined}
        control={(props) => (
          <input
            {...props}
            dir="ltr"
            type="url"
            inputMode="url"
            autocomplete="url"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => {
              setText(currentTarget.value);
              setProgress({ kind: 'idle' });
            }}
          />
        )}
      />
      <div class={styles.row}>
        <Button type="submit" variant="primary" disabled={progress.kind === 'testing' || text.trim() === ''}>
          {t('testAndSave')}
        </Button>
        <p role="status" class={styles.status}>
          {progress.kind === 'testing' && t('deskTesting')}
          {progress.kind === 'saved' && t('deskSaved', { desk: progress.deskName })}
        </p>
      </div>
    </form>
  );
}
