import { AppWindow, ScreenShare, ScreenShareOff } from 'lucide';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps } from './call-features.ts';
import { IconButton } from './icon-button.tsx';
import type { MenuEntry } from './menu-button.tsx';
import { useI18n } from './view-context.ts';

/** One's own screen, window or tab in the call, and asking the other side for theirs. */
export const shareFeature: CallFeature = {
  id: 'share',
  Tools: ShareButton,
  menu: ({ engine: { share, consent, call } }: FeatureProps, { t }: I18n): readonly MenuEntry[] => {
    const isAsked = consent.outgoing.value.some((ask) => ask.kind === 'screen' && ask.state === 'waiting');
    const canAsk = !isAsked && call.people.value.some(({ media }) => media.screen === 'off');
    const isOn = share.state.value.kind === 'on';
    const entries: (MenuEntry | false)[] = [
      canAsk && {
        id: 'ask-screen',
        group: 1,
        icon: ScreenShare,
        label: t('askForScreen'),
        run: () => consent.ask('screen'),
      },
      share.canShareTab && {
        id: 'share-tab',
        group: 2,
        icon: AppWindow,
        label: t('shareThisTab'),
        run: () => share.shareTab(),
      },
      isOn && {
        id: 'share-other',
        group: 2,
        icon: ScreenShare,
        label: t('shareOther'),
        run: () => share.shareScreen(),
      },
    ];
    return entries.filter((entry) => entry !== false);
  },
};

/** Also on the guest page's own toolbar. */
export function ShareButton({ engine: { share } }: Pick<FeatureProps, 'engine'>) {
  const { t } = useI18n();
  const isOn = share.state.value.kind === 'on';
  return (
    <IconButton
      icon={isOn ? ScreenShareOff : ScreenShare}
      label={t('shareScreen')}
      tip={t(isOn ? 'shareScreenOffTip' : 'shareScreenOnTip')}
      tone={isOn ? 'on' : 'plain'}
      aria-pressed={isOn}
      onClick={() => (isOn ? share.stop() : share.shareScreen())}
    />
  );
}
