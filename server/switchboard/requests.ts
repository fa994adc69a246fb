import { ringVerdict } from '../../lib/desk/presence.ts';
import { findScenario } from '../../lib/desk/scenarios.ts';
import type { DeskReason, DeskRequest, Role, ScenarioCard } from '../../lib/protocol/desk-messages.ts';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import type { CodeDesk } from './code-desk.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Introductions } from './introductions.ts';
import type { Roster } from './roster.ts';
import type { Sessions } from './sessions.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** The request of somebody whose socket is authenticated. */
export type PersonRequest = Exclude<DeskRequest, { type: 'auth' | 'ping' }>;
type Request<T extends PersonRequest['type']> = Extract<PersonRequest, { type: T }>;

export interface Asker {
  readonly personId: string;
  readonly role: Role;
  /** Network address: guesses at codes are counted by it. */
  readonly address: string;
}

export interface RequestDeps {
  readonly roster: Roster;
  readonly sessions: Sessions;
  readonly room: WaitingRoom;
  readonly codes: CodeDesk;
  readonly introductions: Introductions;
  readonly dispatcher: Dispatcher;
  readonly scenarios: readonly ScenarioCard[];
  /** Origin for links. */
  readonly publicUrl: () => string;
}

/** Who may send what at all; whether it makes sense now is decided below. */
const ALLOWED: Readonly<Record<PersonRequest['type'], readonly Role[]>> = {
  status: ['expert', 'device'],
  'code.create': ['expert'],
  'code.cancel': ['expert'],
  'code.join': ['expert', 'customer', 'device'],
  help: ['customer', 'device'],
  'help.cancel': ['customer', 'device'],
  claim: ['expert'],
  call: ['expert'],
  answered: ['expert', 'customer', 'device'],
  declined: ['expert', 'customer', 'device'],
  cancel: ['expert', 'customer', 'device'],
  ended: ['expert', 'customer', 'device'],
};

type Reply = Result<unknown, DeskReason>;

/** Carries out requests. The value of a good reply is described by REPLY_VALUES. */
export function createRequestHandler(deps: RequestDeps): (asker: Asker, request: PersonRequest) => Reply {
  const { roster, sessions, room, codes, introductions, dispatcher, scenarios } = deps;

  function createCode({ personId }: Asker, { scenario }: Request<'code.create'>): Reply {
    const chosen = findScenario(scenarios, scenario);
    if (chosen === undefined) return fail('unknown-scenario');
    const { code, expiresAt } = codes.create(personId, chosen.id);
    return ok({ code, link: `${deps.publicUrl()}/j/${code}`, expiresAt });
  }

  function joinByCode(asker: Asker, { code, name, facts = [] }: Request<'code.join'>): Reply {
    const { personId, role } = asker;
    const found = codes.look(code, asker);
    if (!found.ok) return found;
    const { personId: calleeId, scenarioId } = found.value;
    const again = sessions.find(found.value.sessionId);
    if (again !== undefined) return ok(introductions.forCaller(again));
    if (found.value.usedBy !== null) return fail('used-code');
    if (calleeId === personId) return fail('not-allowed');
    // Whoever made a code waits for its user, whatever status they show to others.
    if (!roster.isHere(calleeId)) return fail('unavailable');
    if (role === 'customer') roster.rename(personId, name);
    if (role !== 'expert') endOthers(personId);
    const session = introductions.introduce({
      origin: 'code',
      callerId: personId,
      calleeId,
      scenarioId,
      facts,
      claimed: false,
    });
    codes.use(code, personId, session.sessionId);
    roster.send(calleeId, { type: 'code.used', code });
    return ok(introductions.forCaller(session));
  }

  function help({ personId, role }: Asker, { scenario, name, facts = [] }: Request<'help'>): Reply {
    if (findScenario(scenarios, scenario) === undefined) return fail('unknown-scenario');
    if (role === 'customer') roster.rename(personId, name);
    const waiting = room.find(personId);
    if (waiting !== undefined) return ok({ queueId: waiting.queueId });
    endOthers(personId);
    return ok({ queueId: room.join(personId, scenario, facts).queueId });
  }

  function call({ personId }: Asker, { to, scenario }: Request<'call'>): Reply {
    const chosen = findScenario(scenarios, scenario);
    if (chosen === undefined) return fail('unknown-scenario');
    if (to === personId || !roster.isMember(to)) return fail('unknown-person');
    const verdict = ringVerdict(roster.shown(to), sessions.isRinging(to));
    if (verdict !== 'ring') return fail(verdict);
    const who = { callerId: personId, calleeId: to };
    const session = introductions.introduce({
      ...{ ...who, origin: 'call', scenarioId: chosen.id, facts: [], claimed: false },
    });
    return ok(introductions.forCaller(session));
  }

  function settle(
    { personId }: Asker,
    { type, sessionId }: Request<'answered' | 'declined' | 'cancel' | 'ended'>,
  ): Reply {
    const before = sessions.step(sessionId, { type, by: personId });
    if (!before.ok) return before;
    if (type === 'answered') dispatcher.settle(before.value, 'answered');
    // A customer who gives up one ring still waits; who has had enough says help.cancel. The engines tell each other over
    // their own link, too, so that a decline often arrives here first as the customer's cancel.
    else if (before.value.state === 'ringing') dispatcher.settle(before.value, 'refused');
    return ok(undefined);
  }

  /** A customer who asks for help or joins has no other call any more, whatever the desk still thinks. */
  function endOthers(personId: string) {
    for (const { sessionId } of sessions.of(personId)) sessions.step(sessionId, { type: 'ended', by: personId });
  }

  function leaveQueue(personId: string): Reply {
    const ring = room.find(personId)?.ring;
    if (ring) sessions.step(ring.sessionId, { type: 'cancel', by: personId });
    room.leave(personId);
    return ok(undefined);
  }

  function carryOut(asker: Asker, request: PersonRequest): Reply {
    const { personId } = asker;
    switch (request.type) {
      case 'status':
        return ok(roster.setStatus(personId, request.status));
      case 'code.create':
        return createCode(asker, request);
      case 'code.cancel':
        return codes.cancel(personId, request.code) ? ok(undefined) : fail('unknown-code');
      case 'code.join':
        return joinByCode(asker, request);
      case 'help':
        return help(asker, request);
      case 'help.cancel':
        return leaveQueue(personId);
      case 'claim':
        return dispatcher.claim(personId, request.queueId);
      case 'call':
        return call(asker, request);
      default:
        return settle(asker, request);
    }
  }

  return (asker, request) => {
    if (!ALLOWED[request.type].includes(asker.role)) return fail('not-allowed');
    const reply = carryOut(asker, request);
    // Afterwards, so that the reply is on its way before an offer or ring that follows from it.
    queueMicrotask(dispatcher.route);
    return reply;
  };
}
