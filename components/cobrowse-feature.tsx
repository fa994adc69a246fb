import { Globe, GlobeX, MonitorSmartphone } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps } from './call-features.ts';
import type { MenuEntry } from './menu-button.tsx';
import { withdrawCobrowse } from './mirror-cover.tsx';

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
    ...(open !== undefined && { Surface: (props: FeatureProps) => <OpenByItself {...props} open={open} /> }),
  };
}

/** The customer has said yes while this page looked on: the window comes by itself, once. */
function OpenByItself({ engine, open }: FeatureProps & { readonly open: () => void }) {
  const { kind } = engine.cobrowse.state.value;
  const before = useRef(kind);
  useEffect(() => {
    const isNew = kind === 'live' && before.current !== 'live';
    before.current = kind;
    if (isNew) open();
  }, [kind]);
  return null;
}
