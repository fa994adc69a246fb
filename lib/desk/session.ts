import type { GoneReason } from '../protocol/desk-messages.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type * as v from 'valibot';

/** Both ends stop a ring by themselves; the desk waits a little longer, for an answer in the last moment to arrive. */
export const RING_GRACE_MS = 2_000;

/** What the desk knows of an engagement: who was introduced to whom. The call itself is none of its business. */
export interface DeskSession {
  readonly sessionId: string;
  readonly callerId: string;
  readonly calleeId: string;
  readonly state: 'ringing' | 'active';
}

export type SessionEvent =
  | { readonly type: 'answered' | 'declined' | 'cancel' | 'ended'; readonly by: string }
  /** Nobody answered in time. */
  | { readonly type: 'rung-out' }
  /** Another expert claimed the customer. */
  | { readonly type: 'taken-over' }
  /** Somebody's lease ran out while it rang. */
  | { readonly type: 'lost'; readonly who: string };

export interface Goodbye {
  readonly to: string;
  readonly reason: v.InferOutput<typeof GoneReason>;
}

/** `session: null` when it is over; `gone` says who has to be told. */
export interface SessionStep<S extends DeskSession> {
  readonly session: S | null;
  readonly gone: readonly Goodbye[];
}

export function nextSession<S extends DeskSession>(
  session: S,
  event: SessionEvent,
): Result<SessionStep<S>, 'not-allowed'> {
  const { callerId, calleeId, state } = session;
  const over = (...gone: Goodbye[]) => ok({ session: null, gone });
  const same = ok({ session, gone: [] });
  if ('by' in event && event.by !== callerId && event.by !== calleeId) return fail('not-allowed');
  switch (event.type) {
    case 'answered':
      return event.by === calleeId ? ok({ session: { ...session, state: 'active' }, gone: [] }) : fail('not-allowed');
    case 'declined':
      if (event.by !== calleeId || state !== 'ringing') return fail('not-allowed');
      return over({ to: callerId, reason: 'declined' });
    case 'cancel':
      if (event.by !== callerId || state !== 'ringing') return fail('not-allowed');
      return over({ to: calleeId, reason: 'cancelled' });
    case 'ended':
      if (event.by === callerId) return over({ to: calleeId, reason: state === 'ringing' ? 'cancelled' : 'ended' });
      return over({ to: callerId, reason: state === 'ringing' ? 'declined' : 'ended' });
    case 'rung-out':
      if (state !== 'ringing') return same;
      return over({ to: callerId, reason: 'missed' }, { to: calleeId, reason: 'missed' });
    case 'taken-over':
      if (state !== 'ringing') return same;
      return over({ to: callerId, reason: 'answered-elsewhere' }, { to: calleeId, reason: 'answered-elsewhere' });
    case 'lost':
      if (state !== 'ringing') return same;
      return event.who === callerId
        ? over({ to: calleeId, reason: 'cancelled' })
        : over({ to: callerId, reason: 'unavailable' });
  }
}
