import { ChevronDown, ChevronUp, Trash2 } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { ChatItem, HistoryEntry } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import { Button } from './button.tsx';
import { type CallFeature, type FeatureProps, stillOf } from './call-features.ts';
import styles from './history-list.module.css';
import { Icon } from './icon.tsx';
import list from './list.module.css';
import { Section } from './section.tsx';
import { useView } from './view-context.ts';
import { OUTCOME_NAMES } from './outcomes.ts';

export interface HistoryListProps extends FeatureProps {
  readonly features: readonly CallFeature[];
}

/** Earlier engagements, newest first, with what was noted about them. */
export function HistoryList(props: HistoryListProps) {
  const { history } = props.engine;
  const { t } = useView().i18n.value;
  const titleId = useId();
  const entries = history.entries.value;
  return (
    <Section id={titleId} title={t('history')}>
      {entries.length === 0 && <p class={list.empty}>{t('historyEmpty')}</p>}
      <ul aria-labelledby={titleId} class={list.list} hidden={entries.length === 0}>
        {entries.map((entry) => (
          <HistoryRow
            key={entry.engagementId}
            {...props}
            entry={entry}
            onRemove={() => history.remove(entry.engagementId)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface HistoryRowProps extends HistoryListProps {
  readonly entry: HistoryEntry;
  onRemove(): void;
}

function HistoryRow({ entry, onRemove, ...props }: HistoryRowProps) {
  const { i18n, now } = useView();
  const { t, plural } = i18n.value;
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { person, outcome, note, messages } = entry;
  return (
    <li>
      <button
        type="button"
        class={`${list.row} ${styles.toggle}`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span class={list.words}>
          <span class={`${list.name} ${styles.block}`}>{person.name}</span>
          <span class={`${list.about} ${styles.block}`}>{describe(entry, i18n.value, now.value)}</span>
          {note !== '' && !isOpen && <span class={`${list.about} ${styles.block} ${styles.firstLine}`}>{note}</span>}
        </span>
        <Icon node={isOpen ? ChevronUp : ChevronDown} size={18} />
      </button>
      {isOpen && (
        <div id={detailsId} class={styles.details}>
          {outcome && <p class={styles.outcome}>{t(OUTCOME_NAMES[outcome])}</p>}
          <p class={styles.note}>{note === '' ? t('historyNoNote') : note}</p>
          {messages.length > 0 && (
            <details class={styles.messages}>
              <summary>{plural('historyMessages', messages.length)}</summary>
              <ul>
                {messages.map((item) => (
                  <HistoryMessage key={item.id} {...props} item={item} />
                ))}
              </ul>
            </details>
          )}
          <Button variant="plain" icon={Trash2} onClick={onRemove}>
            {t('historyRemove')}
          </Button>
        </div>
      )}
    </li>
  );
}

function HistoryMessage({ item, features, ...props }: HistoryListProps & { readonly item: ChatItem }) {
  const { t } = useView().i18n.value;
  const author = item.mine ? t('you') : item.author;
  const Still = stillOf(features);
  return (
    <li dir="auto">
      <b>{author}:</b> {item.text}
      {item.stillId !== undefined && Still && <Still {...props} stillId={item.stillId} author={author} />}
    </li>
  );
}

function describe(
  { scenario, durationMs, startedAt, reason }: HistoryEntry,
  { t, format }: I18n,
  nowMs: number,
): string {
  const values = { scenario: scenario.name, when: format.moment(startedAt, nowMs) };
  if (durationMs > 0) return t('historyLine', { ...values, duration: format.duration(durationMs) });
  if (reason === 'missed') return t('historyMissed', values);
  return t(reason === 'declined' ? 'historyDeclined' : 'historyNotOpened', values);
}
