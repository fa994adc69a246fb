import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { PROMPT_CLOSE, textOf } from './ws-details.ts';
import { fullBucket, takeToken } from '../lib/desk/token-bucket.ts';
import { decodeDeskRequest } from '../lib/protocol/decode-desk.ts';
import type { DeskEvent, DeskReason, DeskRequest } from '../lib/protocol/desk-messages.ts';
import { LEASE_RENEW_MS, MAX_DESK_BYTES, PROTOCOL_VERSION } from '../lib/protocol/limits.ts';
import { fail, ok, type Result } from '../lib/shared/result.ts';
import type { KeptIds } from './kept-ids.ts';
import type { Metrics } from './metrics.ts';
import type { DeskOptions } from './options.ts';
import type { People, Person } from './store/people.ts';
import type { Line } from './switchboard/roster.ts';
import type { Switchboard } from './switchboard/switchboard.ts';
import type { Ticket, Tickets } from './tickets.ts';

export const DESK_PATH = '/desk';

/** Who has not shown a ticket by then is sent away. */
const AUTH_TIMEOUT_MS = 5_000;
/** Requests over the rate are answered with the reason; who goes on regardless is let go. */
const MAX_REFUSED = 100;
const MAX_UNSENT_BYTES = 4_000_000;

interface DeskSocketDeps {
  readonly options: DeskOptions;
  readonly switchboard: Switchboard;
  readonly people: People;
  readonly keptIds: KeptIds;
  readonly tickets: Tickets;
  readonly metrics: Metrics;
}

export interface DeskSockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
  count(): number;
  /** Resolves when every socket is gone, after a second at most. */
  close(): Promise<void>;
}

/** The `/desk` sockets: a ticket first, then requests and events as JSON text. */
export function createDeskSockets(deps: DeskSocketDeps): DeskSockets {
  const { options, switchboard, people, keptIds, tickets, metrics } = deps;
  const { clock, rates } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_DESK_BYTES, ...PROMPT_CLOSE });
  const closing = new AbortController();

  function authenticate(request: DeskRequest): Result<{ ticket: Ticket; person: Person }, DeskReason> {
    if (request.type !== 'auth') return fail('bad-ticket');
    if (request.protocol < PROTOCOL_VERSION) return fail('protocol-too-old');
    if (request.protocol > PROTOCOL_VERSION) return fail('protocol-too-new');
    const ticket = tickets.read(request.ticket);
    if (!ticket.ok || !keptIds.mayOpen(ticket.value, clock.now())) return fail('bad-ticket');
    const person = people.find(ticket.value.personId);
    return person === undefined ? fail('unknown-person') : ok({ ticket: ticket.value, person });
  }

  function open(socket: WebSocket, address: string) {
    const life = new AbortController();
    let line: Line | undefined;
    let refused = 0;
    let bucket = fullBucket(rates.requests, clock.now());

    const send = (event: DeskEvent) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) return socket.terminate();
      socket.send(JSON.stringify(event));
    };
    const close = (reason?: DeskReason) => {
      if (reason !== undefined) send({ type: 'closing', reason });
      socket.close(1000);
    };

    function enter(request: DeskRequest) {
      const entry = authenticate(request);
      if (!entry.ok) {
        metrics.refusals.inc({ reason: entry.reason });
        return close(entry.reason);
      }
      const { ticket, person } = entry.value;
      const { personId, peerId } = ticket;
      line = { personId, peerId, send, close };
      keptIds.opened(ticket, 'desk');
      life.signal.addEventListener('abort', () => keptIds.closed(peerId, clock.now()), { once: true });
      switchboard.arrive(person, line);
    }

    function answer(request: DeskRequest, { personId }: Line): Result<unknown, DeskReason> {
      if (request.type === 'auth') return fail('bad-message');
      switchboard.roster.renew(personId);
      if (request.type === 'ping') return ok(undefined);
      const role = switchboard.roster.card(personId)?.role ?? 'customer';
      return switchboard.handle({ personId, role, address }, request);
    }

    function receive(data: string) {
      const taken = takeToken(bucket, rates.requests, clock.now());
      bucket = taken.bucket;
      if (!taken.allowed && ++refused > MAX_REFUSED) return close('too-many-requests');
      const request = decodeDeskRequest(data);
      if (line === undefined) return request.ok ? enter(request.value) : close('bad-message');
      const type = request.ok ? request.value.type : 'malformed';
      const reply = !taken.allowed ? fail('too-many-requests') : request.ok ? answer(request.value, line) : request;
      metrics.requests.inc({ type, result: reply.ok ? 'ok' : reply.reason });
      const id = request.ok && 'id' in request.value ? request.value.id : idIn(data);
      send({
        type: 'reply',
        id,
        ...(reply.ok ? { ok: true, value: reply.value } : { ok: false, reason: reply.reason }),
      });
    }

    socket.on('message', (data, isBinary) => (isBinary ? close('bad-message') : receive(textOf(data))));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      life.abort();
      if (line !== undefined) switchboard.roster.depart(line);
    });
    // The browser answers pings itself, also for a page whose timers it slows down in the background.
    socket.on('pong', () => line !== undefined && switchboard.roster.renew(line.personId));
    const until = AbortSignal.any([life.signal, closing.signal]);
    clock.every(LEASE_RENEW_MS, () => socket.ping(), until);
    clock.after(AUTH_TIMEOUT_MS, () => line === undefined && close('bad-ticket'), until);
  }

  return {
    accept: (request, socket, head, address) => sockets.handleUpgrade(request, socket, head, (ws) => open(ws, address)),
    count: () => sockets.clients.size,
    async close() {
      closing.abort();
      const closed = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const line of switchboard.roster.lines()) line.close('shutting-down');
      for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.close(1001);
      sockets.close();
      await Promise.all(closed);
    },
  };
}

/** The id of a request that this desk doesn't understand, so that its sender at least learns that; 0 without one. */
const idIn = (data: string): number => Number(/"id":(\d{1,9})[,}]/.exec(data)?.[1] ?? 0);
