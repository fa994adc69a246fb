import type { DataConnection } from 'peerjs';
import { decodeLinkMessage } from '../protocol/decode.ts';
import type { LinkMessage } from '../protocol/peer-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createByteChannels } from './byte-channels.ts';
import { fingerprintOf } from './fingerprints.ts';
import type { Link } from './link.ts';
import { readLinkStats } from './link-stats.ts';
import { createTaps } from './taps.ts';

/**
 * A link over an open PeerJS data connection. PeerJS has set up the RTCPeerConnection; from here on this module owns it:
 * PeerJS would close it on ICE `failed` and never renegotiates (reference/platform.md §10).
 */
export function createPeerLink(data: DataConnection, initiated: boolean, clock: Clock): Link {
  const connection = data.peerConnection;
  const control = data.dataChannel;
  const closed = new AbortController();
  const held: LinkMessage[] = [];
  let listener: ((message: LinkMessage) => void) | null = null;
  let heardAt = clock.now();
  let rejected = 0;

  const heard = () => {
    heardAt = clock.now();
  };
  const send = (message: LinkMessage) => {
    if (control.readyState === 'open') control.send(JSON.stringify(message));
  };
  const close = () => {
    if (closed.signal.aborted) return;
    closed.abort();
    data.close();
  };
  const taps = createTaps(connection, initiated, send);
  const channels = createByteChannels(connection, closed.signal, heard);

  // PeerJS's own handlers: candidates go on trickling through signalling, its auto-close does not.
  connection.oniceconnectionstatechange = null;
  connection.addEventListener('connectionstatechange', () => {
    if (connection.connectionState === 'closed') close();
  });
  data.on('close', close);
  data.on('error', () => undefined);
  data.on('data', (raw) => {
    heard();
    const decoded = decodeLinkMessage(raw);
    if (!decoded.ok) {
      if (decoded.reason !== 'unknown-type') rejected += 1;
      return;
    }
    const message = decoded.value;
    // A description that the browser refuses is bad input like any other.
    if (message.type === 'sdp') taps.receiveSdp(message).catch(() => (rejected += 1));
    else if (listener) listener(message);
    else held.push(message);
  });

  return {
    remotePeerId: data.peer,
    initiated,
    closed: closed.signal,
    send,
    onMessage(run) {
      listener = run;
      for (const message of held.splice(0)) run(message);
    },
    heardAt: () => heardAt,
    rejected: () => rejected,
    fingerprints: () => ({
      own: fingerprintOf(connection.localDescription?.sdp),
      other: fingerprintOf(connection.remoteDescription?.sdp),
    }),
    ...channels,
    taps,
    stats: () => readLinkStats(connection, taps, clock),
    close,
  };
}
