import { render } from 'preact';
import { chooseLocale } from '../lib/i18n/choose-locale.ts';
import { createI18n } from '../lib/i18n/create-i18n.ts';
import { loadCatalogue } from '../lib/i18n/load-catalogue.ts';
import { Button } from './button.tsx';
import styles from './show-failure.module.css';

/**
 * The engine did not come, so there is nothing to draw a page from: says so, and offers to try again. Never resolves: the
 * page that called it has nothing left to do.
 */
export async function showFailure(): Promise<never> {
  const locale = chooseLocale('auto', navigator.languages);
  const { t, dir } = createI18n(locale, await loadCatalogue(locale));
  document.documentElement.lang = locale;
  document.documentElement.dir = dir;
  render(
    <main class={styles.failure}>
      <h1>{t('notStarted')}</h1>
      <p role="alert">{t('notStartedHow')}</p>
      <Button variant="primary" large onClick={() => location.reload()}>
        {t('retry')}
      </Button>
    </main>,
    document.querySelector('#app') ?? document.body,
  );
  return new Promise<never>(() => {});
}
