import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import * as v from 'valibot';

/** Each entry takes the schema one version up; entries are never changed once they were released. */
const MIGRATIONS = [
  `CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE people (
     person_id TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, key_hash TEXT NOT NULL,
     status TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
   CREATE INDEX people_by_role ON people (role, used_at);
   CREATE TABLE invitations (
     secret_hash TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL,
     expires_at INTEGER NOT NULL, used_at INTEGER) STRICT;
   CREATE TABLE kept_ids (
     peer_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, opened_by TEXT, is_open INTEGER NOT NULL,
     expires_at INTEGER NOT NULL) STRICT;
   CREATE TABLE codes (
     code TEXT PRIMARY KEY, person_id TEXT NOT NULL, scenario_id TEXT NOT NULL, expires_at INTEGER NOT NULL,
     used_by TEXT, session_id TEXT) STRICT;
   CREATE TABLE sessions (session_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
   CREATE TABLE queue (queue_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;`,
];

export interface Database {
  run(sql: string, ...values: SQLInputValue[]): number;
  /** The first row, decoded; undefined when there is none. */
  get<T>(schema: v.GenericSchema<unknown, T>, sql: string, ...values: SQLInputValue[]): T | undefined;
  all<T>(schema: v.GenericSchema<unknown, T>, sql: string, ...values: SQLInputValue[]): T[];
  /** All of it or, when `run` throws, nothing. */
  transaction(run: () => void): void;
  close(): void;
}

/** `path` is a file, or `:memory:`. Committed changes survive the process being killed; statements are prepared once. */
export function openDatabase(path: string): Database {
  const db = new DatabaseSync(path);
  // WAL with NORMAL loses nothing when the process dies, only (and never torn) when the machine loses power.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  migrate(db);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    get(schema, sql, ...values) {
      const row = prepare(sql).get(...values);
      return row === undefined ? undefined : v.parse(schema, row);
    },
    all: (schema, sql, ...values) =>
      prepare(sql)
        .all(...values)
        .map((row) => v.parse(schema, row)),
    transaction(run) {
      db.exec('BEGIN');
      try {
        run();
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}

function migrate(db: DatabaseSync) {
  const { user_version: done } = v.parse(
    v.object({ user_version: v.number() }),
    db.prepare('PRAGMA user_version').get(),
  );
  if (done > MIGRATIONS.length) throw new Error(`the store is of a newer version (${done}) than this desk knows`);
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < done) continue;
    db.exec(`BEGIN; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
