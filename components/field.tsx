import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import styles from './field.module.css';

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Draws the control; `props` ties it to its label, hint and error. */
  control(props: ControlProps): ComponentChildren;
}

export interface ControlProps {
  readonly id: string;
  readonly class: string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

/** A labelled control with a hint and, when something is wrong, a sentence that says what to do. */
export function Field({ label, hint, error, control }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      {control({
        id,
        class: styles.control,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-invalid': error === undefined ? undefined : 'true',
      })}
      <p
        id={noteId}
        class={error === undefined ? styles.hint : styles.error}
        role={error === undefined ? undefined : 'alert'}
      >
        {note}
      </p>
    </div>
  );
}
