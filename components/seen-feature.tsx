import { signal } from '@preact/signals';
import { Eye } from 'lucide';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps } from './call-features.ts';
import { createLazy } from './create-lazy.tsx';
import type { MenuEntry } from './menu-button.tsx';

export interface SeenFeatureOptions {
  /** Asks the browser for sites; called in the very task of a press. Resolves to whether they were allowed. */
  readonly askForSite: (...origins: readonly string[]) => Promise<boolean>;
  /** As in `PanelAppProps`. */
  readonly keepSite?: ((url: string) => Promise<boolean>) | undefined;
  /** The page that draws what is sent. */
  readonly playerHref: string;
}

/** Both come with a call, not with the page. */
const LazySeenSection = createLazy(async () => (await import('./seen-section.tsx')).SeenSection);
const LazyOfferDialog = createLazy(async () => (await import('./offer-dialog.tsx')).OfferDialog);

/** One's own pages in co-browsing: offering one, seeing what is seen of it, and taking it back. */
export function createSeenFeature(options: SeenFeatureOptions): CallFeature {
  const isOffering = signal(false);
  return {
    id: 'seen',
    preload: () => Promise.all([LazySeenSection.preload(), LazyOfferDialog.preload()]),
    menu: ({ engine }: FeatureProps, { t }: I18n): readonly MenuEntry[] => {
      const identity = engine.desk.identity.value;
      const isExpert = identity.kind === 'known' && identity.role === 'expert';
      if (engine.cobrowseShare === null || isExpert) return [];
      return [{ id: 'offer-page', group: 2, icon: Eye, label: t('seenOffer'), run: () => (isOffering.value = true) }];
    },
    Beside: ({ engine }: FeatureProps) =>
      engine.cobrowseShare && <LazySeenSection engine={engine} share={engine.cobrowseShare} options={options} />,
    Surface: ({ engine }: FeatureProps) =>
      engine.cobrowseShare &&
      isOffering.value && (
        <LazyOfferDialog
          engine={engine}
          share={engine.cobrowseShare}
          keepSite={options.keepSite}
          onClose={() => (isOffering.value = false)}
        />
      ),
  };
}
