import { CloudOff, LoaderCircle } from 'lucide';
import type { DeskModel } from '../lib/engine/api.ts';
import { Banner } from './banner.tsx';
import { reasonText } from './reason-text.ts';
import { useI18n } from './view-context.ts';

/** Says when the desk is out of reach, and what happens next; nothing while all is well. */
export function DeskBanner({ desk, optionsHref }: { readonly desk: DeskModel; readonly optionsHref?: string }) {
  const i18n = useI18n();
  const { t } = i18n;
  const state = desk.state.value;
  const identity = desk.identity.value;
  if (state.kind === 'connecting') {
    const name = identity.kind === 'known' ? identity.deskName : '';
    return (
      <div role="status">
        <Banner
          icon={LoaderCircle}
          tone="plain"
          text={name === '' ? t('loading') : t('deskConnecting', { desk: name })}
        />
      </div>
    );
  }
  if (state.kind !== 'offline') return <div role="status" />;
  return (
    <div role="status">
      <Banner icon={CloudOff} tone="wait" text={state.final ? reasonText(state.reason, i18n) : t('deskOffline')}>
        {optionsHref !== undefined && (
          <a href={optionsHref} target="_blank" rel="noopener">
            {t('settings')}
          </a>
        )}
      </Banner>
    </div>
  );
}
