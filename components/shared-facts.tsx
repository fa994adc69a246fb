import type { Fact } from '../lib/protocol/desk-messages.ts';
import { FactList } from './caller-information.tsx';
import styles from './shared-facts.module.css';
import { useI18n } from './view-context.ts';

/** Told before and during a call: what the other side learns about this browser by itself. */
export function SharedFacts({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useI18n();
  return (
    <details class={styles.facts}>
      <summary>{t('sharedFacts')}</summary>
      <p>{t('sharedFactsHow')}</p>
      {facts.length > 0 && <FactList facts={facts} />}
    </details>
  );
}
