import { type ReadonlySignal, signal } from '@preact/signals';

/** True until somebody has pressed anything in this page: before that, browsers let it make no sound. */
export function watchSilence(until: AbortSignal): ReadonlySignal<boolean> {
  // Older Firefox can't tell; it is asked for a press then.
  const { userActivation } = navigator as { readonly userActivation?: UserActivation };
  const isSilent = signal(userActivation?.hasBeenActive !== true);
  const hear = () => (isSilent.value = false);
  addEventListener('pointerdown', hear, { signal: until, once: true });
  addEventListener('keydown', hear, { signal: until, once: true });
  return isSilent;
}
