import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express from 'express';
import { ExpressPeerServer } from 'peer';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { takeToken, fullBucket, type BucketRule } from '../../lib/desk/token-bucket.ts';
import { MAX_SIGNAL_BYTES } from '../../lib/protocol/limits.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import type { KeptIds } from '../kept-ids.ts';
import type { Metrics } from '../metrics.ts';
import { PROMPT_CLOSE, textOf } from '../ws-details.ts';
import type { Ticket } from '../tickets.ts';
import { GuardedSocket } from './guarded-socket.ts';
import { createKeptSignals } from './kept-signals.ts';
import { decodeSignal, type Addressed } from './signal.ts';

export const SIGNALLING_PATH = '/peerjs';

interface SignallingDeps {
  readonly server: Server;
  readonly keptIds: KeptIds;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly rule: BucketRule;
  readonly maxSockets: number;
  /** Did the desk introduce these two persons to each other? */
  readonly areIntroduced: (personId: string, otherId: string) => boolean;
}

export interface Signalling {
  /** Takes over an upgrade that was checked before: `ticket` is good for this id. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, ticket: Ticket): void;
  sweep(now: number): void;
  count(): number;
  close(): void;
}

/**
 * PeerServer behind a guard. PeerServer registers ids, opens them and watches their heartbeats; the guard decides who gets
 * in, what is passed to whom, and what waits for an owner who is away. A message that isn't passed on vanishes without a
 * word, so that a sender can't tell "not there" from "not for you" or from "delivered".
 */
export function createSignalling(deps: SignallingDeps): Signalling {
  const { keptIds, clock, metrics } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_SIGNAL_BYTES, ...PROMPT_CLOSE });
  const present = new Map<string, GuardedSocket>();
  const kept = createKeptSignals();
  mountPeerServer(deps, sockets);

  function receive(data: RawData, isBinary: boolean, guarded: GuardedSocket, ticket: Ticket) {
    const text = isBinary ? '' : textOf(data);
    const signal = decodeSignal(text);
    if (!signal.ok) return metrics.signals.inc({ result: 'malformed' });
    // PeerServer counts heartbeats and lets go of who sends none. The rest is decoded already: passing it on from here
    // saves PeerServer's doing that again, and nothing reaches its unbounded queue for absent ids.
    if (signal.value.type === 'HEARTBEAT') return guarded.pass(text);
    metrics.signals.inc({ result: route(signal.value, ticket) });
  }

  function route(signal: Addressed, { peerId, personId }: Ticket): 'passed' | 'kept' | 'dropped' {
    const { type, dst, payload } = signal;
    const owner = keptIds.ownerOf(dst, clock.now());
    if (owner === undefined || !deps.areIntroduced(personId, owner)) return 'dropped';
    const receiver = present.get(dst);
    if (receiver === undefined && type === 'LEAVE') return 'dropped';
    const passed = JSON.stringify({ type, src: peerId, dst, payload });
    if (receiver !== undefined) receiver.send(passed);
    else kept.keep(dst, passed, clock.now());
    return receiver === undefined ? 'kept' : 'passed';
  }

  function open(socket: WebSocket, request: IncomingMessage, ticket: Ticket) {
    const { peerId } = ticket;
    // PeerServer answers OPEN to new ids only; the old socket has to be gone for it before the new one comes.
    present.get(peerId)?.retire(4001, 'replaced');
    const guarded = new GuardedSocket(socket);
    let bucket = fullBucket(deps.rule, clock.now());
    present.set(peerId, guarded);
    keptIds.opened(ticket, 'signalling');
    guarded.on('close', () => {
      if (present.get(peerId) === guarded) present.delete(peerId);
      keptIds.closed(peerId, clock.now());
    });
    socket.on('message', (data, isBinary) => {
      const taken = takeToken(bucket, deps.rule, clock.now());
      bucket = taken.bucket;
      if (taken.allowed) return receive(data, isBinary, guarded, ticket);
      metrics.refusals.inc({ reason: 'too-many-requests' });
      guarded.retire(1008, 'too many messages');
    });
    sockets.emit('connection', guarded, request);
    for (const text of kept.take(peerId, clock.now())) guarded.send(text);
  }

  return {
    accept: (request, socket, head, ticket) =>
      sockets.handleUpgrade(request, socket, head, (ws) => open(ws, request, ticket)),
    sweep: (now) => kept.sweep(now),
    count: () => present.size,
    close() {
      for (const guarded of [...present.values()]) guarded.retire(1001, 'closing');
      sockets.close();
    },
  };
}

/** PeerServer starts when it is mounted; its HTTP routes (`/id`, `/peers`) stay unreachable: this app serves nobody. */
function mountPeerServer({ server, maxSockets }: SignallingDeps, sockets: WebSocketServer) {
  const peers = ExpressPeerServer(server, {
    path: '/',
    key: 'peerjs',
    concurrent_limit: maxSockets,
    createWebSocketServer: () => sockets,
  });
  // PeerServer reports parse errors and the like here; the guard has counted them already.
  peers.on('error', () => undefined);
  express().use(peers);
}
