import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Delivery, emptyDelivery } from '../call/delivery.ts';
import { mayReceive } from '../call/may-receive.ts';
import { type EndReason, isFree, nextPhase, type Phase, type PhaseEvent } from '../call/phase.ts';
import type { Introduction } from '../protocol/desk-messages.ts';
import { RESUME_WINDOW_MS, RING_TIMEOUT_MS } from '../protocol/limits.ts';
import type { SessionMessage } from '../protocol/peer-messages.ts';
import type { Hub, Link } from '../rtc/link.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort, MessageOf } from '../state/call-port.ts';
import type { SessionRecord } from '../store/records.ts';
import type { RefuseReason } from './handshake.ts';
import { createReception } from './reception.ts';
import { createSession, type Session } from './session.ts';

/** The call itself, without the subjects that ride on it: phase, session, who may say what. */
export interface Call extends CallPort {
  readonly verification: ReadonlySignal<readonly string[] | null>;
  readonly verified: Signal<boolean>;
  readonly pause: ReadonlySignal<{ readonly by: string; readonly mine: boolean } | null>;
  /** What the desk said about the other person. */
  readonly introduced: ReadonlySignal<Introduction | null>;
  /** A call begins here. Does nothing while there is one. Returns false then. */
  begin(introduction: Introduction, direction: 'incoming' | 'outgoing', answering: boolean): boolean;
  resume(record: SessionRecord): void;
  /** Whether an offer of this peer may be answered now. */
  mayAnswer(remotePeerId: string): 'yes' | 'hold' | 'no';
  /** A link somebody dialled. */
  receive(link: Link): void;
  answer(): void;
  setPaused(on: boolean): void;
  /** Ends it here; `message` tells the other side. */
  end(reason: EndReason, mine: boolean, message: SessionMessage | null): void;
  dismiss(): void;
  rejected(): number;
}

export interface CallParts {
  readonly hub: () => Hub | null;
  readonly clock: Clock;
  readonly ownName: () => string;
  readonly whenDeskReachable: (signal: AbortSignal) => Promise<boolean>;
  readonly hideAddressUntilAnswer: () => boolean;
  /** Stores the session, with what the subjects add. Null: it is over. */
  readonly save: (record: Omit<SessionRecord, 'chat'> | null) => Promise<void>;
}

type Handler = (message: SessionMessage, from: Introduction['person']) => void;

export function createCall(parts: CallParts): Call {
  const { clock } = parts;
  const phase = signal<Phase>({ kind: 'idle' });
  const link = signal<Link | null>(null);
  const pause = signal<{ by: string; mine: boolean } | null>(null);
  const pending = signal<readonly SessionMessage[]>([]);
  const verification = signal<readonly string[] | null>(null);
  const verified = signal(false);
  const introduced = signal<Introduction | null>(null);
  const handlers = new Map<SessionMessage['type'], Handler[]>();
  const reception = createReception(clock, () => session);
  let session: Session | null = null;
  let direction: 'incoming' | 'outgoing' = 'outgoing';
  let otherFingerprint = '';
  let refused = 0;

  const dispatch = (event: PhaseEvent) => {
    const before = phase.peek();
    phase.value = nextPhase(before, event);
    return phase.peek() !== before;
  };

  const open = (
    introduction: Introduction,
    way: 'incoming' | 'outgoing',
    delivery: Delivery<SessionMessage>,
    startedAt: number,
  ) => {
    const hub = parts.hub();
    if (!hub) return;
    direction = way;
    introduced.value = introduction;
    pending.value = delivery.pending.map(({ body }) => body);
    const { sessionId, secret, person, scenario, peerId, facts } = introduction;
    const side = way === 'outgoing' ? 'caller' : 'callee';
    session = createSession({
      sessionId,
      secret,
      side,
      name: parts.ownName(),
      remotePeerId: peerId,
      hub,
      clock,
      delivery,
      whenDeskReachable: parts.whenDeskReachable,
      async save(next) {
        pending.value = next.pending.map(({ body }) => body);
        const now = phase.peek();
        if (now.kind !== 'active') return;
        await parts.save({
          sessionId,
          secret,
          side,
          direction: way,
          person,
          scenario,
          facts,
          remotePeerId: peerId,
          startedAt: startedAt || now.startedAt,
          aliveAt: clock.now(),
          delivery: { ...next, pending: [...next.pending] },
        });
      },
      onLinked(now, proven) {
        if (proven) {
          if (otherFingerprint !== proven.otherFingerprint || verification.peek() === null) {
            verification.value = proven.code;
            verified.value = false;
          }
          otherFingerprint = proven.otherFingerprint;
        }
        link.value = now;
        const wasRinging = phase.peek().kind === 'ringing';
        dispatch({ type: 'linked', at: clock.now() });
        if (wasRinging && phase.peek().kind === 'active') tellAnswer();
      },
      onLost() {
        link.value = null;
        dispatch({ type: 'link-lost', at: clock.now() });
      },
      onMessage: receiveMessage,
      onRefused,
    });
    reception.look();
  };

  const receiveMessage = (message: SessionMessage) => {
    const from = introduced.peek()?.person;
    if (!from) return;
    if (!mayReceive(message.type, phase.peek().kind, direction === 'outgoing' ? 'callee' : 'caller')) {
      refused += 1;
      return;
    }
    for (const run of handlers.get(message.type) ?? []) run(message, from);
  };

  const onRefused = (reason: RefuseReason) => {
    if (reason === 'unknown-session') return;
    end(reason === 'ended' ? 'exited' : reason, false, null);
  };

  const tellAnswer = () => session?.send({ type: 'answer', at: clock.now() });

  const end = (reason: EndReason, mine: boolean, message: SessionMessage | null) => {
    if (isFree(phase.peek())) return;
    const leaving = session;
    if (message) leaving?.send(message);
    if (leaving) reception.forget(leaving.sessionId);
    session = null;
    pause.value = null;
    dispatch({ type: 'end', at: clock.now(), reason, mine });
    link.value = null;
    verification.value = null;
    otherFingerprint = '';
    void leaving?.finish();
    void parts.save(null);
  };

  const on = <T extends SessionMessage['type']>(
    type: T,
    run: (message: MessageOf<T>, from: Introduction['person']) => void,
  ) => {
    // The map is keyed by the message's own type, so `run` only ever sees its own kind.
    handlers.set(type, [...(handlers.get(type) ?? []), run as Handler]);
  };

  on('answer', () => dispatch({ type: 'answered', at: clock.now() }));
  on('decline', () => end('declined', false, null));
  on('cancel', ({ reason }) => end(reason, false, null));
  on('exit', () => end('exited', false, null));
  on('leave', () => end('left', false, null));
  on('pause', (message, from) => {
    const current = pause.peek();
    if (message.on) pause.value = current ?? { by: from.name, mine: false };
    else if (current) pause.value = null;
  });

  // Nobody answers, or nobody comes back: both end by themselves.
  effect(() => {
    const now = phase.value;
    const over = new AbortController();
    if (now.kind === 'dialling') {
      clock.after(remaining(now.since, RING_TIMEOUT_MS), () => giveUp(), over.signal);
    } else if (now.kind === 'ringing') {
      // A little longer than the caller's, so that the caller's word arrives first.
      clock.after(remaining(now.since, RING_TIMEOUT_MS + 1_000), () => end('missed', false, null), over.signal);
    } else if (now.kind === 'active' && now.lostSince !== null) {
      clock.after(remaining(now.lostSince, RESUME_WINDOW_MS), () => end('lost', false, null), over.signal);
    }
    return () => over.abort();
  });
  const remaining = (since: number, limitMs: number) => Math.max(0, since + limitMs - clock.now());
  const giveUp = () => end(link.peek() ? 'missed' : 'unavailable', true, { type: 'cancel', reason: 'missed' });

  return {
    phase,
    link,
    pending,
    pause,
    paused: computed(() => pause.value !== null),
    verification,
    verified,
    introduced,
    on,
    send: (message) => session?.send(message),
    begin(introduction, way, answering) {
      const { sessionId, person, scenario } = introduction;
      const about = { at: clock.now(), sessionId, person, scenario };
      const began = dispatch(way === 'outgoing' ? { type: 'dial', ...about } : { type: 'ring', answering, ...about });
      if (!began) return false;
      open(introduction, way, emptyDelivery(), 0);
      session?.start();
      return true;
    },
    resume(record) {
      const { sessionId, secret, person, scenario, remotePeerId, facts, startedAt } = record;
      const about = { sessionId, person, scenario };
      if (!dispatch({ type: 'resume', at: clock.now(), direction: record.direction, startedAt, ...about })) return;
      const introduction = { sessionId, secret, person, scenario, peerId: remotePeerId, facts };
      open(introduction, record.direction, record.delivery, startedAt);
      session?.start();
    },
    mayAnswer(remotePeerId) {
      const known = introduced.peek();
      if (!session || !known || known.peerId !== remotePeerId) return 'hold';
      const now = phase.peek();
      return parts.hideAddressUntilAnswer() && now.kind === 'ringing' && !now.answering ? 'hold' : 'yes';
    },
    receive: reception.receive,
    answer() {
      if (!dispatch({ type: 'answer', at: clock.now() })) return;
      if (phase.peek().kind === 'active') tellAnswer();
      else parts.hub()?.reconsider();
    },
    setPaused(on) {
      if (phase.peek().kind !== 'active' || on === (pause.peek() !== null)) return;
      pause.value = on ? { by: parts.ownName(), mine: true } : null;
      session?.send({ type: 'pause', on });
    },
    end,
    dismiss: () => void dispatch({ type: 'dismiss' }),
    rejected: () => refused + (session?.rejected() ?? 0),
  };
}
