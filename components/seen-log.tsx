import { useId } from 'preact/hooks';
import type { ControlLogEntry } from '../lib/protocol/cobrowse-port.ts';
import styles from './seen-section.module.css';
import { logWords } from './seen-words.ts';
import { useI18n } from './view-context.ts';

const MAX_SHOWN = 50;

/** What the expert did in the page, newest first. */
export function SeenLog({ entries }: { readonly entries: readonly ControlLogEntry[] }) {
  const i18n = useI18n();
  const titleId = useId();
  if (entries.length === 0) return null;
  return (
    <>
      <h2 id={titleId} class={styles.strong}>
        {i18n.t('seenLog')}
      </h2>
      <ol aria-labelledby={titleId} class={styles.log}>
        {entries
          .slice(-MAX_SHOWN)
          .toReversed()
          .map((entry, index) => (
            <li key={`${entry.at}-${entries.length - index}`}>
              <time class={styles.quiet} dateTime={new Date(entry.at).toISOString()}>
                {i18n.format.time(entry.at)}
              </time>
              <span>{logWords(entry, i18n)}</span>
            </li>
          ))}
      </ol>
    </>
  );
}
