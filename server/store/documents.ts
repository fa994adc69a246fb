import * as v from 'valibot';
import { decodeJson } from '../../lib/protocol/decode-desk.ts';
import type { Database } from './database.ts';

const TABLES = {
  sessions: {
    all: 'SELECT body FROM sessions',
    put: 'INSERT OR REPLACE INTO sessions VALUES (?, ?)',
    remove: 'DELETE FROM sessions WHERE session_id = ?',
  },
  queue: {
    all: 'SELECT body FROM queue',
    put: 'INSERT OR REPLACE INTO queue VALUES (?, ?)',
    remove: 'DELETE FROM queue WHERE queue_id = ?',
  },
} as const;

/** What lives in memory and is written through, to be found again after a restart. */
export interface Documents<T> {
  all(): T[];
  put(id: string, document: T): void;
  remove(id: string): void;
}

/** Documents that an older desk wrote and `schema` no longer knows are left out. */
export function createDocuments<T>(
  db: Database,
  table: keyof typeof TABLES,
  schema: v.GenericSchema<unknown, T>,
): Documents<T> {
  const sql = TABLES[table];
  return {
    all: () =>
      db.all(v.object({ body: v.string() }), sql.all).flatMap(({ body }) => {
        const decoded = decodeJson(schema, body, Number.POSITIVE_INFINITY);
        return decoded.ok ? [decoded.value] : [];
      }),
    put: (id, document) => void db.run(sql.put, id, JSON.stringify(document)),
    remove: (id) => void db.run(sql.remove, id),
  };
}
