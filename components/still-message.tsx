import { useEffect, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import styles from './still-message.module.css';
import { StillPicture } from './still-picture.tsx';
import { useI18n } from './view-context.ts';

export interface StillMessageProps {
  readonly engine: Engine;
  readonly stillId: string;
  onOpen(): void;
}

/** A still among the messages; a press opens it large. */
export function StillMessage({ engine, stillId, onOpen }: StillMessageProps) {
  const { t } = useI18n();
  const [isGone, setGone] = useState(false);
  const still = engine.stills.stills.value.find(({ id }) => id === stillId);
  const isHere = still?.url !== null && still !== undefined;
  useEffect(() => {
    // A picture that is on its way will be here by itself.
    if (isHere || still?.state === 'arriving') return;
    void engine.stills.open(stillId).then((found) => setGone(!found));
  }, [stillId, isHere]);
  if (!isHere) return <p class={styles.note}>{t(isGone ? 'stillGone' : 'stillWaiting')}</p>;
  return (
    <button type="button" class={styles.thumb} aria-label={t('stillOpen')} onClick={onOpen}>
      <StillPicture engine={engine} still={still} />
    </button>
  );
}
