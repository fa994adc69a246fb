import './player.css';
import * as v from 'valibot';
import { createPlayer } from '../../lib/mirror/player.ts';
import { ToPlayer } from '../../lib/protocol/player-messages.ts';
import { systemClock } from '../../lib/shared/clock.ts';

/** The co-browse window around this page hands over one port, once. Nobody else is listened to. */
addEventListener('message', function connect(event) {
  const port = event.ports[0];
  if (event.source !== parent || event.origin !== location.origin || port === undefined) return;
  removeEventListener('message', connect);
  const gone = new AbortController();
  addEventListener('pagehide', () => gone.abort(), { once: true });
  const root = document.querySelector<HTMLElement>('#mirror');
  if (root === null) return;
  const player = createPlayer({
    root,
    clock: systemClock,
    signal: gone.signal,
    post: (message) => port.postMessage(message),
  });
  port.addEventListener('message', ({ data }) => {
    const message = v.safeParse(ToPlayer, data);
    if (message.success) player.receive(message.output);
  });
  port.start();
  port.postMessage({ type: 'ready' });
});
