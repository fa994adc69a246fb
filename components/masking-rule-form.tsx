import { useState } from 'preact/hooks';
import type { PrivacyRule } from '../lib/cobrowse/privacy-rules.ts';
import { readRule, type RuleMistake, type RuleText } from '../lib/cobrowse/rule-text.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import styles from './masking-rules.module.css';
import { useI18n } from './view-context.ts';

export interface MaskingRuleFormProps {
  readonly start: RuleText;
  onSave(rule: PrivacyRule): void;
  onCancel(): void;
}

const PAGES = {
  empty: 'seenRuleNoPages',
  scheme: 'seenRuleBadScheme',
  query: 'seenRuleBadQuery',
  shape: 'seenRuleBadShape',
  stars: 'seenRuleBadStars',
  long: 'seenRuleBadLong',
} as const satisfies Record<string, MessageKey>;

const SELECTORS = [
  ['hide', 'seenRuleHide'],
  ['mask', 'seenRuleMask'],
  ['allow', 'seenRuleAllow'],
] as const;

/** One rule, written by hand. Nothing is stored before all of it can be read. */
export function MaskingRuleForm({ start, onSave, onCancel }: MaskingRuleFormProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [text, setText] = useState(start);
  const [mistakes, setMistakes] = useState<readonly RuleMistake[]>([]);
  const change = (part: Partial<RuleText>) => setText({ ...text, ...part });
  const wordsFor = (field: RuleMistake['field']) => {
    const mistake = mistakes.find((each) => each.field === field);
    return mistake && mistakeWords(mistake, i18n);
  };
  const save = () => {
    const read = readRule(text);
    if ('rule' in read) onSave(read.rule);
    else setMistakes(read.mistakes);
  };
  return (
    <form
      aria-label={t('seenRuleForm')}
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label={t('seenRulePages')}
        hint={t('seenRulePagesHow')}
        error={wordsFor('pages')}
        control={(props) => (
          <input
            {...props}
            type="text"
            dir="ltr"
            spellcheck={false}
            value={text.pages}
            onInput={({ currentTarget }) => change({ pages: currentTarget.value })}
          />
        )}
      />
      <Field
        label={t('seenMode')}
        control={(props) => (
          <select
            {...props}
            value={text.mode}
            onChange={({ currentTarget: { value } }) =>
              change({ mode: value === 'strict' || value === 'assist' ? value : '' })
            }
          >
            <option value="">{t('seenRuleModeNone')}</option>
            <option value="strict">{t('seenModeStrict')}</option>
            <option value="assist">{t('seenModeAssist')}</option>
          </select>
        )}
      />
      {SELECTORS.map(([field, word]) => (
        <Field
          key={field}
          label={t(word)}
          hint={t('seenRuleSelectors')}
          error={wordsFor(field)}
          control={(props) => (
            <textarea
              {...props}
              dir="ltr"
              rows={2}
              spellcheck={false}
              value={text[field]}
              onInput={({ currentTarget }) => change({ [field]: currentTarget.value })}
            />
          )}
        />
      ))}
      <div class={styles.answers}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" variant="primary">
          {t('seenRuleSave')}
        </Button>
      </div>
    </form>
  );
}

function mistakeWords(mistake: RuleMistake, { t }: I18n): string {
  if (mistake.field === 'pages') return t(PAGES[mistake.reason]);
  switch (mistake.reason) {
    case 'nothing':
      return t('seenRuleNothing');
    case 'selector':
      return t('seenRuleBadSelector', { text: mistake.detail });
    case 'long':
      return t('seenRuleLongSelector', { text: mistake.detail });
    case 'many':
      return t('seenRuleManySelectors', { text: mistake.detail });
  }
}
