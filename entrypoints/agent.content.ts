import { defineContentScript } from 'wxt/utils/define-content-script';
import { createPageAgent, type PageAgent } from '../lib/mirror/page-agent.ts';
import { watchForWriting } from '../lib/mirror/written-anew.ts';
import { createPageMarks } from '../lib/overlay/page-marks.ts';
import { createStatusBar } from '../lib/overlay/status-bar.ts';
import { openPort } from '../lib/platform/agent-ports.ts';
import { shadowRootOf } from '../lib/platform/shadow-roots.ts';
import { AGENT_PORT, type FromAgent, type ToAgent } from '../lib/protocol/cobrowse-port.ts';
import { systemClock } from '../lib/shared/clock.ts';

declare global {
  /** In the world that it shares with the overlay's script: the element that a node of the stream is. */
  var findAlongsideNode: PageAgent['find'] | undefined;
}

/** In a world of its own, in each frame of a tab that is shared: filter, hand, border and pill. One for each frame. */
export default defineContentScript({
  registration: 'runtime',
  main() {
    const home: typeof globalThis & { alongsideAgent?: AbortSignal } = globalThis;
    if (home.alongsideAgent?.aborted === false) return;
    const port = openPort(AGENT_PORT);
    home.alongsideAgent = port.closed;
    const bar = createStatusBar(document, (button) => post({ type: 'pressed', button }));
    const post = (message: FromAgent) => port.post(message);
    const agent = createPageAgent({
      document,
      clock: systemClock,
      signal: port.closed,
      post,
      marks: createPageMarks(document),
      shadowRootOf,
    });
    globalThis.findAlongsideNode = agent.find;
    // The engine is of this extension and has decoded what came from anybody else.
    port.onMessage((message) => {
      const known = message as ToAgent;
      if (known.type === 'status' || known.type === 'stop') bar.show(known.type === 'status' ? known.status : null);
      agent.receive(known);
    });
    watchForWriting(
      document,
      systemClock,
      () => {
        // The scripts are put in again, as if the page had been loaded.
        post({ type: 'new-frames' });
        port.close();
      },
      port.closed,
    );
    port.closed.addEventListener('abort', () => {
      bar.show(null);
      agent.receive({ type: 'stop' });
    });
  },
});
