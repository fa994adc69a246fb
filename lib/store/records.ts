/** The shapes of what is stored. Older or damaged records that no longer fit are dropped, never half read. */
import * as v from 'valibot';
import { EpochMs, ShortId } from '../protocol/call-messages.ts';
import { Credentials, Facts, PersonCard, ScenarioCard } from '../protocol/desk-messages.ts';
import { MAX_STILL_BYTES, MAX_STILL_INK } from '../protocol/ink-limits.ts';
import { FinishedStroke } from '../protocol/ink-messages.ts';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { DeskMaskingRules, MaskingRules } from '../protocol/masking-rules.ts';
import { SessionMessage } from '../protocol/peer-messages.ts';
import { PICTURE_TYPES } from '../protocol/still-messages.ts';

export const SettingsRecord = v.object({
  deskUrl: v.pipe(v.string(), v.maxLength(500)),
  name: v.pipe(v.string(), v.maxLength(80)),
  ring: v.object({
    sound: v.boolean(),
    notification: v.boolean(),
    volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  hideAddressUntilAnswer: v.boolean(),
  relayOnly: v.boolean(),
  language: v.picklist(['auto', 'en', 'de', 'ar']),
  masking: v.optional(MaskingRules, []),
});

/** What the desk's policy said last: it holds also before the desk is reached again. */
export const DeskMaskingRecord = DeskMaskingRules;

export const CredentialsRecord = v.object({ credentials: Credentials, deskUrl: v.string() });

/** The id under which PeerJS finds this side; kept so that a session may resume after a reload. */
export const PeerIdRecord = v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/));

export const DevicesRecord = v.object({ mic: v.string(), camera: v.string(), speaker: v.string() });

export const ChatRecord = v.object({
  id: ShortId,
  mine: v.boolean(),
  author: v.string(),
  text: v.pipe(v.string(), v.maxLength(MAX_CHAT_CHARS)),
  at: EpochMs,
  delivery: v.picklist(['sending', 'delivered', 'seen']),
  stillId: v.optional(ShortId),
});

const Counter = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A session as it stands, so that a reload or a crash within the resume window goes on with it. */
export const SessionRecord = v.object({
  sessionId: ShortId,
  secret: v.string(),
  side: v.picklist(['caller', 'callee']),
  direction: v.picklist(['incoming', 'outgoing']),
  person: PersonCard,
  scenario: ScenarioCard,
  remotePeerId: v.string(),
  startedAt: EpochMs,
  /** Last time it was seen alive. */
  aliveAt: EpochMs,
  facts: Facts,
  delivery: v.object({
    sent: Counter,
    received: Counter,
    pending: v.array(v.object({ seq: Counter, body: SessionMessage })),
  }),
  chat: v.array(ChatRecord),
});
export type SessionRecord = v.InferOutput<typeof SessionRecord>;

export const HistoryRecord = v.object({
  engagementId: ShortId,
  person: PersonCard,
  scenario: ScenarioCard,
  direction: v.picklist(['incoming', 'outgoing']),
  startedAt: EpochMs,
  durationMs: Counter,
  reason: v.picklist([
    'exited',
    'left',
    'declined',
    'cancelled',
    'missed',
    'busy',
    'unavailable',
    'lost',
    'version',
    'untrusted',
    'answered-elsewhere',
  ]),
  outcome: v.nullable(v.picklist(['solved', 'follow-up', 'not-solved'])),
  note: v.string(),
  messages: v.array(ChatRecord),
});

/** A still that was sent or received, with the ink that was on it then. */
export const StillRecord = v.object({
  id: ShortId,
  mime: v.picklist(PICTURE_TYPES),
  bytes: v.pipe(
    v.instance(Uint8Array<ArrayBuffer>),
    v.check(({ byteLength }) => byteLength <= MAX_STILL_BYTES),
  ),
  width: Counter,
  height: Counter,
  at: EpochMs,
  ink: v.pipe(v.array(v.object({ author: v.string(), stroke: FinishedStroke })), v.maxLength(MAX_STILL_INK)),
});
export type StillRecord = v.InferOutput<typeof StillRecord>;
