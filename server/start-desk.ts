import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { SWEEP_MS } from '../lib/desk/presence.ts';
import { DEFAULT_SCENARIOS } from '../lib/desk/scenarios.ts';
import { systemClock } from '../lib/shared/clock.ts';
import { createDeskSockets } from './desk-sockets.ts';
import { createApi } from './http/api.ts';
import { createHttpServer } from './http/http-server.ts';
import { createKeptIds } from './kept-ids.ts';
import { createMetrics } from './metrics.ts';
import { DEFAULT_RATES, type DeskOptions } from './options.ts';
import { createSignalling } from './signalling/signalling.ts';
import { openDatabase } from './store/database.ts';
import { createInvitations, invitationLink, type InvitedRole } from './store/invitations.ts';
import { createPeople } from './store/people.ts';
import { loadSigningKey } from './store/secrets.ts';
import { createSwitchboard } from './switchboard/switchboard.ts';
import { createTickets } from './tickets.ts';
import { guardUpgrades } from './upgrades.ts';

/** A guest who has not been here for so long is forgotten. */
const GUEST_TTL_MS = 12 * 3_600_000;
const TIDY_MS = 60_000;
const SPARE_CONNECTIONS = 1_000;

export interface Desk {
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** A link that works once: the expert's extension, or the device's browser, opens it. */
  invite(role: InvitedRole, name: string): string;
  /** Says goodbye to all clients and frees the port. */
  close(): Promise<void>;
}

export const DEFAULT_OPTIONS: DeskOptions = {
  host: '127.0.0.1',
  port: 9000,
  publicUrl: '',
  deskName: 'Alongside',
  store: ':memory:',
  guestDir: '.output/guest',
  scenarios: DEFAULT_SCENARIOS,
  masking: [],
  origins: [],
  extensionIds: [],
  stunUrls: [],
  turn: null,
  trustedProxies: 0,
  metricsToken: '',
  maxSockets: 20_000,
  rates: DEFAULT_RATES,
  clock: systemClock,
  log: pino({ level: 'silent' }),
};

/**
 * Starts a desk; resolves once it listens, rejects when it can't. PeerServer has two timers that nobody can stop: a script
 * that has closed its desk still has to end by `process.exit`.
 */
export async function startDesk(chosen: Partial<DeskOptions> = {}): Promise<Desk> {
  const options = { ...DEFAULT_OPTIONS, ...chosen };
  const { clock, log } = options;
  if (options.store !== ':memory:') mkdirSync(dirname(options.store), { recursive: true });
  const db = openDatabase(options.store);
  const metrics = createMetrics();
  const people = createPeople(db);
  const invitations = createInvitations(db);
  const keptIds = createKeptIds(db, clock.now());
  const tickets = createTickets(loadSigningKey(db));
  const life = new AbortController();
  let url = options.publicUrl;

  const switchboard = createSwitchboard({
    ...{
      db,
      people,
      clock,
      log,
      metrics,
      scenarios: options.scenarios,
      masking: options.masking,
      publicUrl: () => url,
    },
  });
  const { roster, sessions, room } = switchboard;
  const api = createApi({ options, people, invitations, keptIds, tickets, metrics, onMember: roster.addMember });
  const server = createHttpServer({ options, api, metrics, isHealthy: () => !life.signal.aborted });
  const deskSockets = createDeskSockets({ options, switchboard, people, keptIds, tickets, metrics });
  const signalling = createSignalling({
    ...{ server, keptIds, clock, metrics },
    rule: options.rates.signals,
    maxSockets: options.maxSockets,
    areIntroduced: sessions.areIntroduced,
  });
  const upgrades = guardUpgrades({ server, options, deskSockets, signalling, keptIds, tickets, metrics });

  metrics.gauge('alongside_desk_sockets', 'Open desk sockets', deskSockets.count);
  metrics.gauge('alongside_signalling_sockets', 'Open PeerJS sockets', signalling.count);
  metrics.gauge('alongside_waiting_customers', 'Customers in the queue', () => room.entries().length);
  metrics.gauge('alongside_calls', 'Calls that the desk knows of', () => sessions.count('active'));
  metrics.gauge('alongside_kept_ids', 'Peer ids that are kept for their owners', keptIds.size);

  clock.every(SWEEP_MS, switchboard.sweep, life.signal);
  clock.every(
    TIDY_MS,
    () => {
      const now = clock.now();
      people.forgetCustomers(now - GUEST_TTL_MS);
      roster.dropRemoved();
      [keptIds, signalling].forEach((one) => one.sweep(now));
      [api, upgrades].forEach((one) => one.sweep());
    },
    life.signal,
  );

  // Pages and requests come on top of the WebSockets that are counted.
  server.maxConnections = options.maxSockets + SPARE_CONNECTIONS;
  await listen(server, options);
  const { port } = boundTo(server.address());
  url ||= `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  log.info({ host: options.host, port }, 'desk started');

  return {
    url,
    port,
    invite: (role, name) => invitationLink(url, role, invitations.create(role, name, clock.now())),
    async close() {
      if (life.signal.aborted) return;
      life.abort();
      signalling.close();
      await deskSockets.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      keptIds.flush();
      db.close();
      log.info('desk stopped');
    },
  };
}

function listen(server: ReturnType<typeof createHttpServer>, { host, port }: DeskOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const boundTo = (address: string | AddressInfo | null): { port: number } =>
  typeof address === 'object' && address !== null ? address : { port: 0 };
