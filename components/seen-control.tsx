import { Hand } from 'lucide';
import type { GivenControl } from '../lib/state/cobrowse-share-api.ts';
import { Icon } from './icon.tsx';
import { scopeWords } from './scope-words.ts';
import styles from './seen-section.module.css';
import { useView } from './view-context.ts';

/** Whose hand is in the page, what it may do, and until when. */
export function SeenControl({ control }: { readonly control: GivenControl | null }) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  if (control === null) return null;
  const { name, scopes, until, preempted } = control;
  return (
    <section aria-label={t('seenControl')} class={styles.control}>
      <Icon node={Hand} />
      <div>
        <p class={styles.strong}>
          {t('seenControlWhat', { name, scopes: format.list(scopeWords(scopes, i18n.value)) })}
        </p>
        <p class={styles.quiet}>
          {until === null
            ? t('seenControlCall')
            : t('seenControlLeft', { time: format.duration(Math.max(0, until - now.value)) })}
        </p>
        <p role="status" class={styles.quiet}>
          {preempted && t('seenPreempted')}
        </p>
      </div>
    </section>
  );
}
