import { Pencil, Trash2 } from 'lucide';
import type { PrivacyRule } from '../lib/cobrowse/privacy-rules.ts';
import { IconButton } from './icon-button.tsx';
import styles from './masking-rules.module.css';
import { useI18n } from './view-context.ts';

export interface MaskingRuleLineProps {
  readonly rule: PrivacyRule;
  onEdit?(): void;
  onRemove?(): void;
}

/** A rule as it stands: for which pages, and what it does. */
export function MaskingRuleLine({ rule, onEdit, onRemove }: MaskingRuleLineProps) {
  const { t, format } = useI18n();
  const { pages, mode, hide = [], mask = [], allow = [] } = rule;
  const facts = [
    mode !== undefined && t(mode === 'strict' ? 'seenModeStrict' : 'seenModeAssist'),
    hide.length > 0 && t('seenRuleHides', { list: format.list(hide) }),
    mask.length > 0 && t('seenRuleMasks', { list: format.list(mask) }),
    allow.length > 0 && t('seenRuleShows', { list: format.list(allow) }),
  ].filter((fact) => fact !== false);
  return (
    <div class={styles.line}>
      <div class={styles.words}>
        <p class={styles.pages}>
          <bdi>{pages}</bdi>
        </p>
        {facts.map((fact) => (
          <p key={fact} class={styles.how}>
            {fact}
          </p>
        ))}
      </div>
      {onEdit && <IconButton icon={Pencil} label={t('seenRuleEdit', { pages })} onClick={onEdit} />}
      {onRemove && <IconButton icon={Trash2} label={t('seenRuleRemove', { pages })} onClick={onRemove} />}
    </div>
  );
}
