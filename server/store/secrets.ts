import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { Database } from './database.ts';

/** The desk's own signing key, made once and kept in the store, so that tickets survive a restart. */
export function loadSigningKey(db: Database): Buffer {
  const fresh = randomBytes(32).toString('base64');
  db.run(`INSERT OR IGNORE INTO secrets VALUES ('signing', ?)`, fresh);
  const row = db.get(v.object({ value: v.string() }), `SELECT value FROM secrets WHERE name = 'signing'`);
  return Buffer.from(row?.value ?? fresh, 'base64');
}

/** For secrets of 128 random bits and more: they need no salt and no slow hash. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b))];
  return timingSafeEqual(left, right);
}
