import { ChevronDown, ChevronUp, Pause, Play } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { CobrowseShareModel } from '../lib/state/cobrowse-share-api.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { otherName } from './other-name.ts';
import { SeenControl } from './seen-control.tsx';
import type { SeenFeatureOptions } from './seen-feature.tsx';
import { SeenLog } from './seen-log.tsx';
import { SeenMasks } from './seen-masks.tsx';
import { SeenProposals } from './seen-proposals.tsx';
import styles from './seen-section.module.css';
import { SeenTab } from './seen-tab.tsx';
import { seenNow } from './seen-words.ts';
import { useI18n } from './view-context.ts';

export interface SeenSectionProps {
  readonly engine: Engine;
  readonly share: CobrowseShareModel;
  readonly options: SeenFeatureOptions;
}

/** While one's own pages are seen: who sees what, and every way to take it back. One line until somebody wants to know more. */
export function SeenSection({ engine, share, options }: SeenSectionProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  const tabs = share.tabs.value;
  const isPaused = share.isPaused.value;
  const control = share.control.value;
  if (tabs.length === 0) return null;
  const name = otherName(engine, i18n);
  const isSeen = tabs.some(({ state }) => state.kind === 'live' || state.kind === 'loading');
  const isAsked = tabs.some(({ state }) => state.kind === 'asking');
  const isPartly = tabs.some(({ state, barredSites }) => state.kind === 'live' && barredSites.length > 0);
  // What waits for an answer is not folded away.
  const isShown = isOpen || isAsked;
  return (
    <section aria-label={t('seenRegion')} class={`${styles.section} ${control === null ? '' : styles.controlled}`}>
      <div class={styles.head}>
        <span class={isPaused || !isSeen ? styles.pausedDot : styles.dot} aria-hidden="true" />
        <p role="status" class={styles.now}>
          {seenNow({ name, tabs, isPaused, control }, i18n)}
        </p>
        <button
          type="button"
          class={styles.toggle}
          aria-expanded={isShown}
          aria-controls={isShown ? bodyId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {t('seenDetails')}
          <Icon node={isShown ? ChevronDown : ChevronUp} size={18} />
        </button>
      </div>
      {!isShown && isPartly && (
        <p role="status" class={styles.quiet}>
          {t('seenPartly')}
        </p>
      )}
      <SeenProposals share={share} />
      <div class={styles.verbs}>
        <Button icon={isPaused ? Play : Pause} aria-pressed={isPaused} onClick={() => share.setPaused(!isPaused)}>
          {t('seenPause')}
        </Button>
        {control !== null && <Button onClick={() => share.stopControl()}>{t('pageStopControl')}</Button>}
        <Button variant="danger" onClick={() => share.stop()}>
          {t('pageStopSharing')}
        </Button>
      </div>
      {isShown && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div id={bodyId} class={styles.body} tabIndex={0} role="group" aria-label={t('seenDetails')}>
          <SeenControl control={control} />
          <ul aria-label={t('seenTabs')} class={styles.tabs}>
            {tabs.map((tab) => (
              <SeenTab key={tab.tabId} tab={tab} name={name} share={share} askForSite={options.askForSite} />
            ))}
          </ul>
          <SeenMasks tabs={tabs} share={share} name={name} playerHref={options.playerHref} />
          <SeenLog entries={share.log.value} />
        </div>
      )}
    </section>
  );
}
