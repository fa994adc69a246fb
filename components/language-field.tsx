import type { Settings, SettingsModel } from '../lib/engine/api.ts';
import { LOCALES } from '../lib/i18n/catalogue.ts';
import { Field } from './field.tsx';
import { useI18n } from './view-context.ts';

const CHOICES = ['auto', ...LOCALES] as const satisfies readonly Settings['language'][];

/** Each language names itself, so that it is found by whoever reads no other. */
const ownName = (locale: string): string => new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;

export function LanguageField({ settings }: { readonly settings: SettingsModel }) {
  const { t } = useI18n();
  return (
    <Field
      label={t('language')}
      control={(props) => (
        <select
          {...props}
          value={settings.current.value.language}
          onChange={({ currentTarget }) =>
            settings.update({ language: CHOICES.find((choice) => choice === currentTarget.value) ?? 'auto' })
          }
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice} lang={choice === 'auto' ? undefined : choice}>
              {choice === 'auto' ? t('languageAuto') : ownName(choice)}
            </option>
          ))}
        </select>
      )}
    />
  );
}
