import { type ReadonlySignal, signal } from '@preact/signals';

/** True until somebody has pressed anything in this page: before that, browsers let it make no sound. */
export function watchSilence(until: AbortSignal): ReadonlySignal<boolean> {
  const isSilent = signal(!navigator.userActivation.hasBeenActive);
  const hear = () => (isSilent.value = false);
  addEventListener('pointerdown', hear, { signal: until, once: true });
  addEventListener('keydown', hear, { signal: until, once: true });
  return isSilent;
}
