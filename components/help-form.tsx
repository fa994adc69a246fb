import { useState } from 'preact/hooks';
import type { ScenarioCard } from '../lib/protocol/desk-messages.ts';
import { MAX_NAME_CHARS } from '../lib/protocol/limits.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import styles from './form.module.css';
import { useI18n } from './view-context.ts';

export interface HelpFormProps {
  readonly scenarios: readonly ScenarioCard[];
  readonly name: string;
  onName(name: string): void;
  readonly error: string | undefined;
  readonly isOff: boolean;
  readonly isLarge?: boolean;
  onHelp(scenarioId: string, name: string): void;
}

/** What it is about, and who asks. */
export function HelpForm({ scenarios, name, onName, error, isOff, isLarge = false, onHelp }: HelpFormProps) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState('');
  const [isTried, setTried] = useState(false);
  const scenario = scenarios.find(({ id }) => id === chosen) ?? scenarios[0];
  const nameError = isTried && name.trim() === '' ? t('yourNameMissing') : undefined;
  if (scenario === undefined) return <p class={styles.note}>{t('noScenarios')}</p>;
  return (
    <form
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() !== '') onHelp(scenario.id, name.trim());
      }}
    >
      <Field
        label={t('helpTopic')}
        error={error}
        control={(props) => (
          <select {...props} value={scenario.id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {scenarios.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        label={t('yourName')}
        error={nameError}
        control={(props) => (
          <input
            {...props}
            dir="auto"
            autocomplete="name"
            required
            maxLength={MAX_NAME_CHARS}
            value={name}
            onInput={({ currentTarget }) => onName(currentTarget.value)}
          />
        )}
      />
      <Button type="submit" variant="primary" large={isLarge} wide disabled={isOff}>
        {t('getHelp')}
      </Button>
    </form>
  );
}
