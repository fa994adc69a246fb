import { type ReadonlySignal, signal } from '@preact/signals';

export type Grant = 'granted' | 'prompt' | 'denied' | 'unknown';

/** What the browser has been told about this page's microphone or camera, and what it is told while the page is open. */
export function watchGrant(name: 'microphone' | 'camera', until: AbortSignal): ReadonlySignal<Grant> {
  const grant = signal<Grant>('unknown');
  navigator.permissions.query({ name }).then(
    (status) => {
      grant.value = status.state;
      status.addEventListener('change', () => (grant.value = status.state), { signal: until });
    },
    // Older Firefox can't tell; it asks when the microphone is wanted.
    () => {},
  );
  return grant;
}
