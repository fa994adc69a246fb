import type { SettingsModel } from '../lib/engine/api.ts';
import { MAX_NAME_CHARS } from '../lib/protocol/limits.ts';
import { Field } from './field.tsx';
import { useI18n } from './view-context.ts';

/** The name that others see; saved when the field is left. */
export function NameField({ settings }: { readonly settings: SettingsModel }) {
  const { t } = useI18n();
  return (
    <Field
      label={t('yourName')}
      hint={t('yourNameHint')}
      control={(props) => (
        <input
          {...props}
          dir="auto"
          autocomplete="name"
          maxLength={MAX_NAME_CHARS}
          value={settings.current.value.name}
          onChange={({ currentTarget }) => settings.update({ name: currentTarget.value.trim() })}
        />
      )}
    />
  );
}
