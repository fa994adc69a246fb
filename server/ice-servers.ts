import { createHmac } from 'node:crypto';
import type { IceServer } from '../lib/protocol/desk-messages.ts';
import type { TurnOptions } from './options.ts';
import type * as v from 'valibot';

/**
 * STUN, and TURN with credentials by coturn's REST scheme (`use-auth-secret`): the user name is `<expiry in s>:<id>`, the
 * password the base64 HMAC-SHA-1 of it. `expiresAt` is epoch ms, 0 without TURN.
 */
export function iceServersFor(
  id: string,
  now: number,
  { stunUrls, turn }: { readonly stunUrls: readonly string[]; readonly turn: TurnOptions | null },
): { iceServers: v.InferOutput<typeof IceServer>[]; iceExpiresAt: number } {
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turn === null) return { iceServers: stun, iceExpiresAt: 0 };
  const expiry = Math.floor(now / 1_000) + turn.ttlSeconds;
  const username = `${expiry}:${id}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return { iceServers: [...stun, { urls: [...turn.urls], username, credential }], iceExpiresAt: expiry * 1_000 };
}
