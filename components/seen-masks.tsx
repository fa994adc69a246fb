import { useState } from 'preact/hooks';
import type { CobrowseShareModel, SharedTabView } from '../lib/state/cobrowse-share-api.ts';
import { Button } from './button.tsx';
import styles from './seen-section.module.css';
import { SentView } from './sent-view.tsx';
import { useI18n } from './view-context.ts';

export interface SeenMasksProps {
  readonly tabs: readonly SharedTabView[];
  readonly share: CobrowseShareModel;
  readonly name: string;
  readonly playerHref: string;
}

/** How much is masked, where it is in one's own page, and what is left for the other side. */
export function SeenMasks({ tabs, share, name, playerHref }: SeenMasksProps) {
  const { t, plural } = useI18n();
  const [isWatching, setWatching] = useState(false);
  const isTinting = share.isTinting.value;
  const maskedCount = tabs.reduce((sum, tab) => sum + tab.maskedCount, 0);
  return (
    <div class={styles.masks}>
      <p>{plural('seenMasked', maskedCount)}</p>
      <div class={styles.row}>
        <Button aria-pressed={isTinting} onClick={() => share.setTinting(!isTinting)}>
          {t('seenTint')}
        </Button>
        <Button aria-expanded={isWatching} onClick={() => setWatching(!isWatching)}>
          {t('seenMirror')}
        </Button>
      </div>
      {isWatching && <SentView tabs={tabs} share={share} name={name} playerHref={playerHref} />}
    </div>
  );
}
