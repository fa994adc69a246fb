/** The expert's side of the lab: hands frames to the player page as the co-browse window does, and reads its mirror. */
import { createWireDecoder } from '../../../../lib/cobrowse/wire-decoder.ts';
import type { FromPlayer, ToPlayer } from '../../../../lib/protocol/player-messages.ts';
import { normaliseDocument, type Normalised } from './normalise.ts';

const channel = new MessageChannel();
const heard: FromPlayer[] = [];
channel.port1.onmessage = ({ data }) => heard.push(data as FromPlayer); // the player of this build
let decoder = createWireDecoder();

const post = (message: ToPlayer) => channel.port1.postMessage(message);
const frame = document.querySelector<HTMLIFrameElement>('#player')!;
const mirror = () => frame.contentDocument?.querySelector<HTMLIFrameElement>('.tab:not([hidden]) iframe') ?? null;

export const stage = {
  async connect() {
    while (
      frame.contentDocument?.readyState !== 'complete' ||
      frame.contentWindow?.location.pathname !== '/player.html'
    ) {
      await new Promise((done) => setTimeout(done, 10));
    }
    frame.contentWindow.postMessage('port', location.origin, [channel.port2]);
    while (!heard.some(({ type }) => type === 'ready')) await new Promise((done) => setTimeout(done, 10));
  },
  /** Chunks as they come from the channel, base64. Tells what did not decode. */
  push(chunks: readonly string[]): string[] {
    const failures: string[] = [];
    for (const chunk of chunks) {
      const bytes = Uint8Array.from(atob(chunk), (char) => char.charCodeAt(0));
      const decoded = decoder.push(bytes);
      if (!decoded.ok) {
        failures.push(decoded.reason);
        if (decoded.reason !== 'replayed') decoder = createWireDecoder();
        continue;
      }
      const { value } = decoded;
      if (value === null) continue;
      const { kind } = value;
      if (kind === 'snapshot' || kind === 'events' || kind === 'page' || kind === 'layers' || kind === 'frame') {
        post({ type: 'stream', frame: { ...value, kind, payload: new Uint8Array(value.payload) } });
      }
    }
    return failures;
  },
  post,
  heard,
  take(): FromPlayer[] {
    return heard.splice(0);
  },
  mirror,
  read(): Normalised | null {
    const inner = mirror()?.contentDocument;
    return inner ? normaliseDocument(inner, 'mirror') : null;
  },
};

Object.assign(globalThis, { stage });
