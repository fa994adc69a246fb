import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CameraState, DeviceList, MediaModel, MicState } from '../engine/api.ts';
import type { AudioOut } from '../media/audio-out.ts';
import { openCamera, openMicrophone } from '../media/capture.ts';
import { startLevelMeter } from '../media/level-meter.ts';
import { playSound } from '../media/sounds.ts';
import { DevicesRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { CallPort } from './call-port.ts';
import { createCameraControls } from './camera-controls.ts';
import { createCaptureHosts } from './capture-hosts.ts';
import { listDevices } from './device-list.ts';
import { createMediaSource, type SourceState } from './media-source.ts';
import type { Notices } from './notices-model.ts';
import type { CaptureHost } from '../engine/api.ts';

export interface Media extends MediaModel {
  /** Engine's windows for the share subject. */
  readonly hosts: ReturnType<typeof createCaptureHosts>;
  /** Like `setCamera(true)`, and tells whether there is a picture now. */
  startCamera(): Promise<boolean>;
}

export interface MediaParts {
  readonly call: CallPort;
  readonly captureHost: CaptureHost | null;
  readonly store: Store;
  readonly notices: Notices;
  readonly audioOut: AudioOut;
  readonly volume: () => number;
  /** Field workers show what is in front of them. */
  readonly preferRearCamera: boolean;
}

const KEY = 'devices';

/** Microphone, camera and loudspeaker of this side, and what of them flows into the call. */
export async function createMediaModel(parts: MediaParts): Promise<Media> {
  const { call, notices, store } = parts;
  const hosts = createCaptureHosts(parts.captureHost);
  const chosen = signal((await store.get(KEY, DevicesRecord)) ?? { mic: '', camera: '', speaker: '' });
  const facing = signal<'user' | 'environment'>(parts.preferRearCamera ? 'environment' : 'user');
  const devices = signal<DeviceList>({ microphones: [], cameras: [], speakers: [] });
  const muted = signal(false);
  const cameraWanted = signal(false);
  const talking = signal(false);
  const level = signal(0);
  const watchers = signal(0);

  const say = (kind: 'Microphone' | 'Camera') => (label: string | null) =>
    label === null
      ? notices.show({ tone: 'warning', key: `notice${kind}Lost` })
      : notices.show({ tone: 'info', key: `notice${kind}Replaced`, values: { device: label } });
  const mic = createMediaSource({
    open: () => openMicrophone(hosts.current(), { deviceId: chosen.peek().mic }),
    onReplaced: say('Microphone'),
  });
  const camera = createMediaSource({
    open: () => openCamera(hosts.current(), { deviceId: chosen.peek().camera, facing: facing.peek() }),
    onReplaced: say('Camera'),
  });

  const inCall = computed(() => call.phase.value.kind === 'active' && !call.paused.value);
  const micWanted = computed(() => {
    const { kind } = call.phase.value;
    // The caller's microphone is asked for before it rings, so that a refusal never rings anybody.
    return inCall.value || (kind === 'dialling' && !call.paused.value) || watchers.value > 0;
  });
  const isSilent = computed(() => muted.value && !talking.value);

  effect(() => mic.setWanted(micWanted.value));
  effect(() => camera.setWanted(cameraWanted.value && !call.paused.value));
  effect(() => {
    if (mic.track.value) mic.track.value.enabled = !isSilent.value;
  });
  effect(() => {
    const link = call.link.value;
    const isOpen = inCall.value;
    void link?.taps.send('mic', isOpen ? mic.track.value : null);
    void link?.taps.send('camera', isOpen ? camera.track.value : null);
  });
  effect(() => {
    const track = mic.track.value;
    if (watchers.value === 0 || !track) return;
    const until = new AbortController();
    startLevelMeter(track, (value) => (level.value = value), until.signal);
    return () => {
      until.abort();
      level.value = 0;
    };
  });
  effect(() => {
    const reason = mic.state.value;
    if (reason === 'denied' || reason === 'none' || reason === 'no-host' || reason === 'busy') {
      notices.show({ tone: 'warning', key: NOTICE_OF[reason] });
    } else if (reason === 'on') for (const key of Object.values(NOTICE_OF)) notices.clear(key);
  });
  // A camera that could not be opened is off again, so that the next press tries again.
  effect(() => {
    const state = camera.state.value;
    if (state === 'off' || state === 'starting' || state === 'on') return;
    cameraWanted.value = false;
    notices.show({ tone: 'warning', key: state === 'denied' ? 'noticeCameraDenied' : 'noticeCameraFailed' });
  });
  effect(() => {
    if (call.phase.value.kind !== 'ended') return;
    batch(() => {
      muted.value = false;
      cameraWanted.value = false;
    });
  });
  effect(() => parts.audioOut.setSpeaker(chosen.value.speaker));

  const refreshDevices = async () => {
    devices.value = await listDevices(hosts.current());
  };
  const watchDevices = () => hosts.current()?.addEventListener('devicechange', () => void refreshDevices());
  watchDevices();
  effect(() => {
    if (mic.track.value || camera.track.value || watchers.value > 0) void refreshDevices();
  });
  hosts.onGone(() => {
    mic.reopen();
    camera.reopen();
  });

  return {
    hosts,
    ...createCameraControls(camera.track),
    mic: computed(() => toMicState(mic.state.value, muted.value)),
    camera: computed(() => toCameraState(camera.state.value)),
    selfView: computed(() => (camera.track.value ? new MediaStream([camera.track.value]) : null)),
    mirrorSelfView: computed(() => facingOf(camera.track.value) !== 'environment'),
    micLevel: level,
    devices,
    chosen,
    setMuted(value) {
      muted.value = value;
    },
    setCamera(on) {
      cameraWanted.value = on;
    },
    startCamera() {
      cameraWanted.value = true;
      // It comes by itself after the pause.
      return call.paused.peek() ? Promise.resolve(true) : isOnAtLast(camera.state);
    },
    switchCamera() {
      facing.value = facing.peek() === 'user' ? 'environment' : 'user';
      const others = devices.peek().cameras.filter(({ id }) => id !== camera.track.peek()?.getSettings().deviceId);
      chosen.value = { ...chosen.peek(), camera: others.length === 1 ? (others[0]?.id ?? '') : '' };
      camera.reopen();
    },
    choose(kind, deviceId) {
      chosen.value = { ...chosen.peek(), [kind]: deviceId };
      void store.put(KEY, chosen.peek());
      if (kind === 'mic') mic.reopen();
      if (kind === 'camera') camera.reopen();
    },
    watchLevel(until) {
      if (until.aborted) return;
      watchers.value += 1;
      until.addEventListener('abort', () => (watchers.value -= 1), { once: true });
    },
    playTestSound: () => void playSound('test', parts.volume()),
    pushToTalk(held) {
      talking.value = held;
    },
    offerHost(host, until) {
      hosts.offer(host, until);
      watchDevices();
      if (mic.state.peek() === 'no-host') mic.reopen();
    },
  };
}

/** Whether the device is on, once the browser and the person have answered. */
const isOnAtLast = (state: ReadonlySignal<SourceState>): Promise<boolean> =>
  new Promise((resolve) => {
    const stop = state.subscribe((now) => {
      if (now === 'starting') return;
      resolve(now === 'on');
      queueMicrotask(() => stop());
    });
  });

const NOTICE_OF = {
  denied: 'noticeMicrophoneDenied',
  none: 'noticeMicrophoneNone',
  busy: 'noticeMicrophoneBusy',
  'no-host': 'noticeMicrophoneNoWindow',
} as const;

function toMicState(state: SourceState, muted: boolean): MicState {
  if (state === 'denied') return 'denied';
  if (state === 'none' || state === 'busy' || state === 'failed' || state === 'no-host') return 'none';
  if (muted) return 'muted';
  return state === 'starting' ? 'starting' : 'on';
}

function toCameraState(state: SourceState): CameraState {
  if (state === 'busy' || state === 'failed' || state === 'no-host') return 'none';
  return state;
}

/** Desktop cameras say nothing and face their user. */
const facingOf = (track: MediaStreamTrack | null) => track?.getSettings().facingMode ?? 'user';
