import './player.css';
import * as v from 'valibot';
import type { ShownStroke } from '../../lib/annotation/shown-ink.ts';
import { createPlayer } from '../../lib/mirror/player.ts';
import { isElement } from '../../lib/mirror/mirror-nodes.ts';
import { createMirrorInk } from '../../lib/overlay/mirror-ink.ts';
import { type FromPlayer, ToPlayer } from '../../lib/protocol/player-messages.ts';
import { systemClock } from '../../lib/shared/clock.ts';

/** The co-browse window around this page hands over one port, once. Nobody else is listened to. */
addEventListener('message', function connect(event) {
  const port = event.ports[0];
  if (event.source !== parent || event.origin !== location.origin || port === undefined) return;
  removeEventListener('message', connect);
  const gone = new AbortController();
  addEventListener('pagehide', () => gone.abort(), { once: true });
  const root = document.querySelector<HTMLElement>('#mirror');
  const canvas = document.querySelector<HTMLCanvasElement>('#ink');
  if (root === null || canvas === null) return;
  const player = createPlayer({
    root,
    clock: systemClock,
    signal: gone.signal,
    post(message) {
      // Ink is of now.
      if (message.type === 'rewound') canvas.hidden = message.past !== null;
      port.postMessage(message);
    },
  });
  const ink = createMirrorInk({
    canvas,
    clock: systemClock,
    frame: player.shownFrame,
    find({ epoch, nodeId }) {
      const node = player.nodeAt({ frameId: 0, epoch, nodeId });
      return node !== null && isElement(node) ? node : null;
    },
    onTied({ author, n }, element, box) {
      const place = player.placeOf(element);
      if (place?.frameId !== 0) return;
      const { tabId, epoch, nodeId } = place;
      port.postMessage({ type: 'tied', tabId, author, n, tie: { epoch, nodeId, box } } satisfies FromPlayer);
    },
    signal: gone.signal,
  });
  port.addEventListener('message', ({ data }) => {
    const message = v.safeParse(ToPlayer, data);
    if (!message.success) return;
    const { output } = message;
    if (output.type === 'ink') return ink.show({ ...output, changed: output.changed as ShownStroke[] }); // the window's own
    player.receive(output);
    if (output.type === 'scale') ink.setScale(output.scale);
    else ink.moved();
  });
  port.start();
  port.postMessage({ type: 'ready' });
});
