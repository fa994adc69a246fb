import { CircleAlert, Info, TriangleAlert, X } from 'lucide';
import type { Notice, NoticesModel } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './notices-bar.module.css';
import { useI18n } from './view-context.ts';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** News for people: a line each, read out, with what can be done about it. */
export function NoticesBar({ notices }: { readonly notices: NoticesModel }) {
  const { t } = useI18n();
  return (
    <section aria-label={t('notices')} aria-live="polite" class={styles.notices}>
      {notices.list.value.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onDismiss={() => notices.dismiss(notice.id)} />
      ))}
    </section>
  );
}

function NoticeLine({
  notice: { tone, key, values, action },
  onDismiss,
}: {
  readonly notice: Notice;
  onDismiss(): void;
}) {
  const { t, lookUp } = useI18n();
  return (
    <div class={`${styles.notice} ${styles[tone]}`}>
      <Icon node={ICONS[tone]} />
      <p>{lookUp(key, values) ?? t('reasonOther')}</p>
      <IconButton icon={X} label={t('dismiss')} onClick={onDismiss} />
      {action && (
        <div class={styles.action}>
          <Button variant="plain" onClick={() => action.run()}>
            {lookUp(action.key, {}) ?? t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
