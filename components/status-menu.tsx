import { ChevronDown } from 'lucide';
import type { DeskModel } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { Presence } from '../lib/protocol/desk-messages.ts';
import { Icon } from './icon.tsx';
import { MenuButton } from './menu-button.tsx';
import styles from './status-menu.module.css';
import { useI18n } from './view-context.ts';

export const PRESENCE_NAMES = {
  available: 'statusAvailable',
  busy: 'statusBusy',
  away: 'statusAway',
  offline: 'statusOffline',
  'on-call': 'statusOnCall',
  'wrap-up': 'statusWrapUp',
} as const satisfies Record<Presence, MessageKey>;

const CHOICES = ['available', 'busy', 'away', 'offline'] as const;

export interface StatusMenuProps {
  readonly desk: DeskModel;
  /** In a call there is room for a dot only. */
  readonly compact?: boolean;
}

/** One's own status; during a call and its wrap-up the engine sets it. */
export function StatusMenu({ desk, compact = false }: StatusMenuProps) {
  const { t } = useI18n();
  const presence = desk.presence.value;
  const isOwnChoice = presence !== 'on-call' && presence !== 'wrap-up';
  const status = t(PRESENCE_NAMES[presence]);
  return (
    <MenuButton
      label={t('statusMenu')}
      placement="below"
      align={compact ? 'start' : 'end'}
      entries={CHOICES.map((choice) => ({
        id: choice,
        label: t(PRESENCE_NAMES[choice]),
        checked: choice === presence,
        ...(isOwnChoice ? {} : { disabledReason: t('statusBySelf') }),
        run: () => desk.setPresence(choice),
      }))}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={t('statusButton', { status })}
          title={isOwnChoice ? t('statusButton', { status }) : `${status}. ${t('statusBySelf')}`}
          class={`${styles.button} ${compact ? styles.compact : ''}`}
        >
          <span class={`${styles.dot} ${styles[presence]}`} />
          {!compact && <span>{status}</span>}
          {!compact && <Icon node={ChevronDown} size={16} />}
        </button>
      )}
    />
  );
}
