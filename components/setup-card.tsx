import styles from './setup-card.module.css';
import { useI18n } from './view-context.ts';

/** Nothing is set up yet: one next step. */
export function SetupCard({ href }: { readonly href: string }) {
  const { t } = useI18n();
  return (
    <div class={styles.card}>
      <h2 class={styles.title}>{t('deskUnset')}</h2>
      <p class={styles.hint}>{t('deskUnsetHint')}</p>
      <a class={styles.link} href={href} target="_blank" rel="noopener">
        {t('setUp')}
      </a>
    </div>
  );
}
