import { Camera, ExternalLink, Keyboard, Settings2, ShieldCheck } from 'lucide';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps } from './call-features.ts';
import type { MenuEntry } from './menu-button.tsx';

export interface BasicFeatureOptions {
  /** Opens the call in a window of its own; left out where the page already is one. */
  readonly popOut?: () => void;
}

/** What every call can do from the menu "Options". */
export function createBasicFeature({ popOut }: BasicFeatureOptions): CallFeature {
  return {
    id: 'basic',
    menu: ({ engine, view }: FeatureProps, { t }: I18n): readonly MenuEntry[] => {
      const identity = engine.desk.identity.value;
      const people = engine.call.people.value;
      const isExpert = identity.kind === 'known' && identity.role === 'expert';
      const isAsked = engine.consent.outgoing.value.some((ask) => ask.kind === 'camera' && ask.state === 'waiting');
      const canAskForCamera = isExpert && !isAsked && people.some(({ media }) => media.camera === 'off');
      const entries: (MenuEntry | false)[] = [
        canAskForCamera && {
          id: 'ask-camera',
          group: 1,
          icon: Camera,
          label: t('askForCamera'),
          run: () => engine.consent.ask('camera'),
        },
        { id: 'devices', group: 3, icon: Settings2, label: t('devices'), run: () => view.setDialog('devices') },
        {
          id: 'verify',
          group: 3,
          icon: ShieldCheck,
          label: t('verifyConnection'),
          run: () => view.setDialog('verify'),
        },
        {
          id: 'shortcuts',
          group: 3,
          icon: Keyboard,
          label: t('keyboardShortcuts'),
          run: () => view.setDialog('shortcuts'),
        },
        popOut !== undefined && { id: 'pop-out', group: 3, icon: ExternalLink, label: t('popOut'), run: popOut },
      ];
      return entries.filter((entry) => entry !== false);
    },
  };
}
