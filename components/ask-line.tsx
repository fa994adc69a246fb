import { useEffect, useState } from 'preact/hooks';
import type { ConsentModel, OutgoingAsk } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import styles from './ask-line.module.css';
import { useI18n } from './view-context.ts';

/** An answer is read by then; the picture under it matters more. */
const ANSWER_SHOWN_MS = 6_000;

const STATES = {
  waiting: 'askedWaiting',
  granted: 'askGranted',
  refused: 'askRefused',
  'timed-out': 'askTimedOut',
  unavailable: 'askUnavailable',
} as const satisfies Record<OutgoingAsk['state'], MessageKey>;

export interface AskLineProps {
  readonly consent: ConsentModel;
  /** Whom was asked. */
  readonly name: string;
}

/** What became of the last thing that this side asked for. */
export function AskLine({ consent, name }: AskLineProps) {
  const { t } = useI18n();
  const ask = consent.outgoing.value.at(-1);
  const news = ask ? `${ask.id} ${ask.state}` : '';
  const [read, setRead] = useState('');

  useEffect(() => {
    if (ask === undefined || ask.state === 'waiting') return;
    const timer = setTimeout(() => setRead(news), ANSWER_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);

  const isShown = ask !== undefined && read !== news;
  return (
    <div class={isShown ? styles.line : styles.none}>
      <p role="status">{isShown && t(STATES[ask.state], { name })}</p>
      {isShown && ask.state === 'waiting' && (
        <button type="button" class={styles.withdraw} onClick={() => consent.withdraw(ask.id)}>
          {t('askWithdraw')}
        </button>
      )}
    </div>
  );
}
