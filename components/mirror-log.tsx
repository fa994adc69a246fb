import { Check, Hourglass, type IconNode, OctagonX } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { MirrorView } from './create-mirror-view.ts';
import { Icon } from './icon.tsx';
import styles from './mirror-log.module.css';
import { type ResultLine, resultLines } from './mirror-words.ts';
import { useI18n } from './view-context.ts';

export interface MirrorLogProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly name: string;
}

const ICONS: Readonly<Record<ResultLine['tone'], IconNode>> = { done: Check, refused: OctagonX, asked: Hourglass };

/** A refusal is read by then. */
const SHOWN_MS = 6_000;

/** What became of everything that this hand did, newest last. */
export function MirrorLog({ engine, mirror, name }: MirrorLogProps) {
  const i18n = useI18n();
  const lines = resultLines(engine.cobrowse.results.value, mirror.verbs, name, i18n);
  return (
    <section aria-label={i18n.t('mirrorLog')} class={styles.log}>
      <h2 class={styles.title}>{i18n.t('mirrorLog')}</h2>
      {lines.length === 0 && <p class={styles.empty}>{i18n.t('mirrorLogEmpty')}</p>}
      <ol>
        {lines.map(({ requestId, text, tone }) => (
          <li key={requestId} class={`${styles.line} ${styles[tone]}`}>
            <Icon node={ICONS[tone]} size={16} />
            <span dir="auto">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The last of them, over the page for a moment; screen readers hear what is not plain to see. */
export function MirrorNews({ engine, mirror, name }: MirrorLogProps) {
  const i18n = useI18n();
  const last = resultLines(engine.cobrowse.results.value, mirror.verbs, name, i18n).findLast(({ isNews }) => isNews);
  const news = last === undefined ? '' : `${last.requestId} ${last.text}`;
  const [read, setRead] = useState('');
  useEffect(() => {
    if (news === '' || last?.tone === 'asked') return;
    const timer = setTimeout(() => setRead(news), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);
  const isShown = last !== undefined && read !== news;
  return (
    <div role="status" class={isShown ? `${styles.news} ${styles[last.tone]}` : styles.none}>
      {isShown && (
        <>
          <Icon node={ICONS[last.tone]} size={18} />
          <span dir="auto">{last.text}</span>
        </>
      )}
    </div>
  );
}
