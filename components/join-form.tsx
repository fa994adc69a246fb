import { useState } from 'preact/hooks';
import { CODE_DIGITS, MAX_NAME_CHARS } from '../lib/protocol/limits.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import styles from './form.module.css';
import { groupDigits } from './group-digits.ts';
import { useI18n } from './view-context.ts';

export interface JoinFormProps {
  /** Digits that are known already (from a link). */
  readonly code: string;
  readonly name: string;
  onName(name: string): void;
  /** Why the last try failed, as a sentence. */
  readonly error: string | undefined;
  readonly isLarge?: boolean;
  onJoin(code: string, name: string): void;
}

/** Nine digits and a name. */
export function JoinForm({ code: given, name, onName, error, isLarge = false, onJoin }: JoinFormProps) {
  const { t } = useI18n();
  const [code, setCode] = useState(groupDigits(given));
  const [isTried, setTried] = useState(false);
  const digits = code.replaceAll(/\D/g, '');
  const codeError = isTried && digits.length !== CODE_DIGITS ? t('sessionCodeIncomplete') : undefined;
  const nameError = isTried && name.trim() === '' ? t('yourNameMissing') : undefined;
  return (
    <form
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (digits.length === CODE_DIGITS && name.trim() !== '') onJoin(digits, name.trim());
      }}
    >
      <Field
        label={t('sessionCodeField')}
        hint={t('sessionCodeFormat')}
        error={codeError ?? error}
        control={(props) => (
          <input
            {...props}
            dir="ltr"
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            value={code}
            onInput={({ currentTarget }) => {
              setCode(groupDigits(currentTarget.value).slice(0, 11));
              setTried(false);
            }}
          />
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
      <Button type="submit" variant="primary" large={isLarge} wide>
        {t('join')}
      </Button>
    </form>
  );
}
