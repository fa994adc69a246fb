import type { Logger } from 'pino';
import * as v from 'valibot';
import { nextSession, type SessionEvent } from '../../lib/desk/session.ts';
import { Facts, type DeskReason, type GoneReason } from '../../lib/protocol/desk-messages.ts';
import { LEASE_MS, RESUME_WINDOW_MS, RING_TIMEOUT_MS } from '../../lib/protocol/limits.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import { createId } from '../../lib/shared/ids.ts';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import type { Database } from '../store/database.ts';
import { createDocuments } from '../store/documents.ts';

const StoredSession = v.object({
  sessionId: v.string(),
  secret: v.string(),
  callerId: v.string(),
  calleeId: v.string(),
  callerPeerId: v.string(),
  calleePeerId: v.string(),
  state: v.picklist(['ringing', 'active']),
  origin: v.picklist(['code', 'queue', 'call']),
  scenarioId: v.string(),
  facts: Facts,
  claimed: v.boolean(),
  ringEndsAt: v.number(),
});
export type StoredSession = v.InferOutput<typeof StoredSession>;

export interface Sessions {
  open(parts: Omit<StoredSession, 'secret' | 'state' | 'ringEndsAt'>): StoredSession;
  find(sessionId: string | null): StoredSession | undefined;
  of(personId: string): StoredSession[];
  /** Applies the event, tells whoever has to know, and answers the session as it was before. */
  step(sessionId: string, event: SessionEvent): Result<StoredSession, DeskReason>;
  isRinging(personId: string): boolean;
  isInCall(personId: string): boolean;
  areIntroduced(personId: string, otherId: string): boolean;
  ringing(): StoredSession[];
  /** Forgets calls of which one side has been away for longer than a session may be resumed. */
  sweep(isHere: (personId: string) => boolean): void;
  count(state: StoredSession['state']): number;
}

interface SessionsDeps {
  readonly db: Database;
  readonly log: Logger;
  readonly clock: Clock;
  readonly onGone: (personId: string, sessionId: string, reason: v.InferOutput<typeof GoneReason>) => void;
  /** After each change: somebody's presence may look different now. `wasCall`: it was answered and is over. */
  readonly onChange: (session: StoredSession, wasCall: boolean) => void;
}

/** Who is introduced to whom, in memory and written through to the store. */
export function createSessions({ db, clock, log, onGone, onChange }: SessionsDeps): Sessions {
  const documents = createDocuments(db, 'sessions', StoredSession);
  const byId = new Map<string, StoredSession>();
  const byPerson = new Map<string, Set<string>>();
  const missingSince = new Map<string, number>();

  function put(session: StoredSession) {
    byId.set(session.sessionId, session);
    for (const personId of [session.callerId, session.calleeId])
      byPerson.set(personId, (byPerson.get(personId) ?? new Set()).add(session.sessionId));
  }

  function remove({ sessionId, callerId, calleeId }: StoredSession) {
    byId.delete(sessionId);
    missingSince.delete(sessionId);
    documents.remove(sessionId);
    for (const personId of [callerId, calleeId]) {
      const ids = byPerson.get(personId);
      ids?.delete(sessionId);
      if (ids?.size === 0) byPerson.delete(personId);
    }
  }

  // Who rang when the desk stopped may have answered meanwhile, and gets the time of a lease to say so.
  const soonest = clock.now() + LEASE_MS;
  for (const session of documents.all()) put({ ...session, ringEndsAt: Math.max(session.ringEndsAt, soonest) });
  const of = (personId: string) => [...(byPerson.get(personId) ?? [])].flatMap((id) => byId.get(id) ?? []);

  return {
    open(parts) {
      const made = { secret: createId(256), ringEndsAt: clock.now() + RING_TIMEOUT_MS };
      const session: StoredSession = { ...parts, ...made, state: 'ringing' };
      put(session);
      documents.put(session.sessionId, session);
      log.info({ session: session.sessionId, origin: session.origin }, 'introduced');
      onChange(session, false);
      return session;
    },
    find: (sessionId) => (sessionId === null ? undefined : byId.get(sessionId)),
    of,
    step(sessionId, event) {
      const session = byId.get(sessionId);
      if (session === undefined) return fail('unknown-session');
      const next = nextSession(session, event);
      // Somebody else's session looks like one that doesn't exist.
      if (!next.ok) return fail('by' in event && !isIn(session, event.by) ? 'unknown-session' : next.reason);
      const changed = next.value.session;
      if (changed === null) remove(session);
      else if (changed !== session) {
        put(changed);
        documents.put(sessionId, changed);
      }
      if (changed !== session) log.info({ session: sessionId, event: event.type }, changed ? 'answered' : 'over');
      for (const { to, reason } of next.value.gone) onGone(to, sessionId, reason);
      onChange(session, changed === null && session.state === 'active');
      return ok(session);
    },
    isRinging: (personId) => of(personId).some(({ state }) => state === 'ringing'),
    isInCall: (personId) => of(personId).some(({ state }) => state === 'active'),
    areIntroduced(personId, otherId) {
      // Asked for every signal that is passed on: without building lists.
      for (const sessionId of byPerson.get(personId) ?? []) {
        const session = byId.get(sessionId);
        if (session !== undefined && isIn(session, otherId)) return true;
      }
      return false;
    },
    ringing: () => [...byId.values()].filter(({ state }) => state === 'ringing'),
    sweep(isHere) {
      const now = clock.now();
      for (const session of [...byId.values()]) {
        const { sessionId, callerId, calleeId } = session;
        if (isHere(callerId) && isHere(calleeId)) missingSince.delete(sessionId);
        const since = missingSince.get(sessionId) ?? now;
        if (!isHere(callerId) || !isHere(calleeId)) missingSince.set(sessionId, since);
        if (now - since <= RESUME_WINDOW_MS) continue;
        remove(session);
        onChange(session, true);
      }
    },
    count: (state) => [...byId.values()].filter((session) => session.state === state).length,
  };
}

const isIn = ({ callerId, calleeId }: StoredSession, personId: string) =>
  callerId === personId || calleeId === personId;
