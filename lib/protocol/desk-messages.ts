/**
 * Everything a client and the desk say to each other: HTTP bodies and the frames of the `/desk` socket.
 * One schema a message; both sides decode with the same schemas. Media, page content and chat have no message here.
 */
import * as v from 'valibot';
import { MAX_FACTS, MAX_FACT_CHARS, MAX_NAME_CHARS } from './limits.ts';
import { DeskMaskingRules } from './masking-rules.ts';

const Id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/));
const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME_CHARS));
const Secret = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_.-]{16,512}$/));
const Millis = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `expert` and `device` are enrolled by an invitation; `customer` is anyone who asks for help or joins by a code. */
export const Role = v.picklist(['expert', 'customer', 'device']);
export type Role = v.InferOutput<typeof Role>;

/** What a person sets, plus the two that the engine sets by itself. */
export const Presence = v.picklist(['available', 'busy', 'away', 'offline', 'on-call', 'wrap-up']);
export type Presence = v.InferOutput<typeof Presence>;

/** One line of "Caller information". `source` tells whether the browser or the link said it. */
export const Fact = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9_. -]{0,39}$/)),
  value: v.pipe(v.string(), v.maxLength(MAX_FACT_CHARS)),
  source: v.picklist(['collected', 'link']),
});
export type Fact = v.InferOutput<typeof Fact>;
export const Facts = v.pipe(v.array(Fact), v.maxLength(MAX_FACTS));

/** A person as others see them. */
export const PersonCard = v.strictObject({ personId: Id, name: Name, role: Role, team: v.optional(Name) });
export type PersonCard = v.InferOutput<typeof PersonCard>;

export const ScenarioCard = v.strictObject({ id: Id, name: Name });
export type ScenarioCard = v.InferOutput<typeof ScenarioCard>;

// ---- HTTP ----

export const DeskConfig = v.strictObject({
  deskName: Name,
  protocol: v.strictObject({ min: v.number(), max: v.number() }),
  scenarios: v.array(v.object({ id: v.string(), name: Name })),
});
export type DeskConfig = v.InferOutput<typeof DeskConfig>;

/** POST /api/enrol: an invitation (one use) becomes a key. */
export const EnrolRequest = v.strictObject({ invite: Secret, name: v.optional(Name) });
/** POST /api/guest: an identity for somebody without an invitation; forgotten by the desk 12 hours after last use. */
export const GuestRequest = v.strictObject({ name: Name });
export const Credentials = v.strictObject({
  personId: Id,
  key: Secret,
  role: Role,
  name: Name,
  deskName: Name,
});
export type Credentials = v.InferOutput<typeof Credentials>;

/** POST /api/admit: a key becomes a short-lived ticket. `peerId` asks to keep an id while a session may resume. */
export const AdmitRequest = v.strictObject({ personId: Id, key: Secret, peerId: v.optional(Id) });
export const IceServer = v.strictObject({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
export const Admission = v.strictObject({
  peerId: Id,
  /** PeerJS `token` and first frame of the desk socket; bound to `peerId`, valid for about 60 s. */
  ticket: Secret,
  iceServers: v.array(IceServer),
  /** When the TURN credentials end, epoch ms; 0 when there are none. */
  iceExpiresAt: Millis,
});
export type Admission = v.InferOutput<typeof Admission>;

/** Body of every HTTP answer that is not 2xx. */
export const HttpError = v.object({ reason: v.string(), message: v.string() });

// ---- socket: client to desk ----

const request = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.strictObject({ type: v.literal(type), id: v.pipe(v.number(), v.integer()), ...entries });

const Code = v.pipe(v.string(), v.regex(/^\d{9}$/));

export const DeskRequest = v.variant('type', [
  v.strictObject({ type: v.literal('auth'), ticket: Secret, protocol: v.number() }),
  /** Renews the lease (LEASE_RENEW_MS). */
  request('ping', {}),
  request('status', { status: Presence }),
  request('code.create', { scenario: v.optional(Id) }),
  request('code.cancel', { code: Code }),
  request('code.join', { code: Code, name: Name, facts: v.optional(Facts) }),
  request('help', { scenario: Id, name: Name, facts: v.optional(Facts) }),
  request('help.cancel', {}),
  /** An expert takes a waiting customer out of turn. */
  request('claim', { queueId: Id }),
  request('call', { to: Id, scenario: v.optional(Id) }),
  request('answered', { sessionId: Id }),
  request('declined', { sessionId: Id }),
  request('cancel', { sessionId: Id }),
  request('ended', { sessionId: Id }),
]);
export type DeskRequest = v.InferOutput<typeof DeskRequest>;

// ---- socket: desk to client ----

export const DirectoryEntry = v.strictObject({ ...PersonCard.entries, presence: Presence });
export type DirectoryEntry = v.InferOutput<typeof DirectoryEntry>;

export const WaitingEntry = v.strictObject({
  queueId: Id,
  name: Name,
  scenario: ScenarioCard,
  since: Millis,
  /** True while it rings at some expert. */
  ringing: v.boolean(),
});
export type WaitingEntry = v.InferOutput<typeof WaitingEntry>;

/** What both ends of a new engagement are told; `secret` proves to the other side that the desk introduced you. */
export const Introduction = v.strictObject({
  sessionId: Id,
  secret: Secret,
  /** The other person. */
  person: PersonCard,
  /** Where PeerJS finds them. */
  peerId: Id,
  scenario: ScenarioCard,
  facts: Facts,
});
export type Introduction = v.InferOutput<typeof Introduction>;

export const SessionCodeValue = v.strictObject({ code: Code, link: v.string(), expiresAt: Millis });

/** What `help` answers: the place in the queue that `queue` events speak of. */
export const QueueTicket = v.strictObject({ queueId: Id });
export type QueueTicket = v.InferOutput<typeof QueueTicket>;

/** The `value` of a good reply, for the requests that have one. */
export const REPLY_VALUES = {
  'code.create': SessionCodeValue,
  'code.join': Introduction,
  call: Introduction,
  help: QueueTicket,
} as const;

export const GoneReason = v.picklist(['cancelled', 'declined', 'missed', 'answered-elsewhere', 'unavailable', 'ended']);

export const DeskReason = v.picklist([
  'bad-message',
  'bad-ticket',
  'protocol-too-old',
  'protocol-too-new',
  'not-allowed',
  'unknown-code',
  'expired-code',
  'used-code',
  'too-many-guesses',
  'too-many-requests',
  'unknown-person',
  'unavailable',
  'busy',
  'unknown-invite',
  'used-invite',
  'unknown-scenario',
  'unknown-session',
  'already-claimed',
  'displaced',
  'shutting-down',
]);
export type DeskReason = v.InferOutput<typeof DeskReason>;

export const DeskEvent = v.variant('type', [
  v.strictObject({
    type: v.literal('welcome'),
    person: PersonCard,
    presence: Presence,
    scenarios: v.array(ScenarioCard),
    /** The policy's rules; absent when there are none. */
    masking: v.optional(DeskMaskingRules),
  }),
  v.strictObject({
    type: v.literal('reply'),
    id: v.number(),
    ok: v.boolean(),
    reason: v.optional(DeskReason),
    value: v.optional(v.unknown()),
  }),
  /** Experts only. The whole list first, then changes. */
  v.strictObject({ type: v.literal('directory'), people: v.array(DirectoryEntry) }),
  v.strictObject({ type: v.literal('directory.change'), person: DirectoryEntry }),
  v.strictObject({ type: v.literal('directory.gone'), personId: Id }),
  v.strictObject({ type: v.literal('waiting'), entries: v.array(WaitingEntry) }),
  /** One's own place in the queue, 1 is next. */
  v.strictObject({ type: v.literal('queue'), position: v.number() }),
  /** Callee: somebody rings. `claimed`: this expert pressed Answer in the waiting list, so the call opens by itself. */
  v.strictObject({
    type: v.literal('ring'),
    introduction: Introduction,
    claimed: v.boolean(),
    expiresAt: Millis,
  }),
  /** A waiting customer is given an expert to dial. */
  v.strictObject({ type: v.literal('offer'), introduction: Introduction }),
  v.strictObject({ type: v.literal('gone'), sessionId: Id, reason: GoneReason }),
  /** The session code was used. */
  v.strictObject({ type: v.literal('code.used'), code: Code }),
  /** The desk is about to close this socket, and why. */
  v.strictObject({ type: v.literal('closing'), reason: DeskReason }),
]);
export type DeskEvent = v.InferOutput<typeof DeskEvent>;
