import { defineContentScript } from 'wxt/utils/define-content-script';
import { watchForWriting } from '../lib/mirror/written-anew.ts';
import { serveOverlay } from '../lib/overlay/serve-overlay.ts';
import { openPort } from '../lib/platform/agent-ports.ts';
import { OVERLAY_PORT } from '../lib/protocol/overlay-port.ts';
import { systemClock } from '../lib/shared/clock.ts';

declare global {
  /** In this script's own world: what ends the overlay that an earlier injection left in the same document. */
  var stopAlongsideOverlay: (() => void) | undefined;
}

/** Put into a tab that is being shared, and into no other. */
export default defineContentScript({
  registration: 'runtime',
  main() {
    globalThis.stopAlongsideOverlay?.();
    const port = openPort(OVERLAY_PORT);
    globalThis.stopAlongsideOverlay = serveOverlay({
      document,
      clock: systemClock,
      port,
      find: (tie) => globalThis.findAlongsideNode?.(tie) ?? null,
    });
    // The engine puts the overlay into the page again, as if it had been loaded.
    watchForWriting(document, systemClock, port.close, port.closed);
  },
});
