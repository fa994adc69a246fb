import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { createBasicFeature } from '../../../components/basic-feature.ts';
import { createCameraFeature } from '../../../components/camera-feature.tsx';
import { createCallView } from '../../../components/create-call-view.ts';
import { GuestApp } from '../../../components/guest-app.tsx';
import { createInkFeature } from '../../../components/ink-feature.tsx';
import { PanelApp } from '../../../components/panel-app.tsx';
import { shareFeature } from '../../../components/share-feature.tsx';
import { createStillFeature } from '../../../components/still-feature.tsx';
import { zoomFeature } from '../../../components/zoom-feature.tsx';
import type { MediaState } from '../../../lib/protocol/call-messages.ts';
import type { Tool } from '../../../lib/protocol/ink-messages.ts';
import type { Still } from '../../../lib/state/still-types.ts';
import type { FakeEngine } from '../../fakes/fake-engine.ts';
import { MARTA, NOW, PUMPS, RAVI, REMOTE_MARTA } from '../../fakes/fake-people.ts';
import { createFakeCamera } from './fake-camera.ts';
import type { Scene } from './scenes.tsx';

const noStore = { read: () => null, write: () => {} };

const panel = (engine: FakeEngine, isStage = false): ComponentChild => (
  <PanelApp
    engine={engine}
    view={createCallView(noStore)}
    features={[
      createBasicFeature({}),
      ...(isStage ? [zoomFeature] : []),
      createInkFeature(),
      createStillFeature({ canFreeze: true }),
      shareFeature,
      createCameraFeature({ hasButtons: false }),
    ]}
    welcomeHref="#welcome"
    optionsHref="#options"
    isMicGrantMissing={signal(false)}
  />
);

const guest = (engine: FakeEngine): ComponentChild => (
  <GuestApp
    engine={engine}
    view={createCallView(noStore)}
    features={[
      createBasicFeature({ hasPause: true }),
      createCameraFeature({ hasButtons: true }),
      createInkFeature(),
      createStillFeature({ canFreeze: false }),
    ]}
    route={{ kind: 'ready', invite: '' }}
    isGranted={signal(true)}
    isSilent={signal(true)}
    askForMedia={async () => ({ kind: 'denied' })}
  />
);

function inCall(engine: FakeEngine, screen: MediaState['screen'] = 'off'): void {
  engine.desk.presence.value = 'on-call';
  engine.call.state.value = {
    kind: 'active',
    person: MARTA,
    scenario: PUMPS,
    startedAt: NOW - 252_000,
    reconnectingSince: null,
    pause: null,
  };
  engine.call.people.value = [
    {
      ...REMOTE_MARTA,
      camera: createFakeCamera('pump'),
      screen: screen === 'off' ? null : createFakeCamera('page'),
      media: { mic: 'on', camera: 'on', screen },
    },
  ];
}

/** Ink of every kind, the way a person leaves it. */
function drawOn({ ink }: FakeEngine, surface: string): void {
  const picture = { width: 1_280, height: 720 };
  ink.choose({ stay: true });
  const strokes: readonly (readonly [Tool, number, number, number, number])[] = [
    ['ellipse', 0.36, 0.15, 0.64, 0.56],
    ['numbered-arrow', 0.2, 0.8, 0.4, 0.5],
    ['rectangle', 0.66, 0.62, 0.86, 0.86],
  ];
  for (const [tool, x, y, toX, toY] of strokes) {
    ink.choose({ tool });
    const pen = ink.press(surface, picture, { x, y, pressure: 0.5 });
    pen?.move([{ x: toX, y: toY, pressure: 0.5 }]);
    pen?.release();
  }
  ink.choose({ tool: 'pen' });
  ink.putText(surface, { x: 0.68, y: 0.3 }, 'a quarter turn');
}

/** A file of a picture as large as a phone's. */
function pictureUrl(): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1_600, height: 1_200 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no canvas');
  context.fillStyle = '#5f6d78';
  context.fillRect(0, 0, 1_600, 1_200);
  context.fillStyle = '#2b6f8c';
  context.fillRect(560, 200, 480, 800);
  context.fillStyle = '#eee';
  context.font = '600 90px sans-serif';
  context.fillText('P-204', 665, 640);
  return canvas.toDataURL();
}

const still = (change: Partial<Still>): Still => ({
  id: 'still-1',
  surface: 'still:still-1',
  url: pictureUrl(),
  width: 1_600,
  height: 1_200,
  state: 'ready',
  progress: 1,
  isFull: true,
  reason: null,
  isSending: false,
  isSent: false,
  ...change,
});

/** The fake has no other side that could send a picture: it is there at once. */
function canFreeze(engine: FakeEngine, change: Partial<Still> = {}): void {
  engine.stills.freeze = () => {
    engine.stills.stills.value = [still(change)];
    drawOn(engine, 'still:still-1');
    return 'still-1';
  };
}

const ALL = ['panel', 'small', 'wide'] as const;
const ANNOTATE = 'footer [role="toolbar"] > button:nth-of-type(4)';
const FREEZE = 'footer [role="toolbar"] > button:nth-of-type(5)';

/** Screens, stills and ink, in the panel, the stage window and on the guest page. */
export const DRAWING_SCENES: Readonly<Record<string, Scene>> = {
  drawing: {
    sizes: ALL,
    show(engine) {
      inCall(engine);
      engine.media.selfView.value = createFakeCamera('face', 640, 480);
      engine.media.camera.value = 'on';
      drawOn(engine, `camera:${MARTA.personId}`);
      return panel(engine);
    },
    press: [ANNOTATE],
  },
  'drawing-on-window': {
    sizes: ALL,
    show(engine) {
      inCall(engine, 'window');
      return panel(engine);
    },
    press: [ANNOTATE],
  },
  still: {
    sizes: ALL,
    show(engine) {
      inCall(engine);
      canFreeze(engine);
      return panel(engine);
    },
    press: [FREEZE],
  },
  'still-arriving': {
    show(engine) {
      inCall(engine);
      canFreeze(engine, { state: 'arriving', progress: 0.42, isFull: false });
      return panel(engine);
    },
    press: [FREEZE],
  },
  'still-received': {
    sizes: ALL,
    show(engine) {
      inCall(engine);
      engine.stills.stills.value = [still({})];
      drawOn(engine, 'still:still-1');
      engine.stills.arrivals.value = [{ stillId: 'still-1', from: 'Marta Ortega' }];
      return panel(engine);
    },
  },
  stage: {
    sizes: ['wide', 'small'],
    show(engine) {
      inCall(engine, 'monitor');
      engine.media.selfView.value = createFakeCamera('face', 640, 480);
      engine.media.camera.value = 'on';
      return panel(engine, true);
    },
  },
  'guest-torch': {
    sizes: ['small', 'phone', 'headset'],
    show(engine) {
      inCall(engine);
      engine.call.people.value = [{ ...REMOTE_MARTA, person: RAVI }];
      engine.media.camera.value = 'on';
      engine.media.mirrorSelfView.value = false;
      engine.media.selfView.value = createFakeCamera('pump');
      engine.media.torch.value = true;
      engine.media.cameraZoom.value = { min: 1, max: 8, value: 1 };
      return guest(engine);
    },
  },
};
