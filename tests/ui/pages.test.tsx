import { signal } from '@preact/signals';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createCameraFeature } from '../../components/camera-feature.tsx';
import { GuestApp } from '../../components/guest-app.tsx';
import type { GuestRoute } from '../../components/guest-route.ts';
import type { GrantResult } from '../../components/media-grant.ts';
import { askForMedia } from '../../components/media-grant.ts';
import { OptionsApp } from '../../components/options-app.tsx';
import { WelcomeApp } from '../../components/welcome-app.tsx';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import { FACTS, RAVI, REMOTE_MARTA } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showView } from './render-view.tsx';

const button = (name: string) => screen.getByRole('button', { name }) as HTMLButtonElement;
const type = (name: string, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });

function createUnsetEngine(): FakeEngine {
  const engine = createFakeEngine();
  engine.desk.identity.value = { kind: 'none' };
  engine.settings.current.value = { ...engine.settings.current.value, deskUrl: '', name: '' };
  return engine;
}

const showWelcome = (engine: FakeEngine, result: GrantResult = { kind: 'denied' }) =>
  showView(() => <WelcomeApp engine={engine} askForMedia={async () => result} />, { engine });

describe('the welcome page', () => {
  it('signs an expert in by an invitation link', async () => {
    const engine = createUnsetEngine();
    await showWelcome(engine);
    fireEvent.click(screen.getByRole('button', { name: /^Expert/ }));
    type('Invitation', 'https://desk.example/invite#secret');
    expect(screen.queryByRole('textbox', { name: 'Desk address' })).toBeNull();
    type('Your name', 'Ravi Shah');
    fireEvent.click(button('Sign in'));
    await waitFor(() =>
      expect(engine.lastArgs('desk.enrol')).toEqual(['https://desk.example/invite#secret', 'Ravi Shah']),
    );
    void act(() => void (engine.desk.identity.value = createFakeEngine().desk.identity.value));
    expect(screen.getByText('You are Ravi Shah at Nordlicht Care.')).toBeTruthy();
  });

  it('asks for the desk when the invitation is a bare code, and tries it first', async () => {
    const engine = createUnsetEngine();
    await showWelcome(engine);
    fireEvent.click(screen.getByRole('button', { name: /^Expert/ }));
    type('Invitation', 'abcdef0123456789');
    type('Desk address', 'desk.example');
    type('Your name', 'Ravi');
    fireEvent.click(button('Sign in'));
    await waitFor(() => expect(engine.lastArgs('desk.enrol')).toEqual(['abcdef0123456789', 'Ravi']));
    expect(engine.lastArgs('desk.setUrl')).toEqual(['https://desk.example']);
  });

  it('says what to do about an invitation that was used', async () => {
    const engine = createUnsetEngine();
    await showWelcome(engine);
    fireEvent.click(screen.getByRole('button', { name: /^Expert/ }));
    type('Invitation', 'https://desk.example/invite#used');
    type('Your name', 'Ravi');
    fireEvent.click(button('Sign in'));
    expect(await screen.findByText('This invitation has been used. Ask for a new one.')).toBeTruthy();
  });

  it('sets a customer up with an address that was tried', async () => {
    const engine = createUnsetEngine();
    await showWelcome(engine);
    fireEvent.click(screen.getByRole('button', { name: /^Customer/ }));
    type('Desk address', 'desk.example');
    fireEvent.click(button('Test and save'));
    expect(await screen.findByText('Saved. This is Nordlicht Care.')).toBeTruthy();
    expect(engine.verbs.map(({ name }) => name)).toEqual(['desk.test', 'desk.setUrl']);
  });

  it.each<[GrantResult['kind'], RegExp]>([
    ['denied', /Press the icon at the left of the address/],
    ['dismissed', /Ask again, and choose “Allow”/],
    ['no-device', /Plug in a headset or a microphone/],
    ['busy', /Close that program, and ask again/],
    ['insecure', /begins with https/],
  ])('says what to do when microphone and camera are %s', async (kind, advice) => {
    await showWelcome(createUnsetEngine(), { kind } as GrantResult);
    fireEvent.click(button('Allow microphone and camera'));
    expect((await screen.findByText(advice)).closest('[role="alert"]')).toBeTruthy();
    expect(button('Ask again')).toBeTruthy();
  });

  it('shows that they work, and is done', async () => {
    const engine = createFakeEngine();
    await showWelcome(engine, { kind: 'granted', stream: new MediaStream(), hasCamera: true });
    fireEvent.click(button('Allow microphone and camera'));
    expect(await screen.findByLabelText('Your camera')).toBeTruthy();
    expect(screen.getByRole('meter', { name: 'Microphone level' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'You are ready' })).toBeTruthy();
  });
});

describe('asking for microphone and camera', () => {
  const refuse =
    (name: string, message = '') =>
    () =>
      Promise.reject(new DOMException(message, name));
  const devices = (getUserMedia: (wanted: MediaStreamConstraints) => Promise<MediaStream>) =>
    ({ getUserMedia }) as MediaDevices;

  it.each([
    ['NotAllowedError', '', 'denied'],
    ['NotAllowedError', 'Permission dismissed', 'dismissed'],
    ['NotFoundError', '', 'no-device'],
    ['NotReadableError', '', 'busy'],
  ])('%s %s is %s', async (name, message, kind) => {
    expect(await askForMedia(devices(refuse(name, message)))).toEqual({ kind });
  });

  it('is content with a microphone alone', async () => {
    const stream = new MediaStream();
    const result = await askForMedia(
      devices((wanted) => (wanted.video ? refuse('NotFoundError')() : Promise.resolve(stream))),
    );
    expect(result).toEqual({ kind: 'granted', stream, hasCamera: false });
  });

  it('knows a page without devices', async () => {
    expect(await askForMedia(undefined)).toEqual({ kind: 'insecure' });
  });
});

describe('the options page', () => {
  const show = (engine = createFakeEngine()) =>
    showView(() => <OptionsApp engine={engine} welcomeHref="/welcome.html" />, { engine });

  it.each([
    ['http://desk.example.com', 'A desk needs an address that begins with https://.'],
    ['what', 'This isn’t an address. It looks like https://desk.example.com.'],
    ['127.0.0.1:9', 'The desk can’t be reached. Check the address and your network.'],
  ])('saves no address that does not work: %s', async (address, sentence) => {
    const { engine } = await show();
    type('Desk address', address);
    fireEvent.click(button('Test and save'));
    expect(await screen.findByText(sentence)).toBeTruthy();
    expect(engine.lastArgs('desk.setUrl')).toBeUndefined();
  });

  it('changes each setting at once', async () => {
    const { engine } = await show();
    const { current } = engine.settings;
    fireEvent.change(screen.getByRole('textbox', { name: 'Your name' }), { target: { value: ' Ravi S. ' } });
    fireEvent.click(screen.getByRole('switch', { name: 'Ring tone' }));
    fireEvent.click(screen.getByRole('switch', { name: 'System notification' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Hide my address until I answer' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Relay only' }));
    fireEvent.change(screen.getByRole('slider', { name: 'Volume' }), { target: { value: '0.25' } });
    fireEvent.change(screen.getByRole('combobox', { name: 'Language' }), { target: { value: 'ar' } });
    expect(current.value).toMatchObject({
      name: 'Ravi S.',
      ring: { sound: false, notification: false, volume: 0.25 },
      hideAddressUntilAnswer: true,
      relayOnly: true,
      language: 'ar',
    });
    expect(screen.getByRole('option', { name: 'Deutsch' })).toBeTruthy();
  });

  it('asks before it signs out', async () => {
    const { engine } = await show();
    fireEvent.click(button('Sign out'));
    const dialog = screen.getByRole('dialog', { name: 'Sign out of this desk?' });
    expect(engine.lastArgs('desk.signOut')).toBeUndefined();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    expect(engine.lastArgs('desk.signOut')).toEqual([]);
  });
});

const showGuest = (route: GuestRoute, engine: FakeEngine, result: GrantResult = { kind: 'denied' }) =>
  showView(
    ({ view }) => (
      <GuestApp
        engine={engine}
        view={view}
        features={[createBasicFeature({ hasPause: true }), createCameraFeature({ hasButtons: true })]}
        route={route}
        isGranted={signal(result.kind === 'granted')}
        isSilent={signal(true)}
        askForMedia={async () => result}
      />
    ),
    { engine },
  );

describe('the guest page', () => {
  it('joins by a link: only the name is missing', async () => {
    const engine = createUnsetEngine();
    engine.call.ownFacts.value = FACTS;
    await showGuest({ kind: 'join', code: '123456789' }, engine);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Session code' }).value).toBe('123 456 789');
    type('Your name', 'Marta');
    fireEvent.click(button('Join'));
    expect(engine.lastArgs('desk.join')).toEqual(['123456789', 'Marta']);
    expect(screen.getByText(/camera stays off until you turn it on/)).toBeTruthy();
    expect(screen.getByText('What is shared about you')).toBeTruthy();
  });

  it('asks for help', async () => {
    const engine = createUnsetEngine();
    await showGuest({ kind: 'help' }, engine);
    expect(screen.getByRole('combobox', { name: 'What is it about?' })).toBeTruthy();
    type('Session code', '987654321');
    expect(button('Get help')).toBeTruthy();
    expect(button('Join')).toBeTruthy();
  });

  it('has large controls whose words are their names', async () => {
    const engine = createEngineInCall();
    engine.call.people.value = [{ ...REMOTE_MARTA, person: RAVI }];
    engine.media.devices.value = {
      ...engine.media.devices.value,
      cameras: [
        { id: 'a', label: 'Rear' },
        { id: 'b', label: 'Front' },
      ],
    };
    await showGuest({ kind: 'help' }, engine);
    const toolbar = screen.getByRole('toolbar', { name: 'Call' });
    const controls = within(toolbar).getAllByRole('button');
    expect(controls.map((control) => control.getAttribute('aria-label'))).toEqual([
      'Mute',
      'Video',
      'Switch camera',
      'Message',
      'Options',
      'Leave',
    ]);
    for (const control of controls) expect(control.textContent).toContain(control.getAttribute('aria-label'));
    expect(button('Switch camera').disabled).toBe(true);
    void act(() => void (engine.media.camera.value = 'on'));
    fireEvent.click(button('Switch camera'));
    expect(engine.lastArgs('media.switchCamera')).toEqual([]);
    fireEvent.click(button('Leave'));
    expect(engine.lastArgs('call.leave')).toEqual([]);
  });

  it('shows a rear camera large, and the other person beside it', async () => {
    const engine = createEngineInCall();
    engine.media.camera.value = 'on';
    engine.media.mirrorSelfView.value = false;
    engine.media.selfView.value = new MediaStream();
    await showGuest({ kind: 'help' }, engine);
    expect(screen.getByLabelText('Your camera')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Hide your camera' })).toBeNull();
    fireEvent.click(button('Enlarge: Marta Ortega camera'));
    expect(button('Enlarge: Your camera')).toBeTruthy();
  });

  it('has a torch and a zoom where the camera has them', async () => {
    const engine = createEngineInCall();
    engine.media.camera.value = 'on';
    engine.media.mirrorSelfView.value = false;
    engine.media.selfView.value = new MediaStream();
    await showGuest({ kind: 'help' }, engine);
    expect(screen.queryByRole('button', { name: 'Torch' })).toBeNull();
    expect(screen.queryByRole('toolbar', { name: 'Zoom' })).toBeNull();
    void act(() => {
      engine.media.torch.value = false;
      engine.media.cameraZoom.value = { min: 1, max: 8, value: 1 };
    });
    expect(button('Torch').getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button('Torch'));
    expect(engine.lastArgs('media.setTorch')).toEqual([true]);
    expect(button('Zoom out').disabled).toBe(true);
    fireEvent.click(button('Zoom in'));
    expect(engine.lastArgs('media.zoomCamera')).toEqual(['in']);
  });

  it('pauses, and tells what it shares, from the menu', async () => {
    const engine = createEngineInCall();
    engine.desk.identity.value = { kind: 'none' };
    engine.call.ownFacts.value = FACTS;
    await showGuest({ kind: 'help' }, engine);
    fireEvent.click(button('Options'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'What is shared about you' }));
    expect(
      within(screen.getByRole('dialog', { name: 'What is shared about you' })).getByText('Chromium 156'),
    ).toBeTruthy();
    fireEvent.click(button('Close'));
    fireEvent.click(button('Options'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Pause' }));
    expect(engine.lastArgs('call.setPaused')).toEqual([true]);
    expect(screen.getByRole('status', { name: 'Paused by you' })).toBeTruthy();
  });

  it('makes a device ready by its invitation, and waits for calls', async () => {
    const engine = createUnsetEngine();
    await showGuest({ kind: 'ready', invite: 'd-secret' }, engine, {
      kind: 'granted',
      stream: new MediaStream(),
      hasCamera: true,
    });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Invitation' }).value).toBe('d-secret');
    type('Name of this device', 'Headset 7');
    fireEvent.click(button('Make ready'));
    await waitFor(() => expect(engine.lastArgs('desk.enrol')).toEqual(['d-secret', 'Headset 7']));
    void act(() => {
      engine.desk.identity.value = {
        kind: 'known',
        personId: 'device-7',
        name: 'Headset 7',
        role: 'device',
        deskName: 'Nordlicht Care',
        deskUrl: '',
      };
    });
    expect(screen.getByText('Ready for calls').getAttribute('role')).toBe('status');
    fireEvent.click(button('Turn sound on for ringing'));
    expect(engine.lastArgs('media.playTestSound')).toEqual([]);
  });

  it('asks a waiting device for its microphone', async () => {
    const engine = createFakeEngine();
    engine.desk.identity.value = {
      kind: 'known',
      personId: 'device-7',
      name: 'Headset 7',
      role: 'device',
      deskName: 'Nordlicht Care',
      deskUrl: '',
    };
    await showGuest({ kind: 'ready', invite: '' }, engine);
    fireEvent.click(button('Allow microphone and camera'));
    expect(await screen.findByText(/Press the icon at the left of the address/)).toBeTruthy();
  });
});
