import { Button } from './button.tsx';
import styles from './seen-section.module.css';
import { useI18n } from './view-context.ts';

export interface SeenSiteProps {
  /** '' when the browser does not tell where the tab is. */
  readonly origin: string;
  /** The browser has to let the extension into it, too. */
  readonly isBarred: boolean;
  readonly name: string;
  askForSite(origin: string): Promise<boolean>;
  onAnswer(answer: 'once' | 'session' | 'never'): void;
}

/** A shared tab has come to another site: nothing of it is shown before its owner says so. */
export function SeenSite({ origin, isBarred, name, askForSite, onAnswer }: SeenSiteProps) {
  const { t } = useI18n();
  if (origin === '') return <p>{t('seenAskUnknown', { name })}</p>;
  const words = t('seenAskSite', { site: origin.replace(/^https?:\/\//, ''), name });
  // The browser's own question must come in the task of the press. A no to it is a yes for as long as the tab stays.
  const forCall = () =>
    void askForSite(origin).then((isGiven) => {
      if (isGiven) onAnswer('session');
      else if (!isBarred) onAnswer('once');
    });
  const once = () => {
    if (isBarred) void askForSite(origin).then((isGiven) => isGiven && onAnswer('once'));
    else onAnswer('once');
  };
  return (
    <div role="group" aria-label={words} class={styles.proposal}>
      <p class={styles.strong}>{words}</p>
      <div class={styles.answers}>
        <Button onClick={() => onAnswer('never')}>{t('seenNever')}</Button>
        <Button onClick={once}>{t('seenOnce')}</Button>
        <Button variant="primary" onClick={forCall}>
          {t('seenForCall')}
        </Button>
      </div>
    </div>
  );
}
