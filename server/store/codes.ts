import * as v from 'valibot';
import { CODE_MEMORY_MS, type OpenCode } from '../../lib/desk/codes.ts';
import type { Database } from './database.ts';

export interface CodeRow extends OpenCode {
  readonly personId: string;
  readonly scenarioId: string;
  readonly sessionId: string | null;
}

const Row = v.object({
  person_id: v.string(),
  scenario_id: v.string(),
  expires_at: v.number(),
  used_by: v.nullable(v.string()),
  session_id: v.nullable(v.string()),
});

export interface Codes {
  /** False when the code exists already: draw another one. */
  add(code: string, row: Pick<CodeRow, 'personId' | 'scenarioId' | 'expiresAt'>): boolean;
  find(code: string): CodeRow | undefined;
  use(code: string, personId: string, sessionId: string): void;
  /** Takes back the person's unused codes: all, or the given one. Answers how many. */
  cancel(personId: string, code?: string): number;
  forget(now: number): void;
}

export function createCodes(db: Database): Codes {
  return {
    add: (code, { personId, scenarioId, expiresAt }) =>
      db.run(
        'INSERT OR IGNORE INTO codes VALUES (?, ?, ?, ?, NULL, NULL)',
        ...[code, personId, scenarioId, expiresAt],
      ) === 1,
    find(code) {
      const row = db.get(Row, 'SELECT * FROM codes WHERE code = ?', code);
      return (
        row && {
          personId: row.person_id,
          scenarioId: row.scenario_id,
          expiresAt: row.expires_at,
          usedBy: row.used_by,
          sessionId: row.session_id,
        }
      );
    },
    use: (code, personId, sessionId) =>
      void db.run('UPDATE codes SET used_by = ?, session_id = ? WHERE code = ?', personId, sessionId, code),
    cancel: (personId, code) =>
      code === undefined
        ? db.run('DELETE FROM codes WHERE person_id = ? AND used_by IS NULL', personId)
        : db.run('DELETE FROM codes WHERE person_id = ? AND used_by IS NULL AND code = ?', personId, code),
    forget: (now) => void db.run('DELETE FROM codes WHERE expires_at < ?', now - CODE_MEMORY_MS),
  };
}
