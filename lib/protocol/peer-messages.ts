/**
 * Every message on `control`. Two layers: link messages concern one RTCPeerConnection and die with it; session
 * messages are numbered, survive links and arrive exactly once and in order (`lib/call/delivery.ts`).
 */
import * as v from 'valibot';
import { CALL_MESSAGES, EpochMs, ShortId } from './call-messages.ts';
import { INK_MESSAGES } from './ink-messages.ts';
import { MAX_NAME_CHARS, MAX_SDP_CHARS } from './limits.ts';
import { STILL_MESSAGES } from './still-messages.ts';

export const SessionMessage = v.variant('type', [...CALL_MESSAGES, ...INK_MESSAGES, ...STILL_MESSAGES]);
export type SessionMessage = v.InferOutput<typeof SessionMessage>;

const Sequence = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Proof = v.pipe(v.string(), v.regex(/^[a-f0-9]{64}$/));

export const LinkMessage = v.variant('type', [
  /** First on every link, both ways. `proof` binds the session's secret to both DTLS fingerprints. */
  v.strictObject({
    type: v.literal('hello'),
    version: v.number(),
    sessionId: ShortId,
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_CHARS)),
    proof: Proof,
    /** Highest session message received so far; 0 on a first link. */
    received: Sequence,
    /** SHA-256 of the number that `reveal` shows, for the code that people compare. */
    commitment: Proof,
  }),
  v.strictObject({ type: v.literal('reveal'), nonce: Proof }),
  v.strictObject({
    type: v.literal('refuse'),
    reason: v.picklist(['version', 'unknown-session', 'untrusted', 'busy', 'ended']),
  }),
  v.strictObject({
    type: v.literal('sdp'),
    kind: v.picklist(['offer', 'answer']),
    sdp: v.pipe(v.string(), v.maxLength(MAX_SDP_CHARS)),
  }),
  v.strictObject({
    type: v.literal('ice'),
    candidate: v.pipe(v.string(), v.maxLength(2_000)),
    mid: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  }),
  v.strictObject({ type: v.literal('ping'), at: EpochMs }),
  v.strictObject({ type: v.literal('pong'), at: EpochMs }),
  /** `seq` counts from 1 per direction and session; `body` is decoded by SessionMessage after numbering is checked. */
  v.strictObject({ type: v.literal('numbered'), seq: Sequence, body: v.unknown() }),
  v.strictObject({ type: v.literal('received'), seq: Sequence }),
]);
export type LinkMessage = v.InferOutput<typeof LinkMessage>;
