import { type DataConnection, Peer, type PeerOptions } from 'peerjs';
import type { Admission } from '../protocol/desk-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Hub, Link, MayAnswer } from './link.ts';
import { createOfferGate, type OfferGate } from './offer-gate.ts';
import { createPeerLink } from './peer-link.ts';

export interface PeerHubParts {
  /** The desk's address, e.g. `https://desk.example`. */
  readonly deskUrl: string;
  readonly peerId: string;
  /** A fresh ticket and ICE servers for `peerId`. */
  readonly admit: () => Promise<Result<Admission, string>>;
  readonly certificate: RTCCertificate;
  readonly relayOnly: () => boolean;
  readonly mayAnswer: MayAnswer;
  readonly clock: Clock;
  readonly until: AbortSignal;
}

/** A connection that somebody began and did not finish. */
const UNFINISHED_MS = 15_000;
const OPEN_TIMEOUT_MS = 5_000;
const RETRY_DELAYS_MS = [0, 300, 1_200, 2_700, 4_800];

/**
 * Signalling by PeerJS, kept alive by us: every connection to the desk's PeerServer gets a fresh ticket, and links that
 * are up are never touched by it.
 */
export function createPeerHub(parts: PeerHubParts): Hub {
  const { clock, until } = parts;
  const linkListeners: ((link: Link) => void)[] = [];
  const gate = createOfferGate(parts.mayAnswer);
  const openListeners: ((peer: Peer | null) => void)[] = [];
  let peer: Peer | null = null;
  let attempt = 0;
  let busy = false;

  const report = (data: DataConnection) => {
    clock.after(UNFINISHED_MS, () => !data.open && data.close(), until);
    data.on('open', () => {
      const link = createPeerLink(data, false, clock);
      for (const run of linkListeners) run(link);
    });
  };

  const optionsFrom = (admission: Admission): PeerOptions => {
    const url = new URL(parts.deskUrl);
    const secure = url.protocol === 'https:';
    return {
      host: url.hostname,
      port: Number(url.port) || (secure ? 443 : 80),
      path: '/',
      secure,
      token: admission.ticket,
      debug: 0,
      config: {
        iceServers: admission.iceServers,
        // Read by each new connection: PeerJS keeps these options, and the person may change their mind in between.
        get iceTransportPolicy() {
          return parts.relayOnly() ? 'relay' : 'all';
        },
        bundlePolicy: 'max-bundle',
        certificates: [parts.certificate],
      },
    };
  };

  const connect = async () => {
    if (busy || until.aborted || peer?.open) return;
    busy = true;
    const admission = await parts.admit();
    busy = false;
    if (until.aborted) return;
    // Another id would need another Peer; whoever made this one is told of it and makes that.
    if (!admission.ok || admission.value.peerId !== parts.peerId) return retry();
    if (peer && !peer.destroyed) {
      Object.assign(peer.options, optionsFrom(admission.value));
      if (peer.disconnected) peer.reconnect();
    } else {
      peer = new Peer(parts.peerId, optionsFrom(admission.value));
      watch(peer);
    }
    expectOpen(peer);
  };

  const watch = (current: Peer) => {
    gate.guard(current.socket);
    current.on('open', () => {
      attempt = 0;
      for (const run of openListeners.splice(0)) run(current);
    });
    current.on('connection', report);
    current.on('disconnected', retry);
    current.on('close', retry);
    // Reasons arrive as `disconnected` or `close`, too; an unhandled error event would throw.
    current.on('error', () => undefined);
  };

  // PeerServer sends no OPEN while it holds a half-open socket of the same id (platform.md §10).
  const expectOpen = (current: Peer) =>
    clock.after(OPEN_TIMEOUT_MS, () => !current.open && !current.disconnected && current.disconnect(), until);

  const retry = () => {
    const delayMs = RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 0;
    attempt += 1;
    clock.after(delayMs * (1 + Math.random() * 0.2), () => void connect(), until);
  };

  const whenOpen = (signal: AbortSignal) =>
    new Promise<Peer | null>((resolve) => {
      openListeners.push(resolve);
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });

  void connect();
  until.addEventListener('abort', () => peer?.destroy(), { once: true });

  return {
    peerId: parts.peerId,
    async dial(remotePeerId, signal) {
      const either = AbortSignal.any([signal, until]);
      const open = peer?.open ? peer : await whenOpen(either);
      return open
        ? dial(open, remotePeerId, either, { gate, clock })
        : fail(signal.aborted ? 'aborted' : 'unreachable');
    },
    onLink: (run) => linkListeners.push(run),
    reconsider: gate.reconsider,
    onMissed: gate.onMissed,
    refresh(tell) {
      attempt = 0;
      // Whoever was dialling us while our socket was dead need not wait until that try runs out.
      openListeners.push((open) => open?.socket.send({ type: 'LEAVE', dst: tell, payload: {} }));
      // `disconnected` leads to `retry`, at once after a success.
      if (peer?.open) peer.disconnect();
      else void connect();
    },
  };
}

function dial(
  peer: Peer,
  remotePeerId: string,
  signal: AbortSignal,
  { gate, clock }: { readonly gate: OfferGate; readonly clock: Clock },
): Promise<Result<Link, 'unreachable' | 'aborted'>> {
  const data = peer.connect(remotePeerId, { label: 'control', reliable: true, serialization: 'raw' });
  return new Promise((resolve) => {
    const over = new AbortController();
    const finish = (result: Result<Link, 'unreachable' | 'aborted'>) => {
      if (over.signal.aborted) return;
      over.abort();
      release();
      if (!result.ok) data.close();
      resolve(result);
    };
    const release = gate.onMissed((peerId) => peerId === remotePeerId && finish(fail('unreachable')));
    signal.addEventListener('abort', () => finish(fail('aborted')), { once: true, signal: over.signal });
    if (signal.aborted) finish(fail('aborted'));
    data.on('open', () => finish(ok(createPeerLink(data, true, clock))));
    data.on('error', () => finish(fail('unreachable')));
    data.on('close', () => finish(fail('unreachable')));
  });
}
