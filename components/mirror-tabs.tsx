import { LocateFixed, Pause } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import type { MirrorView } from './create-mirror-view.ts';
import { Icon } from './icon.tsx';
import { partsOf } from './mirror-header.tsx';
import styles from './mirror-tabs.module.css';
import { useI18n } from './view-context.ts';

export interface MirrorTabsProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly name: string;
}

/** The tabs that are shared, when there are several: the customer's own one is shown until another is chosen. */
export function MirrorTabs({ engine: { cobrowse }, mirror, name }: MirrorTabsProps) {
  const { t } = useI18n();
  const tabs = cobrowse.tabs.value;
  const state = cobrowse.state.value;
  if (state.kind !== 'live' || tabs.length < 2) return null;
  const choose = (tabId: number | null) => () => {
    mirror.setChosenTab(tabId);
    cobrowse.follow(tabId);
  };
  const isFollowing = mirror.chosenTab.value === null;
  return (
    <nav aria-label={t('mirrorTabs')} class={styles.strip}>
      <button
        type="button"
        class={`${styles.tab} ${styles.follow}`}
        aria-pressed={isFollowing}
        title={t('mirrorFollowTip', { name })}
        onClick={choose(isFollowing ? state.tabId : null)}
      >
        <Icon node={LocateFixed} size={16} />
        <span>{t('mirrorFollow', { name })}</span>
      </button>
      {tabs.map((tab) => {
        const title = tab.title || partsOf(tab.address).host || t('mirrorNoTitle');
        const isPaused = tab.state !== 'live';
        return (
          <button
            key={tab.tabId}
            type="button"
            class={styles.tab}
            aria-current={tab.tabId === state.tabId ? 'true' : undefined}
            aria-label={isPaused ? t('mirrorTabPaused', { title }) : title}
            title={tab.address}
            onClick={choose(tab.tabId)}
          >
            {isPaused && <Icon node={Pause} size={14} />}
            <span dir="auto">{title}</span>
            {tab.active && <span class={styles.here} aria-hidden="true" />}
          </button>
        );
      })}
    </nav>
  );
}
