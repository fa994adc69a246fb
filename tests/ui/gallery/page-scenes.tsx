import { OptionsApp } from '../../../components/options-app.tsx';
import { WelcomeApp } from '../../../components/welcome-app.tsx';
import { createFakeCamera } from './fake-camera.ts';
import type { Scene } from './scenes.tsx';

const SIZES = ['panel', 'wide'] as const;

/** The extension's full pages. */
export const PAGE_SCENES: Readonly<Record<string, Scene>> = {
  welcome: {
    sizes: SIZES,
    show(engine) {
      engine.desk.identity.value = { kind: 'none' };
      engine.settings.current.value = { ...engine.settings.current.value, deskUrl: '', name: '' };
      return <WelcomeApp engine={engine} askForMedia={async () => ({ kind: 'denied' })} />;
    },
    press: ['section:nth-of-type(1) button', 'section:nth-of-type(2) button'],
  },
  'welcome-customer': {
    sizes: SIZES,
    show(engine) {
      engine.desk.identity.value = { kind: 'none' };
      return <WelcomeApp engine={engine} askForMedia={async () => ({ kind: 'dismissed' })} />;
    },
    press: ['section:nth-of-type(1) button[type="submit"]', 'section:nth-of-type(2) button'],
  },
  'welcome-done': {
    sizes: SIZES,
    show(engine) {
      engine.media.micLevel.value = 0.5;
      return (
        <WelcomeApp
          engine={engine}
          askForMedia={async () => ({ kind: 'granted', stream: createFakeCamera('face'), hasCamera: true })}
        />
      );
    },
    press: ['section:nth-of-type(2) button'],
  },
  settings: { sizes: SIZES, show: (engine) => <OptionsApp engine={engine} welcomeHref="#welcome" /> },
  'settings-sign-out': {
    sizes: SIZES,
    show: (engine) => <OptionsApp engine={engine} welcomeHref="#welcome" />,
    press: ['a + button'],
  },
};
