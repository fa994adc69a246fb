import { Camera, ExternalLink, Info, Keyboard, Pause, Settings2, ShieldCheck } from 'lucide';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps } from './call-features.ts';
import type { MenuEntry } from './menu-button.tsx';

export interface BasicFeatureOptions {
  /** Opens the call in a window of its own; left out where the page already is one. */
  readonly popOut?: () => void;
  /** Where the toolbar has no room for it. */
  readonly hasPause?: boolean;
}

/** What every call can do from the menu "Options". */
export function createBasicFeature({ popOut, hasPause = false }: BasicFeatureOptions): CallFeature {
  return {
    id: 'basic',
    menu: ({ engine, view }: FeatureProps, { t }: I18n): readonly MenuEntry[] => {
      const identity = engine.desk.identity.value;
      const people = engine.call.people.value;
      const state = engine.call.state.value;
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
        hasPause &&
          state.kind === 'active' &&
          state.pause === null && {
            id: 'pause',
            group: 1,
            icon: Pause,
            label: t('pause'),
            run: () => engine.call.setPaused(true),
          },
        !isExpert && { id: 'facts', group: 3, icon: Info, label: t('sharedFacts'), run: () => view.setDialog('facts') },
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
