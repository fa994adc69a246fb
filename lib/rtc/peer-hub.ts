import { type DataConnection, Peer, type PeerOptions } from 'peerjs';
import type { Admission } from '../protocol/desk-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { keepOpen } from './keep-open.ts';
import type { Hub, Link, MayAnswer } from './link.ts';
import { createOfferGate, type OfferGate } from './offer-gate.ts';
import { createPeerLink } from './peer-link.ts';
import { whenAgreed } from './when-agreed.ts';

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

  const report = (data: DataConnection) => {
    clock.after(UNFINISHED_MS, () => !data.open && data.close(), until);
    onOpenLink(data, false, clock, (link) => {
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

  const keeper = keepOpen({
    async begin(signal) {
      const admission = await parts.admit();
      // Another id would need another Peer; whoever made this one is told of it and makes that.
      if (signal.aborted || !admission.ok || admission.value.peerId !== parts.peerId) return false;
      if (peer && !peer.destroyed) {
        Object.assign(peer.options, optionsFrom(admission.value));
        if (peer.disconnected) peer.reconnect();
      } else {
        peer = new Peer(parts.peerId, optionsFrom(admission.value));
        watch(peer);
      }
      return true;
    },
    isOpen: () => peer?.open === true,
    // `disconnected` leads to `lost`.
    drop: () => void (peer && !peer.disconnected && peer.disconnect()),
    clock,
    until,
  });

  const watch = (current: Peer) => {
    gate.guard(current.socket);
    current.on('open', () => {
      keeper.opened();
      for (const run of openListeners.splice(0)) run(current);
    });
    current.on('connection', report);
    current.on('disconnected', keeper.lost);
    current.on('close', keeper.lost);
    // Reasons arrive as `disconnected` or `close`, too; an unhandled error event would throw.
    current.on('error', () => undefined);
  };

  const whenOpen = (signal: AbortSignal) =>
    new Promise<Peer | null>((resolve) => {
      openListeners.push(resolve);
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });

  keeper.start();
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
      // Whoever was dialling us while our socket was dead need not wait until that try runs out.
      openListeners.push((open) => open?.socket.send({ type: 'LEAVE', dst: tell, payload: {} }));
      keeper.startAnew();
    },
  };
}

/** Calls back with the link over `data` once both ends of it can be known by their certificates. */
function onOpenLink(data: DataConnection, initiated: boolean, clock: Clock, run: (link: Link) => void): void {
  data.on('open', () => {
    // At once, because it keeps what arrives until somebody listens.
    const link = createPeerLink(data, initiated, clock);
    void whenAgreed(data.peerConnection).then(() => run(link));
  });
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
    onOpenLink(data, true, clock, (link) => finish(ok(link)));
    data.on('error', () => finish(fail('unreachable')));
    data.on('close', () => finish(fail('unreachable')));
  });
}
