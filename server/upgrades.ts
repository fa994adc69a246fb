import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { fail, ok, type Result } from '../lib/shared/result.ts';
import { DESK_PATH, type DeskSockets } from './desk-sockets.ts';
import { addressOf } from './http/address.ts';
import { isAllowedOrigin } from './http/origin.ts';
import type { KeptIds } from './kept-ids.ts';
import type { Metrics } from './metrics.ts';
import type { DeskOptions } from './options.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { SIGNALLING_PATH, type Signalling } from './signalling/signalling.ts';
import type { Ticket, Tickets } from './tickets.ts';

interface UpgradeDeps {
  readonly server: Server;
  readonly options: DeskOptions;
  readonly deskSockets: DeskSockets;
  readonly signalling: Signalling;
  readonly keptIds: KeptIds;
  readonly tickets: Tickets;
  readonly metrics: Metrics;
}

/** Checks every WebSocket before it exists. Answers each refused one alike, whatever the reason: the metrics know it. */
export function guardUpgrades(deps: UpgradeDeps): { sweep(): void } {
  const { server, options, keptIds, tickets, metrics } = deps;
  const connections = createRateLimiter(options.rates.connections, options.clock);

  function admitSignalling(url: URL): Result<Ticket, 'bad-ticket'> {
    const ticket = tickets.read(url.searchParams.get('token') ?? '');
    if (!ticket.ok) return ticket;
    const fits = url.searchParams.get('id') === ticket.value.peerId && url.searchParams.get('key') === 'peerjs';
    return fits && keptIds.mayOpen(ticket.value, options.clock.now()) ? ticket : fail('bad-ticket');
  }

  function check(request: IncomingMessage, address: string): Result<(socket: Duplex, head: Buffer) => void> {
    const { origin, host } = request.headers;
    const url = URL.parse(request.url ?? '/', 'http://desk');
    if (url === null) return fail('not-found');
    if (!isAllowedOrigin(origin, host, options)) return fail('wrong-origin');
    if (!connections.allows(address)) return fail('too-many-requests');
    if (deps.signalling.count() + deps.deskSockets.count() >= options.maxSockets) return fail('full');
    if (url.pathname === DESK_PATH)
      return ok((socket, head) => deps.deskSockets.accept(request, socket, head, address));
    if (url.pathname !== SIGNALLING_PATH) return fail('not-found');
    const ticket = admitSignalling(url);
    return ticket.ok ? ok((socket, head) => deps.signalling.accept(request, socket, head, ticket.value)) : ticket;
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const checked = check(request, addressOf(request, options.trustedProxies));
    if (checked.ok) return checked.value(socket, head);
    metrics.refusals.inc({ reason: checked.reason });
    options.log.debug({ reason: checked.reason }, 'socket refused');
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return connections;
}
