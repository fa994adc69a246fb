import * as v from 'valibot';
import { RESUME_WINDOW_MS } from '../lib/protocol/limits.ts';
import { createId } from '../lib/shared/ids.ts';
import type { Database } from './store/database.ts';
import { type Ticket, TICKET_TTL_MS } from './tickets.ts';

interface KeptId {
  readonly personId: string;
  /** The nonce of the ticket that opened it last: that one stays good for reconnecting. */
  openedBy: string | null;
  /** Open sockets with this id: signalling and desk. */
  sockets: number;
  /** When an id without sockets is given up, epoch ms. */
  expiresAt: number;
}

const SAVE_AFTER_MS = 20;

const Row = v.object({
  peer_id: v.string(),
  person_id: v.string(),
  opened_by: v.nullable(v.string()),
  is_open: v.number(),
  expires_at: v.number(),
});

/**
 * Which peer id belongs to whom. An id is kept for its owner while a socket uses it and RESUME_WINDOW_MS after the last
 * one went, across restarts of the desk. Nobody else is ever let in with it, before or after.
 */
export interface KeptIds {
  /** The wished id when it is this person's, else a new one. Which of the two must not tell anyone whether it exists. */
  choose(personId: string, wished: string | undefined, now: number): string;
  /** May this ticket open a socket now? Fresh tickets may; a stale one may when it opened this very id last. */
  mayOpen(ticket: Ticket, now: number): boolean;
  opened(ticket: Ticket, kind: 'signalling' | 'desk'): void;
  closed(peerId: string, now: number): void;
  /** Whose id it is, if it is kept. */
  ownerOf(peerId: string, now: number): string | undefined;
  sweep(now: number): void;
  size(): number;
  /** Writes what is not written yet; to be called before the store is closed. */
  flush(): void;
}

export function createKeptIds(db: Database, bootedAt: number): KeptIds {
  const kept = new Map<string, KeptId>();
  // After a crash nobody could say goodbye: whoever was here has the whole window to come back.
  db.run('UPDATE kept_ids SET is_open = 0, expires_at = ? WHERE is_open = 1', bootedAt + RESUME_WINDOW_MS);
  for (const row of db.all(Row, 'SELECT * FROM kept_ids WHERE expires_at > ?', bootedAt))
    kept.set(row.peer_id, {
      personId: row.person_id,
      openedBy: row.opened_by,
      sockets: 0,
      expiresAt: row.expires_at,
    });

  const find = (peerId: string, now: number) => {
    const id = kept.get(peerId);
    return id !== undefined && (id.sockets > 0 || id.expiresAt > now) ? id : undefined;
  };
  const unsaved = new Map<string, KeptId>();
  // Many at once: a transaction for each would cost more than the connection. Who loses this much in a crash still has the
  // fresh ticket that opened the socket, and nobody else can get one for the id.
  const save = (peerId: string, id: KeptId) => {
    if (unsaved.size === 0) setTimeout(flush, SAVE_AFTER_MS);
    unsaved.set(peerId, id);
  };
  function flush() {
    if (unsaved.size === 0) return;
    db.transaction(() => {
      for (const [peerId, { personId, openedBy, sockets, expiresAt }] of unsaved)
        db.run(
          'INSERT OR REPLACE INTO kept_ids VALUES (?, ?, ?, ?, ?)',
          ...[peerId, personId, openedBy, sockets > 0 ? 1 : 0, expiresAt],
        );
    });
    unsaved.clear();
  }

  return {
    choose(personId, wished, now) {
      if (wished !== undefined && find(wished, now)?.personId === personId) return wished;
      // Kept for as long as its ticket: a client asks for a second ticket before its first socket stands.
      const peerId = createId();
      kept.set(peerId, { personId, openedBy: null, sockets: 0, expiresAt: now + TICKET_TTL_MS });
      return peerId;
    },
    mayOpen({ peerId, personId, expiresAt, nonce }, now) {
      const id = find(peerId, now);
      if (id !== undefined && id.personId !== personId) return false;
      return now < expiresAt || id?.openedBy === nonce;
    },
    opened({ peerId, personId, expiresAt, nonce }, kind) {
      const id = kept.get(peerId) ?? { personId, openedBy: null, sockets: 0, expiresAt };
      const first = id.sockets === 0;
      const openedBy = kind === 'signalling' ? nonce : id.openedBy;
      const changed = first || openedBy !== id.openedBy;
      id.sockets += 1;
      id.openedBy = openedBy;
      kept.set(peerId, id);
      if (changed) save(peerId, id);
    },
    closed(peerId, now) {
      const id = kept.get(peerId);
      if (id === undefined) return;
      id.sockets -= 1;
      if (id.sockets > 0) return;
      id.expiresAt = now + RESUME_WINDOW_MS;
      save(peerId, id);
    },
    ownerOf: (peerId, now) => find(peerId, now)?.personId,
    sweep(now) {
      for (const [peerId, id] of kept) if (id.sockets === 0 && id.expiresAt <= now) kept.delete(peerId);
      db.run('DELETE FROM kept_ids WHERE is_open = 0 AND expires_at <= ?', now);
    },
    size: () => kept.size,
    flush,
  };
}
