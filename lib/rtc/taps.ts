import type { LinkMessage } from '../protocol/peer-messages.ts';
import { TAPS, type Tap, type Taps } from './link.ts';

const KINDS: Readonly<Record<Tap, 'audio' | 'video'>> = {
  mic: 'audio',
  camera: 'video',
  screen: 'video',
  screenSound: 'audio',
};

/** Chromium paces the first key frame at a guess of 300 kbit/s; these take it from 177 to 86 ms (quality.md §1.1). */
const START_BITRATE_KBPS = 2_500;
const START_SCALE = 2;
const FULL_SIZE_AFTER_MS = 1_000;

const MAX_CAMERA_BPS = 2_500_000;
const MAX_SCREEN_BPS = 4_000_000;

export interface TapsOfConnection extends Taps {
  /** Handles an `sdp` message of the other end. */
  receiveSdp(message: Extract<LinkMessage, { type: 'sdp' }>): Promise<void>;
}

/**
 * The media of a link: four transceivers, negotiated once over `control` by the end that dialled, afterwards switched
 * with `replaceTrack` alone (ARCHITECTURE §2). Offering from one end only rules out glare between the browsers.
 */
export function createTaps(
  connection: RTCPeerConnection,
  initiated: boolean,
  send: (message: LinkMessage) => void,
): TapsOfConnection {
  const wanted = new Map<Tap, MediaStreamTrack | null>();
  const transceivers = new Map<Tap, RTCRtpTransceiver>();
  const listeners: (() => void)[] = [];
  const opened = Promise.withResolvers<void>();
  let asked = false;

  const adopt = (list: readonly RTCRtpTransceiver[]) => {
    for (const [index, tap] of TAPS.entries()) {
      const transceiver = list[index];
      if (transceiver) transceivers.set(tap, transceiver);
    }
  };
  const applyWanted = () =>
    Promise.all([...wanted].map(([tap, track]) => replace(transceivers.get(tap)?.sender, tap, track)));
  const announce = async () => {
    // While it still rings: a first frame that has to wait for its size, or is made twice, is a late one.
    await Promise.all([...transceivers].map(([tap, { sender }]) => shape(sender, tap, true)));
    await applyWanted();
    opened.resolve();
    for (const run of listeners) run();
  };

  return {
    async open() {
      if (initiated && !asked) {
        asked = true;
        adopt(TAPS.map((tap) => connection.addTransceiver(KINDS[tap], { direction: 'sendrecv' })));
        await connection.setLocalDescription();
        send({ type: 'sdp', kind: 'offer', sdp: withStartBitrate(connection.localDescription?.sdp ?? '') });
      }
      await opened.promise;
    },
    async send(tap, track) {
      wanted.set(tap, track);
      await replace(transceivers.get(tap)?.sender, tap, track);
    },
    received: (tap) => transceivers.get(tap)?.receiver.track ?? null,
    onReceived: (run) => listeners.push(run),
    async receiveSdp({ kind, sdp }) {
      // An offer to the initiator, or an answer nobody asked for, breaks the rule above: not acted on.
      if ((kind === 'offer') === initiated) return;
      await connection.setRemoteDescription({ type: kind, sdp });
      if (kind === 'offer') {
        adopt(connection.getTransceivers());
        for (const transceiver of transceivers.values()) transceiver.direction = 'sendrecv';
        await applyWanted();
        await connection.setLocalDescription();
        send({ type: 'sdp', kind: 'answer', sdp: withStartBitrate(connection.localDescription?.sdp ?? '') });
      }
      await announce();
    },
  };
}

async function replace(sender: RTCRtpSender | undefined, tap: Tap, track: MediaStreamTrack | null): Promise<void> {
  if (!sender || sender.track === track) return;
  await sender.replaceTrack(track);
  if (tap !== 'camera') return;
  // The next time it opens begins small again.
  if (track === null) await shape(sender, tap, true);
  else setTimeout(() => void (sender.track === track && shape(sender, tap, false)), FULL_SIZE_AFTER_MS);
}

/** Half size for the first second of a camera, then full; a screen keeps its resolution and gives up frames instead. */
async function shape(sender: RTCRtpSender, tap: Tap, isStart: boolean): Promise<void> {
  if (tap === 'camera') await setEncoding(sender, isStart ? START_SCALE : 1, MAX_CAMERA_BPS);
  else if (tap === 'screen') await setEncoding(sender, 1, MAX_SCREEN_BPS);
}

async function setEncoding(sender: RTCRtpSender, scaleResolutionDownBy: number, maxBitrate: number): Promise<void> {
  try {
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    if (!encoding) return; // Firefox before the first negotiation: the defaults hold.
    Object.assign(encoding, { scaleResolutionDownBy, maxBitrate });
    await sender.setParameters(parameters);
  } catch {
    // The transceiver stopped, or a second change overtook this one: the picture goes on as it is.
  }
}

/** Adds Chromium's start bitrate to every video codec; other browsers ignore the parameter. */
export function withStartBitrate(sdp: string): string {
  const sections = sdp.split(/(?=^m=)/m);
  return sections
    .map((section) =>
      section.startsWith('m=video')
        ? section
            .replace(/^(a=fmtp:\d+ )(?!apt=)(.*)$/gm, `$1$2;x-google-start-bitrate=${START_BITRATE_KBPS}`)
            .replace(/^a=rtpmap:(\d+) VP8\/90000\r?$/gm, (line, type: string) =>
              section.includes(`a=fmtp:${type} `)
                ? line
                : `${line.trimEnd()}\r\na=fmtp:${type} x-google-start-bitrate=${START_BITRATE_KBPS}\r`,
            )
        : section,
    )
    .join('');
}
