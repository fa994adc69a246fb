import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { OUTCOME_NAMES, type Outcome } from './outcomes.ts';
import { useI18n } from './view-context.ts';
import styles from './wrap-up-form.module.css';

const OUTCOMES = ['solved', 'follow-up', 'not-solved'] as const;

export interface WrapUpFormProps {
  onSave(outcome: Outcome, note: string): void;
  onSkip(): void;
}

/** Outcome and note of an engagement, kept in History. */
export function WrapUpForm({ onSave, onSkip }: WrapUpFormProps) {
  const { t } = useI18n();
  const [outcome, setOutcome] = useState<Outcome>('solved');
  const [note, setNote] = useState('');
  return (
    <form
      aria-label={t('wrapUp')}
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(outcome, note.trim());
      }}
    >
      <fieldset class={styles.outcomes}>
        <legend>{t('outcome')}</legend>
        {OUTCOMES.map((value) => (
          <label key={value} class={styles.outcome}>
            <input type="radio" name="outcome" checked={outcome === value} onChange={() => setOutcome(value)} />
            <span>{t(OUTCOME_NAMES[value])}</span>
          </label>
        ))}
      </fieldset>
      <Field
        label={t('wrapUpNote')}
        control={(props) => (
          <textarea
            {...props}
            dir="auto"
            rows={4}
            placeholder={t('wrapUpNotePlaceholder')}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      />
      <Button type="submit" variant="primary" large wide>
        {t('wrapUpSave')}
      </Button>
      <Button variant="plain" onClick={onSkip}>
        {t('wrapUpSkip')}
      </Button>
    </form>
  );
}
