import { useId } from 'preact/hooks';
import type { DeskModel } from '../lib/engine/api.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import list from './list.module.css';
import { Section } from './section.tsx';
import { useView } from './view-context.ts';
import styles from './waiting-list.module.css';

/** Customers in the queue, longest wait first. */
export function WaitingList({ desk }: { readonly desk: DeskModel }) {
  const { i18n, now } = useView();
  const { t, plural, format } = i18n.value;
  const titleId = useId();
  const entries = desk.waiting.value;
  const badge = (
    <span role="status" class={entries.length > 0 ? styles.counter : undefined}>
      {entries.length > 0 && (
        <>
          <span aria-hidden="true">{format.number(entries.length)}</span>
          <span class="visually-hidden">{plural('waitingCount', entries.length)}</span>
        </>
      )}
    </span>
  );
  return (
    <Section id={titleId} title={t('waiting')} badge={badge}>
      {entries.length === 0 && <p class={list.empty}>{t('waitingEmpty')}</p>}
      <ul aria-labelledby={titleId} class={list.list} hidden={entries.length === 0}>
        {entries.map(({ queueId, name, scenario, since, ringing }, index) => (
          <li key={queueId} class={list.row}>
            <Avatar name={name} />
            <div class={list.words}>
              <p class={list.name}>{name}</p>
              <p class={list.about}>
                {ringing
                  ? t('waitingRinging', { scenario: scenario.name })
                  : t('waitingFor', { scenario: scenario.name, time: format.roughly(now.value - since) })}
              </p>
            </div>
            <Button
              variant={index === 0 && !ringing ? 'primary' : 'quiet'}
              aria-label={t('answerNamed', { name })}
              title={ringing ? t('waitingRinging', { scenario: scenario.name }) : undefined}
              disabled={ringing}
              onClick={() => desk.claim(queueId)}
            >
              {t('answer')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
