import { defineContentScript } from 'wxt/utils/define-content-script';
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
    globalThis.stopAlongsideOverlay = serveOverlay({
      document,
      clock: systemClock,
      port: openPort(OVERLAY_PORT),
      find: (tie) => globalThis.findAlongsideNode?.(tie) ?? null,
    });
  },
});
