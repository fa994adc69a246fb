import { Globe, GlobeX, MonitorSmartphone } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import { Button } from './button.tsx';
import type { CallFeature, FeatureProps } from './call-features.ts';
import styles from './cobrowse-feature.module.css';
import type { MenuEntry } from './menu-button.tsx';
import { useI18n } from './view-context.ts';
import { withdrawCobrowse } from './withdraw-cobrowse.ts';

export interface CobrowseFeatureOptions {
  /** Opens the co-browse window, or brings it to the front; left out in that window itself. */
  readonly open?: () => void;
}

/** "Start co-browse" at the expert: asks, can be taken back, and opens the window once the customer has allowed it. */
export function createCobrowseFeature({ open }: CobrowseFeatureOptions): CallFeature {
  return {
    id: 'cobrowse',
    menu: ({ engine }: FeatureProps, { t }: I18n): readonly MenuEntry[] => {
      const identity = engine.desk.identity.value;
      if (identity.kind !== 'known' || identity.role !== 'expert') return [];
      const base = { id: 'cobrowse', group: 1 };
      switch (engine.cobrowse.state.value.kind) {
        case 'waiting':
          return [{ ...base, icon: GlobeX, label: t('mirrorWithdraw'), run: () => withdrawCobrowse(engine) }];
        case 'live':
          return open === undefined ? [] : [{ ...base, icon: MonitorSmartphone, label: t('mirrorOpen'), run: open }];
        default:
          return [{ ...base, icon: Globe, label: t('mirrorStart'), run: () => engine.cobrowse.ask() }];
      }
    },
    ...(open !== undefined && { Surface: (props: FeatureProps) => <SharedPage {...props} open={open} /> }),
  };
}

/**
 * A way to the shared page as long as there is one. When the customer has said yes while this page looked on, the window
 * comes by itself, once.
 */
function SharedPage({ engine, open }: FeatureProps & { readonly open: () => void }) {
  const { t } = useI18n();
  const { kind } = engine.cobrowse.state.value;
  const before = useRef(kind);
  useEffect(() => {
    const isNew = kind === 'live' && before.current !== 'live';
    before.current = kind;
    if (isNew) open();
  }, [kind]);
  if (kind !== 'live') return null;
  return (
    <div class={styles.bar}>
      <Button variant="primary" icon={MonitorSmartphone} onClick={open}>
        {t('mirrorOpen')}
      </Button>
    </div>
  );
}
