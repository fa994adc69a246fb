import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { ConfigFile } from './config/config-schema.ts';
import { loadConfig } from './config/load-config.ts';
import { DEFAULT_OPTIONS, startDesk } from './start-desk.ts';
import { openDatabase, type Database } from './store/database.ts';
import { createInvitations, invitationLink } from './store/invitations.ts';
import { createPeople } from './store/people.ts';

const USAGE = `Usage:
  node server/main.ts [--config file] [--port n] [--host address] [--store file] [--guest-dir dir]
  node server/main.ts invite --role expert|device --name "Name" [--config file] [--store file]
  node server/main.ts people [--config file] [--store file]
  node server/main.ts remove --person id [--config file] [--store file]

Without --config, alongside.config.jsonc is read when there is one.`;

const DEFAULT_CONFIG = 'alongside.config.jsonc';
const DEFAULT_STORE = 'data/alongside.sqlite';

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        store: { type: 'string' },
        'guest-dir': { type: 'string' },
        role: { type: 'string' },
        name: { type: 'string' },
        person: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : 'bad arguments'}\n\n${USAGE}`);
  }
}

type Arguments = ReturnType<typeof readArguments>['values'];

function readConfig({ config }: Arguments): ConfigFile {
  if (config === undefined && !existsSync(DEFAULT_CONFIG)) return {};
  const loaded = loadConfig(config ?? DEFAULT_CONFIG);
  return loaded.ok ? loaded.value : stop(loaded.detail ?? loaded.reason);
}

function readPort(port: string | undefined): number | undefined {
  if (port === undefined) return undefined;
  return /^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? Number(port) : stop(`--port: must be a number up to 65535`);
}

function withStore(store: string, run: (db: Database) => void) {
  if (store === ':memory:') stop('store: this needs the store file of the desk');
  mkdirSync(dirname(store), { recursive: true });
  const db = openDatabase(store);
  run(db);
  db.close();
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

function invite({ role, name }: Arguments, config: ConfigFile, store: string) {
  if (role !== 'expert' && role !== 'device') stop(`--role: must be expert or device\n\n${USAGE}`);
  if (name === undefined || name.trim() === '') stop(`--name: must not be empty\n\n${USAGE}`);
  const { host = DEFAULT_OPTIONS.host, port = DEFAULT_OPTIONS.port } = config;
  const url = config.publicUrl ?? `http://${host}:${port}`;
  withStore(store, (db) =>
    print(invitationLink(url, role, createInvitations(db).create(role, name.trim(), Date.now()))),
  );
}

function listPeople(store: string) {
  withStore(store, (db) => {
    for (const { card } of createPeople(db).members()) print(`${card.personId}  ${card.role.padEnd(6)}  ${card.name}`);
  });
}

function removePerson({ person = '' }: Arguments, store: string) {
  withStore(
    store,
    (db) => createPeople(db).remove(person) || stop(`--person: there is nobody with the id '${person}'`),
  );
}

async function serve(flags: Arguments, { logLevel = 'info', ...config }: ConfigFile, store: string) {
  const log = pino({ level: logLevel, base: null });
  const host = flags.host ?? config.host;
  const port = readPort(flags.port) ?? config.port;
  const guestDir = flags['guest-dir'] ?? config.guestDir;
  const given = Object.entries({ ...config, host, port, guestDir }).filter(([, value]) => value !== undefined);
  const desk = await startDesk({ ...Object.fromEntries(given), store, log }).catch((error: unknown) => {
    log.fatal({ err: error }, 'the desk could not start');
    return stop(`The desk could not start: ${error instanceof Error ? error.message : 'unknown reason'}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    // PeerServer's timers can't be stopped, so the process has to be told to end.
    process.once(signal, () => void desk.close().finally(() => process.exit(0)));
}

const { values, positionals } = readArguments();
if (values.help === true) stop(USAGE);
const config = readConfig(values);
const store = values.store ?? config.store ?? DEFAULT_STORE;
const [command] = positionals;
if (command === undefined) await serve(values, config, store);
else if (command === 'invite') invite(values, config, store);
else if (command === 'people') listPeople(store);
else if (command === 'remove') removePerson(values, store);
else stop(`Unknown command: ${command}\n\n${USAGE}`);
