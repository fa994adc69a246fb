import * as v from 'valibot';
import { Presence, Role, type PersonCard } from '../../lib/protocol/desk-messages.ts';
import { createId } from '../../lib/shared/ids.ts';
import type { Database } from './database.ts';
import { equalSecrets, hashSecret } from './secrets.ts';

const Row = v.object({
  person_id: v.string(),
  role: Role,
  name: v.string(),
  key_hash: v.string(),
  status: Presence,
});

export interface Person {
  readonly card: PersonCard;
  readonly status: Presence;
}

export interface NewPerson {
  readonly personId: string;
  /** Told once; the store keeps its hash only. */
  readonly key: string;
}

export interface People {
  add(role: Role, name: string, now: number): NewPerson;
  /** Undefined for a wrong key and for an unknown person alike. */
  authenticate(personId: string, key: string, now: number): Person | undefined;
  find(personId: string): Person | undefined;
  rename(personId: string, name: string): void;
  setStatus(personId: string, status: Presence): void;
  /** Experts and devices. */
  members(): Person[];
  /** False when there is nobody with this id. */
  remove(personId: string): boolean;
  /** Forgets customers who have not been here since `before`. */
  forgetCustomers(before: number): number;
}

export function createPeople(db: Database): People {
  const toPerson = (row: v.InferOutput<typeof Row> | undefined): Person | undefined =>
    row && { card: { personId: row.person_id, name: row.name, role: row.role }, status: row.status };
  const row = (personId: string) => db.get(Row, 'SELECT * FROM people WHERE person_id = ?', personId);

  return {
    add(role, name, now) {
      const person = { personId: createId(), key: createId(256) };
      const status: Presence = 'available';
      db.run(
        'INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)',
        ...[person.personId, role, name, hashSecret(person.key), status, now],
      );
      return person;
    },
    authenticate(personId, key, now) {
      const found = row(personId);
      // Compared in any case, so that an unknown person takes as long as a wrong key.
      const good = equalSecrets(found?.key_hash ?? '', hashSecret(key));
      if (!good) return undefined;
      db.run('UPDATE people SET used_at = ? WHERE person_id = ?', now, personId);
      return toPerson(found);
    },
    find: (personId) => toPerson(row(personId)),
    rename: (personId, name) => void db.run('UPDATE people SET name = ? WHERE person_id = ?', name, personId),
    setStatus: (personId, status) => void db.run('UPDATE people SET status = ? WHERE person_id = ?', status, personId),
    members: () =>
      db.all(Row, `SELECT * FROM people WHERE role <> 'customer' ORDER BY name`).flatMap((one) => toPerson(one) ?? []),
    remove: (personId) => db.run('DELETE FROM people WHERE person_id = ?', personId) === 1,
    forgetCustomers: (before) => db.run(`DELETE FROM people WHERE role = 'customer' AND used_at < ?`, before),
  };
}
