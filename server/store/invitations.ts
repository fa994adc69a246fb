import * as v from 'valibot';
import { Role } from '../../lib/protocol/desk-messages.ts';
import { createId } from '../../lib/shared/ids.ts';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import type { Database } from './database.ts';
import { hashSecret } from './secrets.ts';

/** An invitation that nobody used goes stale after a week. */
export const INVITATION_TTL_MS = 7 * 24 * 3_600_000;

export type InvitedRole = Exclude<Role, 'customer'>;

const Row = v.object({
  role: v.picklist(['expert', 'device']),
  name: v.string(),
  expires_at: v.number(),
  used_at: v.nullable(v.number()),
});

export interface Invitations {
  /** Answers with the secret for the link; the store keeps its hash only. */
  create(role: InvitedRole, name: string, now: number): string;
  /** Succeeds once. */
  redeem(secret: string, now: number): Result<{ role: InvitedRole; name: string }, 'unknown-invite' | 'used-invite'>;
}

export function createInvitations(db: Database): Invitations {
  return {
    create(role, name, now) {
      // The first letter lets a page tell a device's invitation from an expert's without asking the desk.
      const secret = `${role === 'device' ? 'd' : 'x'}-${createId(160)}`;
      db.run(
        'INSERT INTO invitations VALUES (?, ?, ?, ?, NULL)',
        ...[hashSecret(secret), role, name, now + INVITATION_TTL_MS],
      );
      return secret;
    },
    redeem(secret, now) {
      const hash = hashSecret(secret);
      const row = db.get(Row, 'SELECT * FROM invitations WHERE secret_hash = ?', hash);
      if (row === undefined || row.expires_at <= now) return fail('unknown-invite');
      const won = db.run('UPDATE invitations SET used_at = ? WHERE secret_hash = ? AND used_at IS NULL', now, hash);
      return won === 1 ? ok({ role: row.role, name: row.name }) : fail('used-invite');
    },
  };
}

/** A device opens its link itself and is ready; an expert's page explains how to give it to the extension. */
export const invitationLink = (deskUrl: string, role: InvitedRole, secret: string): string =>
  `${deskUrl}/${role === 'device' ? 'ready' : 'invite'}#${secret}`;
