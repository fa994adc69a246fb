import { toVerificationCode, verificationText } from '../call/verification.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { LinkMessage } from '../protocol/peer-messages.ts';
import type { Link } from '../rtc/link.ts';
import { type Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Inbox } from './inbox.ts';

export type Side = 'caller' | 'callee';
export type RefuseReason = Extract<LinkMessage, { type: 'refuse' }>['reason'];
export type Hello = Extract<LinkMessage, { type: 'hello' }>;

export interface HandshakeParts {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly sessionId: string;
  /** The session's secret: whoever knows it was introduced by the desk. */
  readonly secret: string;
  readonly side: Side;
  readonly name: string;
  /** Highest session message this side has. */
  readonly received: number;
  /** The other end's hello, where it had to be read to find the session. */
  readonly hello?: Hello;
  /** This side's hello is on its way: the time for what else the link needs. */
  readonly onGreeted?: () => void;
  readonly clock: Clock;
}

export interface Proven {
  /** Highest session message the other end has. */
  readonly received: number;
  /** The code that people compare. */
  readonly code: readonly string[];
  /** Changes exactly when the other end's certificate does. */
  readonly otherFingerprint: string;
}

const HANDSHAKE_TIMEOUT_MS = 8_000;

/**
 * Proves both ways that the peer knows the session's secret, over the very certificates that carry the link, and makes
 * the verification code. Never throws; on failure the link is closed, and told why where it can be.
 */
export async function shakeHands(parts: HandshakeParts): Promise<Result<Proven, RefuseReason | 'lost'>> {
  const { link, inbox } = parts;
  const timeout = new AbortController();
  parts.clock.after(HANDSHAKE_TIMEOUT_MS, () => timeout.abort(), link.closed);
  const signal = AbortSignal.any([timeout.signal, link.closed]);
  const prints = link.fingerprints();
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const proofOf = (side: Side, own: string, other: string) =>
    hmacHex(parts.secret, [parts.sessionId, side, own.toLowerCase(), other.toLowerCase()].join('|'));

  link.send({
    type: 'hello',
    version: PROTOCOL_VERSION,
    sessionId: parts.sessionId,
    name: parts.name,
    proof: await proofOf(parts.side, prints.own, prints.other),
    received: parts.received,
    commitment: await sha256Hex(nonce),
  });
  parts.onGreeted?.();
  const hello = parts.hello ?? (await inbox.next('hello', signal));
  if (hello === null) return refusedOr(inbox, 'lost');
  const otherSide = parts.side === 'caller' ? 'callee' : 'caller';
  const expected = await proofOf(otherSide, prints.other, prints.own);
  const refusal = refusalOf(hello, parts.sessionId, expected);
  if (refusal) return refuse(link, refusal);

  link.send({ type: 'reveal', nonce });
  const reveal = await inbox.next('reveal', signal);
  if (reveal === null) return refusedOr(inbox, 'lost');
  if ((await sha256Hex(reveal.nonce)) !== hello.commitment) return refuse(link, 'untrusted');
  const text = verificationText([
    { fingerprint: prints.own, nonce },
    { fingerprint: prints.other, nonce: reveal.nonce },
  ]);
  return ok({
    received: hello.received,
    code: toVerificationCode(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text)))),
    otherFingerprint: prints.other,
  });
}

/** Tells the other end why, then closes. */
export function refuse(link: Link, reason: RefuseReason): { ok: false; reason: RefuseReason } {
  link.send({ type: 'refuse', reason });
  // A close in the same task would throw the message away with the channel.
  setTimeout(() => link.close(), 200);
  return fail(reason);
}

const refusedOr = (inbox: Inbox, otherwise: 'lost') => fail(inbox.refused() ?? otherwise);

function refusalOf(hello: Hello, sessionId: string, expectedProof: string): RefuseReason | null {
  if (hello.version !== PROTOCOL_VERSION) return 'version';
  if (hello.sessionId !== sessionId) return 'unknown-session';
  return hello.proof === expectedProof ? null : 'untrusted';
}

const encode = (text: string) => new TextEncoder().encode(text);

const sha256Hex = async (text: string) => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text))));

async function hmacHex(secret: string, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(text))));
}

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
