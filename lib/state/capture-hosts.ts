import type { CaptureHost } from '../engine/api.ts';

/** The windows in which the browser may be asked for a camera, microphone or screen; the newest one is asked. */
export interface CaptureHosts {
  current(): MediaDevices | null;
  offer(host: CaptureHost, until: AbortSignal): void;
  /** Called after a window that was in use has gone; `current` is already the next one, or null. */
  onGone(run: () => void): void;
}

/** `own` is the engine's page where it may capture by itself (Chrome, guest page); views are then not needed. */
export function createCaptureHosts(own: CaptureHost | null): CaptureHosts {
  const offered: CaptureHost[] = [];
  const listeners: (() => void)[] = [];
  return {
    current: () => (own ?? offered.at(-1))?.mediaDevices ?? null,
    offer(host, until) {
      if (own || until.aborted) return;
      offered.push(host);
      until.addEventListener(
        'abort',
        () => {
          offered.splice(offered.indexOf(host), 1);
          for (const run of listeners) run();
        },
        { once: true },
      );
    },
    onGone: (run) => void listeners.push(run),
  };
}
