import { effect, type ReadonlySignal } from '@preact/signals';

/** Keeps the screen on while `wanted`: a headset that dims in a call, or while it waits for one, is of no use. */
export function keepAwake(wanted: ReadonlySignal<boolean>, until: AbortSignal): void {
  // Not everywhere: older Firefox, and pages without https, have no wake lock.
  const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
  if (!wakeLock) return;
  let lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);
  const renew = (isWanted: boolean) => {
    const before = lock;
    lock = (async () => {
      await (await before)?.release();
      // Refused when the battery is low or the page is hidden; it is asked for again when it is shown.
      return isWanted && document.visibilityState === 'visible' ? wakeLock.request('screen').catch(() => null) : null;
    })();
  };
  const stop = effect(() => renew(wanted.value));
  document.addEventListener('visibilitychange', () => renew(wanted.peek()), { signal: until });
  until.addEventListener('abort', () => {
    stop();
    renew(false);
  });
}
