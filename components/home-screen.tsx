import type { ReadonlySignal } from '@preact/signals';
import { MicOff, Settings } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import { Banner } from './banner.tsx';
import type { CallFeature } from './call-features.ts';
import type { CallView } from './create-call-view.ts';
import { createLazy } from './create-lazy.tsx';
import { DeskBanner } from './desk-banner.tsx';
import { ExpertHome } from './expert-home.tsx';
import styles from './home-screen.module.css';
import { Icon } from './icon.tsx';
import { Logo } from './logo.tsx';
import { SetupCard } from './setup-card.tsx';
import { StatusMenu } from './status-menu.tsx';
import { useI18n } from './view-context.ts';

/** An expert never needs it. */
export const LazyCustomerHome = createLazy(async () => (await import('./customer-home.tsx')).CustomerHome);

export interface HomeScreenProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
  readonly welcomeHref: string;
  readonly optionsHref: string;
  /** True when this page can't be given the microphone by itself and nobody has granted it yet. */
  readonly isMicGrantMissing: ReadonlySignal<boolean>;
}

/** The side panel between two calls. */
export function HomeScreen(props: HomeScreenProps) {
  const { engine, view, features, welcomeHref, optionsHref, isMicGrantMissing } = props;
  const { t } = useI18n();
  const { desk } = engine;
  const identity = desk.identity.value;
  const isExpert = identity.kind === 'known' && identity.role === 'expert';
  const isUnset = identity.kind === 'none' && engine.settings.current.value.deskUrl === '';
  return (
    <div class={styles.screen}>
      <header class={styles.header}>
        <Logo />
        <h1 class={styles.brand}>{t('brand')}</h1>
        {isExpert && <StatusMenu desk={desk} />}
        <a
          class={styles.settings}
          href={optionsHref}
          target="_blank"
          rel="noopener"
          aria-label={t('settings')}
          title={t('settings')}
        >
          <Icon node={Settings} />
        </a>
      </header>
      <main class={styles.body}>
        {isMicGrantMissing.value && !isUnset && (
          <Banner icon={MicOff} tone="wait" text={t('micGrantMissing')}>
            <a href={welcomeHref} target="_blank" rel="noopener">
              {t('micGrantFix')}
            </a>
          </Banner>
        )}
        {!isUnset && <DeskBanner desk={desk} optionsHref={optionsHref} />}
        {isUnset && <SetupCard href={welcomeHref} />}
        {isExpert && <ExpertHome engine={engine} view={view} features={features} />}
        {!isUnset && !isExpert && <LazyCustomerHome engine={engine} />}
      </main>
    </div>
  );
}
