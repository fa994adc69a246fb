import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { createId } from '../lib/shared/ids.ts';
import { fail, ok, type Result } from '../lib/shared/result.ts';

/** Long enough for a slow phone to open two sockets, short enough to be worthless in a proxy's log. */
export const TICKET_TTL_MS = 60_000;

export interface Ticket {
  readonly peerId: string;
  readonly personId: string;
  readonly expiresAt: number;
  /** Tells this ticket from another one for the same id. */
  readonly nonce: string;
}

export interface Tickets {
  issue(peerId: string, personId: string, now: number): string;
  /** Checks the signature, not the time: whether an old ticket is still good depends on what it opened. */
  read(ticket: string): Result<Ticket, 'bad-ticket'>;
}

const SHAPE = /^([a-z0-9-]{8,64})\.([a-z0-9-]{8,64})\.(\d{1,16})\.([a-z0-9]{8,32})\.([\w-]{43})$/;

/** `peerId.personId.expiresAt.nonce.mac`, the mac being HMAC-SHA-256 over all before it. */
export function createTickets(signingKey: Buffer): Tickets {
  const key = createSecretKey(signingKey);
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    issue(peerId, personId, now) {
      const text = [peerId, personId, now + TICKET_TTL_MS, createId(60)].join('.');
      return `${text}.${macOf(text).toString('base64url')}`;
    },
    read(ticket) {
      const [, peerId = '', personId = '', expiresAt = '', nonce = '', mac = ''] = SHAPE.exec(ticket) ?? [];
      const given = Buffer.from(mac, 'base64url');
      const expected = macOf([peerId, personId, expiresAt, nonce].join('.'));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return fail('bad-ticket');
      return ok({ peerId, personId, expiresAt: Number(expiresAt), nonce });
    },
  };
}
