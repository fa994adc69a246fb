import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createCameraFeature } from '../../components/camera-feature.tsx';
import { systemClock } from '../../lib/shared/clock.ts';
import { createInkSession } from '../../lib/state/ink-model.ts';
import { MARTA, NOW, RAVI, REMOTE_MARTA } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

const button = (name: string | RegExp) => screen.getByRole('button', { name }) as HTMLButtonElement;
const stream = () => new MediaStream();
const SURFACE = `camera:${MARTA.personId}`;
const OWN_ID = 'person-me';

/** The ink of a call in which only this author draws, and ends each line at once. */
function inkOf(author: string, stay: boolean) {
  const { model } = createInkSession({
    ...{ self: () => author, colour: () => '#e5484d', clock: systemClock, random: () => 1, surfaces: () => [SURFACE] },
    ...{ sendLive: () => {}, commit: () => {} },
  });
  model.choose({ stay });
  return {
    ink: model,
    draw: () => model.press(SURFACE, { width: 640, height: 480 }, { x: 0.1, y: 0.1, pressure: 0.5 })?.release(),
    clear: () => model.clearMine(SURFACE),
  };
}

describe('the toolbar of a call', () => {
  it('has its controls in order, under the names that people say', async () => {
    await showPanel({ engine: createEngineInCall() });
    const toolbar = screen.getByRole('toolbar', { name: 'Call' });
    const names = within(toolbar)
      .getAllByRole('button')
      .map((control) => control.getAttribute('aria-label'));
    expect(names).toEqual(['Mute', 'Video', 'Message', 'Options', 'Pause', 'Exit']);
  });

  it('mutes and unmutes, and tells the state by aria-pressed', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    expect(button('Mute').getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button('Mute'));
    expect(engine.lastArgs('media.setMuted')).toEqual([true]);
    expect(button('Mute').getAttribute('aria-pressed')).toBe('true');
    expect(button('Mute').title).toBe('Your microphone is off. Turn it on (M)');
    fireEvent.click(button('Mute'));
    expect(engine.lastArgs('media.setMuted')).toEqual([false]);
  });

  it.each([
    ['none', 'No microphone was found'],
    ['denied', 'The microphone isn’t allowed'],
  ] as const)('says why the microphone can’t be used: %s', async (mic, tip) => {
    const engine = createEngineInCall();
    engine.media.mic.value = mic;
    await showPanel({ engine });
    expect(button('Mute').disabled).toBe(true);
    expect(button('Mute').title).toBe(tip);
  });

  it('turns the own camera on and off', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    expect(button('Video').getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button('Video'));
    expect(engine.lastArgs('media.setCamera')).toEqual([true]);
    expect(button('Video').getAttribute('aria-pressed')).toBe('true');
    void act(() => void (engine.media.camera.value = 'none'));
    expect(button('Video').disabled).toBe(true);
  });

  it('is one stop for Tab; arrows, Home and End move in it', async () => {
    await showPanel({ engine: createEngineInCall() });
    const stops = () =>
      within(screen.getByRole('toolbar'))
        .getAllByRole('button')
        .filter(({ tabIndex }) => tabIndex === 0);
    expect(stops().map((control) => control.getAttribute('aria-label'))).toEqual(['Mute']);
    button('Mute').focus();
    fireEvent.keyDown(button('Mute'), { key: 'ArrowRight' });
    expect(button('Video')).toBe(document.activeElement);
    fireEvent.keyDown(button('Video'), { key: 'End' });
    expect(button('Exit')).toBe(document.activeElement);
    fireEvent.keyDown(button('Exit'), { key: 'ArrowRight' });
    expect(button('Mute')).toBe(document.activeElement);
    fireEvent.keyDown(button('Mute'), { key: 'ArrowLeft' });
    expect(stops()).toEqual([button('Exit')]);
  });

  it('pauses and goes on; both sides read who paused', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(button('Pause'));
    expect(engine.lastArgs('call.setPaused')).toEqual([true]);
    expect(button('Pause').getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('status', { name: 'Paused by you' })).toBeTruthy();
    fireEvent.click(button('Go on'));
    expect(engine.lastArgs('call.setPaused')).toEqual([false]);
    void act(() => {
      const state = engine.call.state.value;
      if (state.kind === 'active') engine.call.state.value = { ...state, pause: { by: 'Marta Ortega', mine: false } };
    });
    expect(screen.getByRole('status', { name: 'Paused by Marta Ortega' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
  });

  it('offers Leave only with three or more people', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    expect(screen.queryByRole('button', { name: 'Leave' })).toBeNull();
    void act(() => void (engine.call.people.value = [REMOTE_MARTA, { ...REMOTE_MARTA, person: RAVI }]));
    fireEvent.click(button('Leave'));
    expect(engine.lastArgs('call.leave')).toEqual([]);
  });

  it('ends the call for all, and asks for the wrap-up', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(button('Exit'));
    expect(screen.getByRole('heading', { name: 'The call has ended' })).toBe(document.activeElement);
    fireEvent.click(screen.getByRole('radio', { name: 'Follow-up needed' }));
    fireEvent.input(screen.getByRole('textbox', { name: 'Note' }), { target: { value: ' Order part P-204 ' } });
    fireEvent.click(button('Save and finish'));
    expect(engine.lastArgs('call.wrapUp')).toEqual(['follow-up', 'Order part P-204']);
  });
});

describe('the menu "Options"', () => {
  const open = () => fireEvent.click(button('Options'));
  const items = () => screen.getAllByRole('menuitem').map((item) => item.textContent);

  it('lists only what works now', async () => {
    const popped: string[] = [];
    const { engine } = await showPanel({ engine: createEngineInCall(), popOut: () => popped.push('out') });
    open();
    expect(items()).toEqual([
      'Ask for camera',
      'Sound and camera',
      'Verify connection',
      'Keyboard shortcuts',
      'Pop out',
    ]);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Ask for camera' }));
    expect(engine.lastArgs('consent.ask')).toEqual(['camera']);
    expect(button('Options')).toBe(document.activeElement);
    void act(() => void (engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'camera', state: 'waiting' }]));
    open();
    expect(items()).not.toContain('Ask for camera');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Pop out' }));
    expect(popped).toEqual(['out']);
  });

  it('has the other camera, torch and zoom where the device has them', async () => {
    const engine = createEngineInCall();
    await showPanel({ engine, features: [createBasicFeature({}), createCameraFeature({ hasButtons: false })] });
    open();
    expect(items()).not.toContain('Switch camera');
    void act(() => {
      engine.media.camera.value = 'on';
      engine.media.devices.value = {
        ...engine.media.devices.value,
        cameras: [
          { id: 'a', label: 'Rear' },
          { id: 'b', label: 'Front' },
        ],
      };
      engine.media.torch.value = true;
      engine.media.cameraZoom.value = { min: 1, max: 8, value: 8 };
    });
    expect(items()).toEqual(expect.arrayContaining(['Switch camera', 'Torch off', 'Camera: zoom out']));
    expect(items()).not.toContain('Camera: zoom in');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Torch off' }));
    expect(engine.lastArgs('media.setTorch')).toEqual([false]);
    open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Camera: zoom out' }));
    expect(engine.lastArgs('media.zoomCamera')).toEqual(['out']);
  });

  it('tells what became of an ask, and lets it be taken back', async () => {
    const engine = createEngineInCall();
    engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'camera', state: 'waiting' }];
    await showPanel({ engine });
    expect(screen.getByText('Asked. Waiting for Marta Ortega’s answer.').getAttribute('role')).toBe('status');
    fireEvent.click(button('Take back'));
    expect(engine.lastArgs('consent.withdraw')).toEqual(['ask-1']);
    void act(() => void (engine.consent.outgoing.value = [{ id: 'ask-2', kind: 'camera', state: 'refused' }]));
    expect(screen.getByText('Marta Ortega didn’t allow it.')).toBeTruthy();
  });

  it('verifies the connection by numbers that both sides see', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Verify connection' }));
    const dialog = screen.getByRole('dialog', { name: 'Verify connection' });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(engine.call.verification.value);
    fireEvent.click(within(dialog).getByRole('button', { name: 'They are the same' }));
    expect(engine.lastArgs('call.markVerified')).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Verified')).toBeTruthy();
    expect(button('Options')).toBe(document.activeElement);
  });

  it('chooses devices, with a level and a test sound, and lets go of the meter', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sound and camera' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'Microphone' }), { target: { value: 'mic-2' } });
    expect(engine.lastArgs('media.choose')).toEqual(['mic', 'mic-2']);
    void act(() => void (engine.media.micLevel.value = 0.42));
    expect(screen.getByRole('meter', { name: 'Microphone level' }).getAttribute('aria-valuenow')).toBe('42');
    fireEvent.click(button('Play test sound'));
    expect(engine.lastArgs('media.playTestSound')).toEqual([]);
    const watched = engine.lastArgs('media.watchLevel')?.[0];
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(watched instanceof AbortSignal && watched.aborted).toBe(true);
  });
});

describe('what a call shows', () => {
  it('counts from the moment of Answer, also in a panel that was opened later', async () => {
    const { now } = await showPanel({ engine: createEngineInCall() });
    expect(screen.getByRole('timer', { name: 'Call duration' }).textContent).toBe('04:12');
    void act(() => void (now.value = NOW + 1_000));
    expect(screen.getByRole('timer').textContent).toBe('04:13');
  });

  it('sets the own status by itself', async () => {
    await showPanel({ engine: createEngineInCall() });
    fireEvent.click(button('Status: On a call'));
    for (const item of screen.getAllByRole('menuitemradio')) expect(item.getAttribute('aria-disabled')).toBe('true');
  });

  it('puts a name where there is no picture, and a label on each one there is', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    expect(screen.getByText('Camera is off')).toBeTruthy();
    expect(screen.queryByLabelText('Marta Ortega camera')).toBeNull();
    void act(
      () =>
        void (engine.call.people.value = [
          { ...REMOTE_MARTA, media: { mic: 'on', camera: 'on', screen: 'off' }, camera: stream() },
        ]),
    );
    const video = screen.getByLabelText('Marta Ortega camera') as HTMLVideoElement;
    expect(video.muted).toBe(true);
    fireEvent.playing(video);
    await waitFor(() => expect(screen.queryByText('Waiting for the picture')).toBeNull());
    fireEvent.emptied(video);
    expect(screen.getByText('Waiting for the picture')).toBeTruthy();
    void act(() => void (engine.call.people.value = [REMOTE_MARTA]));
    expect(screen.getByText('Camera is off')).toBeTruthy();
  });

  it('shows a screen large and a camera small, and swaps them by a press', async () => {
    const engine = createEngineInCall({
      media: { mic: 'on', camera: 'on', screen: 'tab' },
      camera: stream(),
      screen: stream(),
    });
    await showPanel({ engine });
    expect(screen.getByLabelText('Marta Ortega screen')).toBeTruthy();
    fireEvent.click(button('Enlarge: Marta Ortega camera'));
    expect(button('Enlarge: Marta Ortega screen')).toBeTruthy();
  });

  it.each([
    ['tab', true],
    ['window', true],
    ['monitor', false],
  ] as const)('shows the own screen small (%s: %s), and large when it is wanted', async (surface, isShownSmall) => {
    const engine = createEngineInCall();
    engine.share.state.value = { kind: 'on', surface, hasSound: false, tabId: null, stream: stream() };
    await showPanel({ engine });
    // The entire screen has this page in it.
    expect(screen.queryByLabelText('Your screen') !== null).toBe(isShownSmall);
    fireEvent.click(button('Enlarge: Your screen'));
    expect(screen.getByLabelText('Your screen')).toBeTruthy();
  });

  it('inlays the own camera: moved by arrows, hidden, shown again', async () => {
    const engine = createEngineInCall();
    engine.media.selfView.value = stream();
    const { choices } = await showPanel({ engine });
    expect(screen.getByLabelText('Your camera')).toBeTruthy();
    fireEvent.keyDown(button('Move your camera'), { key: 'ArrowUp' });
    expect(choices.get('corner')).toBe('top-end');
    expect(screen.getByText('Your camera is at the top right')).toBeTruthy();
    fireEvent.click(button('Hide your camera'));
    expect(screen.queryByLabelText('Your camera')).toBeNull();
    fireEvent.click(button('Show your camera'));
    expect(screen.getByLabelText('Your camera')).toBeTruthy();
  });

  it.each([
    ['is drawn by somebody else', { author: MARTA.personId, stay: false }, true],
    ['stays', { author: MARTA.personId, stay: true }, false],
    ['is one’s own', { author: OWN_ID, stay: false }, false],
  ])(
    'paints the own camera on a canvas while ink comes and goes: ink that %s',
    async (_, { author, stay }, isPainted) => {
      const engine = createEngineInCall();
      engine.media.selfView.value = stream();
      const { ink, draw, clear } = inkOf(author, stay);
      await showPanel({ engine: { ...engine, ink } });
      const painted = () => screen.getByLabelText('Your camera').parentElement?.querySelector('canvas') !== null;
      expect(painted()).toBe(false);
      void act(draw);
      expect(painted()).toBe(isPainted);
      void act(clear);
      expect(painted()).toBe(false);
    },
  );

  it('tells how good the connection is, with the numbers on demand', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    expect(screen.getByRole('status', { name: 'Connection: good' })).toBeTruthy();
    expect(screen.queryByText('Round trip')).toBeNull();
    fireEvent.click(button('Connection numbers'));
    expect(button('Connection numbers').getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('38 ms')).toBeTruthy();
    expect(screen.getByText('1280 × 720 at 30/s')).toBeTruthy();
    void act(() => void (engine.call.quality.value = null));
    expect(screen.getByRole('status', { name: 'Connection: measuring' })).toBeTruthy();
  });

  it('covers the picture while there is no connection', async () => {
    const { engine, now } = await showPanel({ engine: createEngineInCall() });
    void act(() => {
      const state = engine.call.state.value;
      if (state.kind === 'active') engine.call.state.value = { ...state, reconnectingSince: NOW - 8_000 };
    });
    expect(screen.getByRole('status', { name: 'Connection: reconnecting' })).toBeTruthy();
    expect(screen.getByText('Reconnecting…').closest('[role="status"]')).toBeTruthy();
    void act(() => void (now.value = NOW + 2_000));
    expect(screen.getByText(/No connection for 10 sec/)).toBeTruthy();
  });

  it('folds the caller information, and remembers it', async () => {
    const { choices } = await showPanel({ engine: createEngineInCall() });
    const region = screen.getByRole('region', { name: 'Caller information' });
    expect(within(region).queryByText('Hall B, line 3')).toBeNull();
    fireEvent.click(within(region).getByRole('button', { name: 'Caller information' }));
    expect(within(region).getByText('Hall B, line 3')).toBeTruthy();
    expect(within(region).getByText('Browser')).toBeTruthy();
    expect(choices.get('info')).toBe('open');
  });

  it('says who is muted, and reads out when a camera goes off', async () => {
    const { engine } = await showPanel({
      engine: createEngineInCall({ media: { mic: 'muted', camera: 'on', screen: 'off' } }),
    });
    expect(screen.getByText('Marta Ortega is muted')).toBeTruthy();
    expect(screen.getByText('Marta Ortega’s camera is on.').getAttribute('role')).toBe('status');
    void act(() => void (engine.call.people.value = [{ ...REMOTE_MARTA, person: MARTA }]));
    expect(screen.getByText('Marta Ortega’s camera is off.')).toBeTruthy();
  });
});
