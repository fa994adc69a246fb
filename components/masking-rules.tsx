import { Plus } from 'lucide';
import { useState } from 'preact/hooks';
import type { PrivacyRule } from '../lib/cobrowse/privacy-rules.ts';
import { EMPTY_RULE, toRuleText } from '../lib/cobrowse/rule-text.ts';
import type { DeskModel, SettingsModel } from '../lib/engine/api.ts';
import { MAX_MASKING_RULES } from '../lib/protocol/masking-rules.ts';
import { Button } from './button.tsx';
import { MaskingRuleForm } from './masking-rule-form.tsx';
import { MaskingRuleLine } from './masking-rule-line.tsx';
import styles from './masking-rules.module.css';
import { useI18n } from './view-context.ts';

export interface MaskingRulesProps {
  readonly settings: SettingsModel;
  readonly desk: DeskModel;
}

type Editing = number | 'new' | null;

/** The customer's own rules about what of their pages is seen, and those of the desk, which they can only read. */
export function MaskingRules({ settings, desk }: MaskingRulesProps) {
  const { t } = useI18n();
  const [editing, setEditing] = useState<Editing>(null);
  const own = settings.current.value.masking;
  const ofDesk = desk.masking.value;
  const store = (masking: readonly PrivacyRule[]) => {
    settings.update({ masking });
    setEditing(null);
  };
  const isFull = own.length >= MAX_MASKING_RULES;
  return (
    <>
      <p class={styles.how}>{t('seenRulesHow')}</p>
      {own.length === 0 && editing === null && <p class={styles.how}>{t('seenRulesNone')}</p>}
      <ul aria-label={t('seenRulesOwn')} class={styles.rules}>
        {own.map((rule, index) => (
          <li key={`${index} ${rule.pages}`} class={styles.rule}>
            {editing === index ? (
              <MaskingRuleForm
                start={toRuleText(rule)}
                onSave={(next) => store(own.with(index, next))}
                onCancel={() => setEditing(null)}
              />
            ) : (
              <MaskingRuleLine
                rule={rule}
                onEdit={() => setEditing(index)}
                onRemove={() => store(own.toSpliced(index, 1))}
              />
            )}
          </li>
        ))}
      </ul>
      {editing === 'new' ? (
        <div class={styles.rule}>
          <MaskingRuleForm
            start={EMPTY_RULE}
            onSave={(rule) => store([...own, rule])}
            onCancel={() => setEditing(null)}
          />
        </div>
      ) : (
        <div>
          <Button icon={Plus} disabled={isFull} onClick={() => setEditing('new')}>
            {t('seenRuleAdd')}
          </Button>
          {isFull && <p class={styles.how}>{t('seenRulesFull')}</p>}
        </div>
      )}
      {ofDesk.length > 0 && (
        <>
          <p class={styles.how}>{t('seenRulesDesk')}</p>
          <ul aria-label={t('seenRulesOfDesk')} class={styles.rules}>
            {ofDesk.map((rule, index) => (
              <li key={`${index} ${rule.pages}`} class={styles.rule}>
                <MaskingRuleLine rule={rule} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
