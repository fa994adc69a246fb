import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { createBasicFeature } from '../../../components/basic-feature.ts';
import { createCallView } from '../../../components/create-call-view.ts';
import { GuestApp } from '../../../components/guest-app.tsx';
import type { GuestRoute } from '../../../components/guest-route.ts';
import type { GrantResult } from '../../../components/media-grant.ts';
import { createInkFeature } from '../../../components/ink-feature.tsx';
import { shareFeature } from '../../../components/share-feature.tsx';
import type { FakeEngine } from '../../fakes/fake-engine.ts';
import { FACTS, MARTA, NOW, PUMPS, RAVI } from '../../fakes/fake-people.ts';
import { createFakeCamera } from './fake-camera.ts';
import type { Scene } from './scenes.tsx';

const ALL = ['small', 'phone', 'headset', 'wide'] as const;

const guest = (engine: FakeEngine, route: GuestRoute, grant: GrantResult['kind'] = 'denied'): ComponentChild => {
  engine.settings.current.value = { ...engine.settings.current.value, name: '' };
  engine.call.ownFacts.value = FACTS;
  return (
    <GuestApp
      engine={engine}
      view={createCallView({ read: () => null, write: () => {} })}
      features={[createInkFeature(), shareFeature, createBasicFeature({ hasPause: true })]}
      route={route}
      isGranted={signal(grant === 'granted')}
      isSilent={signal(true)}
      askForMedia={async () =>
        grant === 'granted' ? { kind: 'granted', stream: createFakeCamera('face'), hasCamera: true } : { kind: grant }
      }
    />
  );
};

const unknown = (engine: FakeEngine): void => {
  engine.desk.identity.value = { kind: 'none' };
};

const device = (engine: FakeEngine): void => {
  engine.desk.identity.value = {
    kind: 'known',
    personId: 'device-headset-7',
    name: 'Headset 7, hall B',
    role: 'device',
    deskName: 'Nordlicht Care',
    deskUrl: 'https://desk.example',
  };
};

const inCall = (engine: FakeEngine): void => {
  device(engine);
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
      person: RAVI,
      media: { mic: 'on', camera: 'on', screen: 'off' },
      camera: createFakeCamera('face', 640, 480),
      screen: null,
      facts: [],
      typing: false,
    },
  ];
  engine.media.devices.value = {
    ...engine.media.devices.value,
    cameras: [
      { id: 'rear', label: 'Rear' },
      { id: 'front', label: 'Front' },
    ],
  };
};

const withRearCamera = (engine: FakeEngine): void => {
  inCall(engine);
  engine.media.camera.value = 'on';
  engine.media.mirrorSelfView.value = false;
  engine.media.selfView.value = createFakeCamera('pump');
};

/** The guest page in each of its states, on phones, headsets and screens. */
export const GUEST_SCENES: Readonly<Record<string, Scene>> = {
  'guest-help': {
    sizes: ALL,
    show(engine) {
      unknown(engine);
      return guest(engine, { kind: 'help' });
    },
  },
  'guest-join': {
    sizes: ALL,
    show(engine) {
      unknown(engine);
      engine.desk.error.value = 'expired-code';
      return guest(engine, { kind: 'join', code: '123456789' });
    },
    press: ['summary'],
  },
  'guest-queue': {
    sizes: ALL,
    show(engine) {
      unknown(engine);
      engine.desk.queue.value = { position: 2 };
      return guest(engine, { kind: 'help' });
    },
  },
  'guest-enrol': {
    sizes: ALL,
    show(engine) {
      unknown(engine);
      return guest(engine, { kind: 'ready', invite: 'd-abcdefghijklmnop' });
    },
  },
  'guest-ready': {
    sizes: ALL,
    show(engine) {
      device(engine);
      return guest(engine, { kind: 'ready', invite: '' }, 'granted');
    },
  },
  'guest-ready-denied': {
    sizes: ALL,
    show(engine) {
      device(engine);
      return guest(engine, { kind: 'ready', invite: '' });
    },
    press: ['main button'],
  },
  'guest-ringing': {
    sizes: ALL,
    show(engine) {
      device(engine);
      engine.call.state.value = {
        kind: 'ringing',
        person: RAVI,
        scenario: PUMPS,
        linked: true,
        since: NOW,
        answering: false,
      };
      return guest(engine, { kind: 'ready', invite: '' }, 'granted');
    },
  },
  'guest-call': {
    sizes: ALL,
    show(engine) {
      withRearCamera(engine);
      return guest(engine, { kind: 'ready', invite: '' });
    },
  },
  'guest-call-audio': {
    sizes: ALL,
    show(engine) {
      inCall(engine);
      engine.media.mic.value = 'muted';
      engine.messages.unread.value = 1;
      return guest(engine, { kind: 'ready', invite: '' });
    },
    press: ['[aria-haspopup]'],
  },
  'guest-messages': {
    sizes: ALL,
    show(engine) {
      withRearCamera(engine);
      engine.messages.items.value = [
        { id: 'm1', mine: false, author: 'Ravi Shah', text: 'Close the red valve first.', at: NOW, delivery: 'seen' },
        { id: 'm2', mine: true, author: 'Headset 7', text: 'Done', at: NOW, delivery: 'delivered' },
      ];
      return guest(engine, { kind: 'ready', invite: '' });
    },
    press: ['[data-messages]'],
  },
  'guest-consent': {
    sizes: ALL,
    show(engine) {
      inCall(engine);
      engine.consent.incoming.value = [
        { id: 'ask-1', kind: 'camera', from: RAVI, scopes: [], forMs: 0, expiresAt: NOW + 27_000 },
      ];
      return guest(engine, { kind: 'help' });
    },
  },
  'guest-ended': {
    sizes: ALL,
    show(engine) {
      unknown(engine);
      engine.call.state.value = {
        kind: 'ended',
        person: MARTA,
        reason: 'exited',
        mine: false,
        durationMs: 252_000,
        engagementId: null,
      };
      return guest(engine, { kind: 'help' });
    },
  },
};
