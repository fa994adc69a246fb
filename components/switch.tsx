import { useId } from 'preact/hooks';
import styles from './switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  onChange(on: boolean): void;
}

/** Something that is on or off, at once. */
export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class={styles.row}>
      <div class={styles.words}>
        <label for={id}>{label}</label>
        {hint !== undefined && (
          <p id={hintId} class={styles.hint}>
            {hint}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a checkbox has its own checked state
        role="switch"
        class={styles.switch}
        checked={checked}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    </div>
  );
}
