import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CameraControlsModel } from '../engine/api.ts';
import { applyToCamera, type CameraControls, NO_CONTROLS, readCameraControls } from '../media/camera-controls.ts';

/** From one end of a camera's zoom to the other in so many presses. */
const ZOOM_STEPS = 6;

/** Lamp and zoom of the camera that is on. */
export function createCameraControls(camera: ReadonlySignal<MediaStreamTrack | null>): CameraControlsModel {
  const now = signal<CameraControls>(NO_CONTROLS);
  effect(() => {
    now.value = camera.value === null ? NO_CONTROLS : readCameraControls(camera.value);
  });
  const change = async (next: Parameters<typeof applyToCamera>[1]) => {
    const track = camera.peek();
    if (track === null) return;
    await applyToCamera(track, next);
    if (camera.peek() === track) now.value = readCameraControls(track);
  };
  return {
    torch: computed(() => now.value.torch),
    cameraZoom: computed(() => now.value.zoom),
    setTorch: (on) => void change({ torch: on }),
    zoomCamera(way) {
      const { zoom } = now.peek();
      if (zoom === null) return;
      const step = ((zoom.max - zoom.min) / ZOOM_STEPS) * (way === 'in' ? 1 : -1);
      void change({ zoom: Math.min(zoom.max, Math.max(zoom.min, zoom.value + step)) });
    },
  };
}
