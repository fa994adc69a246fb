import { dialTimeoutMs, redialDelayMs } from '../call/backoff.ts';
import { type Delivery, nextConfirmed, nextReceived, nextSent } from '../call/delivery.ts';
import { decodeSessionMessage } from '../protocol/decode.ts';
import { HEARTBEAT_MS, LOSS_AFTER_MS } from '../protocol/limits.ts';
import type { LinkMessage, SessionMessage } from '../protocol/peer-messages.ts';
import { type Hub, type Link, TAPS } from '../rtc/link.ts';
import type { Clock } from '../shared/clock.ts';
import { type Hello, type Proven, type RefuseReason, shakeHands, type Side } from './handshake.ts';
import { createInbox, type Inbox } from './inbox.ts';

export interface SessionParts {
  readonly sessionId: string;
  readonly secret: string;
  readonly side: Side;
  readonly name: string;
  readonly remotePeerId: string;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly delivery: Delivery<SessionMessage>;
  /** Resolves as soon as the desk answers a fresh connection (false: `signal` aborted): the path is back. */
  readonly whenDeskReachable: (signal: AbortSignal) => Promise<boolean>;
  /** Keeps `delivery`, so that a reload goes on where it was. A message is confirmed only after this resolves. */
  readonly save: (delivery: Delivery<SessionMessage>) => Promise<void>;
  readonly onLinked: (link: Link, proven: Proven | null) => void;
  readonly onLost: () => void;
  readonly onMessage: (message: SessionMessage) => void;
  /** The other end will not have us; dialling again is of no use. */
  readonly onRefused: (reason: RefuseReason) => void;
}

/** A session: outlives its links. Sends numbered messages, watches the link, and makes a new one when it is gone. */
export interface Session {
  readonly sessionId: string;
  link(): Link | null;
  send(message: SessionMessage): void;
  /** Begins dialling (the caller's end), or waits to be dialled. */
  start(): void;
  /** A link that the other end dialled, with its hello. */
  accept(link: Link, inbox: Inbox, hello: Hello): void;
  /** Messages that were dropped since the beginning, because they were malformed or out of order. */
  rejected(): number;
  /** Waits up to a second for what was sent to be confirmed, then closes for good. */
  finish(): Promise<void>;
}

const FLUSH_TIMEOUT_MS = 1_000;
/** A browser is busy for tens of ms with closing a connection, just when the new one should bring its first picture. */
const RETIRE_MS = 1_000;

export function createSession(parts: SessionParts): Session {
  const { clock, hub } = parts;
  const over = new AbortController();
  let delivery = parts.delivery;
  let current: Link | null = null;
  let lost = true;
  let recovering = false;
  let rejected = 0;
  let flushed = () => undefined as void;
  let hurry = new AbortController();

  const isLost = () => lost;
  const store = (next: Delivery<SessionMessage>) => {
    delivery = next;
    return parts.save(next);
  };

  const receiveNumbered = (link: Link, message: Extract<LinkMessage, { type: 'numbered' }>) => {
    const next = nextReceived(delivery, message.seq);
    if (next.outcome === 'gap') return link.close();
    const decoded = decodeSessionMessage(message.body);
    // Counted before it is handled: handling may send, and what it sends is numbered from here on.
    delivery = next.delivery;
    if (next.outcome === 'deliver') {
      if (decoded.ok) parts.onMessage(decoded.value);
      else if (decoded.reason !== 'unknown-type') rejected += 1;
    }
    const { seq } = message;
    void store(delivery).then(() => link.send({ type: 'received', seq }));
  };

  const receive = (link: Link, message: LinkMessage) => {
    if (message.type === 'ping') link.send({ type: 'pong', at: message.at });
    else if (message.type === 'numbered') receiveNumbered(link, message);
    else if (message.type === 'received') {
      void store(nextConfirmed(delivery, message.seq));
      if (delivery.pending.length === 0) flushed();
    } else if (message.type === 'refuse') parts.onRefused(message.reason);
    else if (message.type !== 'pong') rejected += 1;
  };

  const adopt = (link: Link, inbox: Inbox, proven: Proven) => {
    if (over.signal.aborted) return link.close();
    const previous = current;
    current = link;
    if (previous) retire(previous);
    lost = false;
    delivery = nextConfirmed(delivery, proven.received);
    for (const { seq, body } of delivery.pending) link.send({ type: 'numbered', seq, body });
    parts.onLinked(link, proven);
    inbox.stream((message) => receive(link, message));
    link.closed.addEventListener('abort', () => link === current && lose(false), { once: true });
    clock.every(HEARTBEAT_MS, () => watch(link), AbortSignal.any([link.closed, over.signal]));
  };

  const retire = (link: Link) => {
    if (link.closed.aborted) return;
    // What the person stops from now on is stopped on the new link only.
    for (const tap of TAPS) void link.taps.send(tap, null);
    const close = () => link.close();
    clock.after(RETIRE_MS, close, over.signal);
    over.signal.addEventListener('abort', close, { once: true });
  };

  const watch = (link: Link) => {
    if (link !== current) return;
    link.send({ type: 'ping', at: clock.now() });
    const isSilent = clock.now() - link.heardAt() > LOSS_AFTER_MS;
    if (isSilent && !lost) lose(true);
    else if (!isSilent && lost) {
      // It came back by itself before a new one was made.
      lost = false;
      parts.onLinked(link, null);
    }
  };

  const lose = (afterSilence: boolean) => {
    if (over.signal.aborted) return;
    if (!lost) {
      lost = true;
      parts.onLost();
    }
    if (!recovering) void recover(afterSilence);
  };

  /** While there is no link: find out when the desk can be reached, renew signalling if that may be stale, and dial. */
  const recover = async (afterSilence: boolean) => {
    recovering = true;
    let isStale = afterSilence;
    for (let attempt = 0; isLost() && !over.signal.aborted; attempt += 1) {
      if (isStale || attempt > 0) {
        const reachable = await parts.whenDeskReachable(over.signal);
        if (!reachable || !lost) continue;
      }
      if (isStale) hub.refresh(parts.remotePeerId);
      isStale = false;
      if (parts.side === 'caller') await dial(dialTimeoutMs(attempt));
      if (hurry.signal.aborted) {
        hurry = new AbortController();
        attempt = -1;
      } else if (lost) await pause(redialDelayMs(attempt));
    }
    recovering = false;
  };

  const dial = async (timeoutMs: number) => {
    const timeout = new AbortController();
    clock.after(timeoutMs, () => timeout.abort(), over.signal);
    const dialled = await hub.dial(parts.remotePeerId, AbortSignal.any([over.signal, timeout.signal, hurry.signal]));
    if (!dialled.ok) return;
    // The old link may have come back by itself meanwhile.
    if (!lost) return dialled.value.close();
    await greet(dialled.value, createInbox(dialled.value));
  };

  const greet = async (link: Link, inbox: Inbox, hello?: Hello) => {
    const shaken = await shakeHands({
      link,
      inbox,
      sessionId: parts.sessionId,
      secret: parts.secret,
      side: parts.side,
      name: parts.name,
      received: delivery.received,
      clock,
      // The initiator offers, the other end waits for the offer: a round trip less than after the proof. Who the other end is
      // decides what goes into the taps, and that is nothing before `adopt`.
      onGreeted: () => void (link.closed.aborted || link.taps.open()),
      ...(hello && { hello }),
    });
    if (shaken.ok) return adopt(link, inbox, shaken.value);
    link.close();
    if (shaken.reason !== 'lost' && shaken.reason !== 'unknown-session') parts.onRefused(shaken.reason);
  };

  // The other end has new signalling: what it was sent is lost, so begin anew at once.
  const release = hub.onMissed((peerId) => peerId === parts.remotePeerId && lost && hurry.abort());

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const either = AbortSignal.any([over.signal, hurry.signal]);
      clock.after(ms, resolve, either);
      either.addEventListener('abort', () => resolve(), { once: true });
    });

  return {
    sessionId: parts.sessionId,
    link: () => current,
    send(message) {
      const next = nextSent(delivery, message);
      void store(next.delivery);
      if (!lost) current?.send({ type: 'numbered', ...next.message });
    },
    start: () => lose(false),
    accept: (link, inbox, hello) => void greet(link, inbox, hello),
    rejected: () => rejected + (current?.rejected() ?? 0),
    async finish() {
      if (!lost && delivery.pending.length > 0) {
        await new Promise<void>((resolve) => {
          flushed = resolve;
          clock.after(FLUSH_TIMEOUT_MS, resolve, over.signal);
        });
      }
      over.abort();
      release();
      current?.close();
    },
  };
}
