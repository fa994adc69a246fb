import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { createBasicFeature } from '../../../components/basic-feature.ts';
import type { CallFeature } from '../../../components/call-features.ts';
import { createCallView } from '../../../components/create-call-view.ts';
import { createInkFeature } from '../../../components/ink-feature.tsx';
import { OptionsApp } from '../../../components/options-app.tsx';
import { PanelApp } from '../../../components/panel-app.tsx';
import { createSeenFeature } from '../../../components/seen-feature.tsx';
import { shareFeature } from '../../../components/share-feature.tsx';
import type { FakeEngine } from '../../fakes/fake-engine.ts';
import { createFakeShare, type FakeShare, LIVE_TAB } from '../../fakes/fake-share.ts';
import { NOW, PUMPS, RAVI, REMOTE_MARTA } from '../../fakes/fake-people.ts';
import { createFakeCamera } from './fake-camera.ts';
import type { Scene } from './scenes.tsx';

const SIZES = ['panel', 'small', 'wide'] as const;
const DETAILS = 'section button[aria-expanded]';

/** A customer in a call with Ravi Shah. */
function asCustomer(engine: FakeEngine): FakeShare {
  engine.desk.identity.value = { kind: 'none' };
  engine.call.state.value = {
    kind: 'active',
    person: RAVI,
    scenario: PUMPS,
    startedAt: NOW - 252_000,
    reconnectingSince: null,
    pause: null,
  };
  engine.call.people.value = [
    {
      ...REMOTE_MARTA,
      person: RAVI,
      facts: [],
      camera: createFakeCamera('face'),
      media: { mic: 'on', camera: 'on', screen: 'off' },
    },
  ];
  const share = createFakeShare();
  engine.cobrowseShare = share;
  return share;
}

const seenFeature = createSeenFeature({ askForSite: async () => true, playerHref: 'about:blank' });
const features = [createBasicFeature({}), createInkFeature(), shareFeature, seenFeature];

const panel = (engine: FakeEngine, shown: readonly CallFeature[] = features): ComponentChild => (
  <PanelApp
    engine={engine}
    view={createCallView({ read: () => null, write: () => {} })}
    features={shown}
    welcomeHref="#welcome"
    optionsHref="#options"
    isMicGrantMissing={signal(false)}
  />
);

/** What a customer sees of co-browsing. */
export const SEEN_SCENES: Readonly<Record<string, Scene>> = {
  'seen-consent': {
    sizes: SIZES,
    show(engine) {
      asCustomer(engine);
      engine.consent.incoming.value = [
        { id: 'ask-1', kind: 'cobrowse', from: RAVI, scopes: [], forMs: 0, expiresAt: NOW + 27_000 },
      ];
      return panel(engine);
    },
  },
  'seen-consent-no-page': {
    sizes: ['panel'],
    show(engine) {
      asCustomer(engine).offered.value = null;
      engine.consent.incoming.value = [
        { id: 'ask-1', kind: 'cobrowse', from: RAVI, scopes: [], forMs: 0, expiresAt: NOW + 27_000 },
      ];
      return panel(engine);
    },
  },
  'seen-consent-control': {
    sizes: ['panel'],
    show(engine) {
      asCustomer(engine).tabs.value = [LIVE_TAB];
      const scopes = ['point', 'scroll', 'click', 'type'];
      engine.consent.incoming.value = [
        { id: 'ask-1', kind: 'control', from: RAVI, scopes, forMs: 600_000, expiresAt: NOW + 27_000 },
      ];
      return panel(engine);
    },
  },
  'seen-offer': {
    sizes: ['panel'],
    show(engine) {
      const share = asCustomer(engine);
      share.offered.value = { title: 'Staff', address: 'https://hr.example/me', mode: 'strict', mayAssist: false };
      return panel(engine, [seenFeature]);
    },
    press: ['[role="toolbar"] button[aria-haspopup]', '[role="menuitem"]'],
  },
  'seen-folded': {
    sizes: SIZES,
    show(engine) {
      asCustomer(engine).tabs.value = [LIVE_TAB];
      return panel(engine);
    },
  },
  'seen-partly': {
    sizes: SIZES,
    show(engine) {
      asCustomer(engine).tabs.value = [{ ...LIVE_TAB, barredSites: ['https://cdn.example'] }];
      return panel(engine);
    },
  },
  'seen-details': {
    sizes: SIZES,
    show(engine) {
      asCustomer(engine).tabs.value = [
        { ...LIVE_TAB, isPicking: true, hiddenCount: 2, barredSites: ['https://maps.example', 'https://chat.example'] },
        {
          ...LIVE_TAB,
          tabId: 2,
          title: 'Your account at the savings bank with a rather long title',
          address: 'https://bank.example/account',
          active: false,
          state: { kind: 'paused', reason: 'sensitive-page' },
          mayAssist: false,
        },
      ];
      return panel(engine);
    },
    press: [DETAILS],
  },
  'seen-controlled': {
    sizes: SIZES,
    show(engine) {
      const share = asCustomer(engine);
      share.tabs.value = [LIVE_TAB];
      share.control.value = {
        scopes: ['point', 'scroll', 'click'],
        name: 'Ravi Shah',
        until: NOW + 500_000,
        preempted: true,
      };
      share.proposals.value = [{ key: '1:4', name: 'Ravi Shah', kind: 'pay', label: 'button “Pay 214.00”' }];
      share.log.value = [
        { at: NOW - 9_000, what: 'clicked', label: 'button “Continue”' },
        { at: NOW - 4_000, what: 'scrolled', label: '' },
        { at: NOW - 1_000, what: 'proposed', label: 'button “Pay 214.00”' },
      ];
      return panel(engine);
    },
    press: [DETAILS],
  },
  'seen-new-site': {
    sizes: ['panel', 'small'],
    show(engine) {
      asCustomer(engine).tabs.value = [
        {
          ...LIVE_TAB,
          title: '',
          address: '',
          state: { kind: 'asking', origin: 'https://pay.example', isBarred: false },
        },
        { ...LIVE_TAB, tabId: 2, title: '', address: '', state: { kind: 'asking', origin: '', isBarred: true } },
      ];
      return panel(engine);
    },
  },
  'settings-rules': {
    sizes: ['panel', 'wide'],
    show(engine) {
      engine.settings.current.value = {
        ...engine.settings.current.value,
        masking: [
          { pages: 'https://*.bank.example/', mode: 'strict', hide: ['.balance', '#transfers > li'] },
          { pages: 'https://shop.example/account/', mask: ['.address'], allow: ['input[name="city"]'] },
        ],
      };
      engine.desk.masking.value = [{ pages: '*://**/staff/', mode: 'strict', mask: ['.salary'] }];
      return <OptionsApp engine={engine} welcomeHref="#welcome" />;
    },
    press: ['section:last-of-type > div > button', 'section:last-of-type form button[type="submit"]'],
  },
};
