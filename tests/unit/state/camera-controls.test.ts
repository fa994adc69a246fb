import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { createCameraControls } from '../../../lib/state/camera-controls.ts';
import { FakeTrack } from '../../fakes/fake-media.ts';

/** A phone's rear camera: what it is told to do, it does. */
class PhoneCamera extends FakeTrack {
  readonly #now: Record<string, unknown>;

  constructor(capabilities: Record<string, unknown>, now: Record<string, unknown> = {}) {
    super('video', 'rear');
    this.#now = now;
    this.getCapabilities = () => capabilities;
    this.getSettings = () => this.#now;
    this.applyConstraints = (constraints?: MediaTrackConstraints) => {
      for (const each of constraints?.advanced ?? []) Object.assign(this.#now, each);
      return Promise.resolve();
    };
  }
}

const controlsOf = (track: FakeTrack | null) => {
  const camera = signal<MediaStreamTrack | null>(track);
  return { camera, controls: createCameraControls(camera) };
};

test('a lamp is there where the camera has one, and goes with it', async () => {
  const { camera, controls } = controlsOf(new PhoneCamera({ torch: true }));
  expect(controls.torch.value).toBe(false);
  controls.setTorch(true);
  await vi.waitFor(() => expect(controls.torch.value).toBe(true));
  camera.value = new FakeTrack('video', 'front');
  expect([controls.torch.value, controls.cameraZoom.value]).toEqual([null, null]);
  camera.value = null;
  expect(controls.torch.value).toBeNull();
});

test.each([
  ['a list without "on"', { torch: [false] }],
  ['nonsense', { torch: 'yes', zoom: 4 }],
  ['a zoom without a range', { zoom: { min: 1, max: 1 } }],
])('%s is no control', (_, capabilities) => {
  const { controls } = controlsOf(new PhoneCamera(capabilities));
  expect([controls.torch.value, controls.cameraZoom.value]).toEqual([null, null]);
});

test('zooms in steps, from one end to the other and no farther', async () => {
  const { controls } = controlsOf(new PhoneCamera({ torch: [false, true], zoom: { min: 1, max: 7 } }, { zoom: 1 }));
  for (const value of [2, 3, 4, 5, 6, 7, 7]) {
    controls.zoomCamera('in');
    await vi.waitFor(() => expect(controls.cameraZoom.value).toEqual({ min: 1, max: 7, value }));
  }
  for (const value of [6, 5, 4, 3, 2, 1, 1]) {
    controls.zoomCamera('out');
    await vi.waitFor(() => expect(controls.cameraZoom.value?.value).toBe(value));
  }
});

test('a camera that refuses stays as it is', async () => {
  const track = new PhoneCamera({ torch: true });
  const refused = vi.fn(() => Promise.reject(new DOMException('', 'OverconstrainedError')));
  track.applyConstraints = refused;
  const { controls } = controlsOf(track);
  controls.setTorch(true);
  await vi.waitFor(() => expect(refused).toHaveBeenCalledOnce());
  expect(controls.torch.value).toBe(false);
});
