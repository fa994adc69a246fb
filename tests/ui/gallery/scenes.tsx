import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { createBasicFeature } from '../../../components/basic-feature.ts';
import { createCallView } from '../../../components/create-call-view.ts';
import { createInkFeature } from '../../../components/ink-feature.tsx';
import { shareFeature } from '../../../components/share-feature.tsx';
import { PanelApp } from '../../../components/panel-app.tsx';
import type { RemotePerson } from '../../../lib/engine/api.ts';
import type { FakeEngine } from '../../fakes/fake-engine.ts';
import {
  DIRECTORY,
  FACTS,
  GOOD_QUALITY,
  HISTORY,
  MARTA,
  NOW,
  PUMPS,
  RAVI,
  REMOTE_MARTA,
  WAITING,
} from '../../fakes/fake-people.ts';
import { createFakeCamera } from './fake-camera.ts';
import type { Size } from './poses.ts';

export interface Scene {
  /** Sets the engine up and gives back what to draw. */
  readonly show: (engine: FakeEngine) => ComponentChild;
  /** CSS selectors to press, in this order, before the picture is taken. */
  readonly press?: readonly string[];
  readonly sizes?: readonly Size[];
}

const panel = (engine: FakeEngine, isMicGrantMissing = false): ComponentChild => {
  const popOut = () => {};
  return (
    <PanelApp
      engine={engine}
      view={createCallView({ read: () => null, write: () => {} })}
      features={[createInkFeature(), shareFeature, createBasicFeature({ popOut })]}
      popOut={popOut}
      welcomeHref="#welcome"
      optionsHref="#options"
      isMicGrantMissing={signal(isMicGrantMissing)}
    />
  );
};

const asCustomer = (engine: FakeEngine): void => {
  engine.desk.identity.value = { kind: 'none' };
};

const inCall = (engine: FakeEngine, person: Partial<RemotePerson> = {}): void => {
  engine.desk.presence.value = 'on-call';
  engine.call.state.value = {
    kind: 'active',
    person: MARTA,
    scenario: PUMPS,
    startedAt: NOW - 252_000,
    reconnectingSince: null,
    pause: null,
  };
  engine.call.people.value = [{ ...REMOTE_MARTA, ...person }];
};

const withPictures = (engine: FakeEngine): void => {
  inCall(engine, { camera: createFakeCamera('pump'), media: { mic: 'on', camera: 'on', screen: 'off' } });
  engine.media.selfView.value = createFakeCamera('face', 640, 480);
  engine.media.camera.value = 'on';
};

const write = (engine: FakeEngine): void => {
  engine.messages.items.value = [
    {
      id: 'm1',
      mine: false,
      author: 'Marta Ortega',
      text: 'The gauge shows 7.4, the label says 6.',
      at: NOW - 120_000,
      delivery: 'seen',
    },
    {
      id: 'm2',
      mine: true,
      author: 'Ravi Shah',
      text: 'Close this one first, a quarter turn:\nhttps://docs.example/valves/p-204',
      at: NOW - 60_000,
      delivery: 'seen',
    },
    { id: 'm3', mine: false, author: 'Marta Ortega', text: 'Done. Next?', at: NOW - 30_000, delivery: 'seen' },
    { id: 'm4', mine: true, author: 'Ravi Shah', text: 'One moment', at: NOW - 2_000, delivery: 'sending' },
  ];
};

export const SCENES: Readonly<Record<string, Scene>> = {
  idle: {
    show(engine) {
      engine.desk.waiting.value = WAITING;
      engine.desk.directory.value = DIRECTORY;
      engine.history.entries.value = HISTORY;
      return panel(engine);
    },
  },
  'idle-empty': { show: (engine) => panel(engine, true) },
  'idle-offline': {
    show(engine) {
      engine.desk.state.value = { kind: 'offline', reason: 'unreachable', final: false };
      engine.notices.list.value = [
        { id: 'n1', tone: 'info', key: 'noticeMissedCall', values: { name: 'Marta Ortega' } },
        {
          id: 'n2',
          tone: 'warning',
          key: 'noticeSoundBlocked',
          values: {},
          action: { key: 'noticeSoundBlockedAction', run: () => {} },
        },
      ];
      return panel(engine);
    },
  },
  unset: {
    show(engine) {
      asCustomer(engine);
      engine.desk.state.value = { kind: 'unset' };
      engine.settings.current.value = { ...engine.settings.current.value, deskUrl: '' };
      return panel(engine);
    },
  },
  status: { show: (engine) => panel(engine), press: ['header button[aria-haspopup]'] },
  code: {
    show(engine) {
      engine.desk.createCode();
      engine.desk.waiting.value = WAITING;
      return panel(engine);
    },
    press: ['button[aria-expanded="false"]:not([aria-haspopup])'],
  },
  history: {
    show(engine) {
      engine.history.entries.value = HISTORY;
      return panel(engine);
    },
    press: ['li button[aria-expanded]'],
  },
  customer: {
    show(engine) {
      asCustomer(engine);
      return panel(engine);
    },
  },
  'customer-queue': {
    show(engine) {
      asCustomer(engine);
      engine.desk.queue.value = { position: 2 };
      return panel(engine);
    },
  },
  ringing: {
    show(engine) {
      engine.call.state.value = {
        kind: 'ringing',
        person: MARTA,
        scenario: PUMPS,
        linked: true,
        since: NOW - 12_000,
        answering: false,
      };
      engine.call.people.value = [{ ...REMOTE_MARTA, facts: FACTS.slice(0, 3) }];
      return panel(engine);
    },
  },
  dialling: {
    show(engine) {
      engine.call.state.value = { kind: 'dialling', person: RAVI, linked: true, since: NOW };
      return panel(engine);
    },
  },
  call: {
    show(engine) {
      withPictures(engine);
      engine.messages.unread.value = 2;
      engine.call.verified.value = true;
      return panel(engine);
    },
    press: ['section button[aria-expanded="false"]'],
    sizes: ['panel', 'small', 'wide'],
  },
  'call-audio': {
    show(engine) {
      inCall(engine, { media: { mic: 'muted', camera: 'off', screen: 'off' } });
      engine.media.mic.value = 'muted';
      engine.call.quality.value = { ...GOOD_QUALITY, level: 'poor', relayed: true };
      return panel(engine);
    },
    press: ['[role="status"] + button[aria-expanded]'],
  },
  'call-screen': {
    show(engine) {
      withPictures(engine);
      engine.call.people.value = [
        {
          ...REMOTE_MARTA,
          camera: createFakeCamera('pump'),
          screen: createFakeCamera('page'),
          media: { mic: 'on', camera: 'on', screen: 'tab' },
        },
      ];
      engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'camera', state: 'waiting' }];
      return panel(engine);
    },
    sizes: ['panel', 'wide'],
  },
  options: {
    show(engine) {
      inCall(engine);
      return panel(engine);
    },
    press: ['[role="toolbar"] button[aria-haspopup]'],
  },
  messages: {
    show(engine) {
      withPictures(engine);
      engine.call.people.value = [
        {
          ...REMOTE_MARTA,
          camera: createFakeCamera('pump'),
          media: { mic: 'on', camera: 'on', screen: 'off' },
          typing: true,
        },
      ];
      write(engine);
      return panel(engine);
    },
    press: ['[data-messages]'],
    sizes: ['panel', 'wide'],
  },
  'messages-empty': {
    show(engine) {
      inCall(engine);
      return panel(engine);
    },
    press: ['[data-messages]'],
  },
  paused: {
    show(engine) {
      withPictures(engine);
      engine.call.setPaused(true);
      return panel(engine);
    },
  },
  reconnecting: {
    show(engine) {
      withPictures(engine);
      if (engine.call.state.value.kind === 'active')
        engine.call.state.value = { ...engine.call.state.value, reconnectingSince: NOW - 8_000 };
      return panel(engine);
    },
  },
  consent: {
    show(engine) {
      withPictures(engine);
      engine.consent.incoming.value = [
        { id: 'ask-1', kind: 'camera', from: RAVI, scopes: [], forMs: 0, expiresAt: NOW + 27_000 },
      ];
      return panel(engine);
    },
  },
  'wrap-up': {
    show(engine) {
      inCall(engine);
      engine.call.exit();
      return panel(engine);
    },
  },
  missed: {
    show(engine) {
      engine.call.state.value = {
        kind: 'ended',
        person: MARTA,
        reason: 'version',
        mine: false,
        durationMs: 0,
        engagementId: null,
      };
      return panel(engine);
    },
  },
};

/** Dialogs of a call, each opened from the menu by its place in it. */
for (const [name, item] of [
  ['devices', 2],
  ['verify', 3],
  ['shortcuts', 4],
] as const) {
  (SCENES as Record<string, Scene>)[name] = {
    show(engine) {
      inCall(engine);
      engine.media.micLevel.value = 0.6;
      return panel(engine);
    },
    press: ['[role="toolbar"] button[aria-haspopup]', `[role="menu"] > button:nth-of-type(${item})`],
  };
}
