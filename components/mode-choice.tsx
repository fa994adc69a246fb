import { useId } from 'preact/hooks';
import type { PrivacyMode } from '../lib/protocol/cobrowse-messages.ts';
import styles from './mode-choice.module.css';
import { useI18n } from './view-context.ts';

export interface ModeChoiceProps {
  readonly mode: PrivacyMode;
  /** False where the desk's policy wants strict. */
  readonly mayAssist: boolean;
  readonly withHints?: boolean;
  onMode(mode: PrivacyMode): void;
}

const MODES = [
  ['strict', 'seenModeStrict', 'seenModeStrictHow'],
  ['assist', 'seenModeAssist', 'seenModeAssistHow'],
] as const;

/** Whether what stands in ordinary fields is shown. */
export function ModeChoice({ mode, mayAssist, withHints = false, onMode }: ModeChoiceProps) {
  const { t } = useI18n();
  const name = useId();
  return (
    <fieldset class={styles.choice}>
      <legend class={styles.legend}>{t('seenMode')}</legend>
      <div class={styles.modes}>
        {MODES.map(([value, word, hint]) => (
          <label key={value} class={styles.mode} title={value === 'assist' && !mayAssist ? t('seenModeDesk') : t(hint)}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={mode === value}
              disabled={value === 'assist' && !mayAssist}
              aria-label={t(word)}
              onChange={() => onMode(value)}
            />
            <span>
              <span class={styles.word}>{t(word)}</span>
              {withHints && <span class={styles.hint}>{t(hint)}</span>}
            </span>
          </label>
        ))}
      </div>
      {!mayAssist && <p class={styles.hint}>{t('seenModeDesk')}</p>}
    </fieldset>
  );
}
