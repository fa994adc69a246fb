/**
 * What two people in a call say to each other, apart from ink, stills and co-browsing, which have files of their own.
 * Session messages travel inside a numbered envelope (`numbered` in peer-messages.ts), so each arrives exactly once and
 * in order, whatever happens to the links. Identity comes from the link, never from a payload.
 */
import * as v from 'valibot';
import { Facts } from './desk-messages.ts';
import { MAX_CHAT_CHARS } from './limits.ts';

export const ShortId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{4,40}$/));
export const EpochMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));

/** What a sender's taps carry now; the other side shows a placeholder for what is off. */
export const MediaState = v.strictObject({
  mic: v.picklist(['on', 'muted', 'none']),
  camera: v.picklist(['on', 'off']),
  screen: v.picklist(['off', 'tab', 'window', 'monitor', 'unknown']),
});
export type MediaState = v.InferOutput<typeof MediaState>;

/** What one person may ask of another. Control is asked for by scope, in cobrowse-messages.ts. */
export const AskKind = v.picklist(['camera', 'screen', 'cobrowse', 'control', 'record']);
export type AskKind = v.InferOutput<typeof AskKind>;

export const CALL_MESSAGES = [
  v.strictObject({ type: v.literal('answer'), at: EpochMs }),
  v.strictObject({ type: v.literal('decline') }),
  /** The caller gave up, or nobody answered in time. */
  v.strictObject({ type: v.literal('cancel'), reason: v.picklist(['cancelled', 'missed']) }),
  /** Ends the engagement for all ("Exit"). */
  v.strictObject({ type: v.literal('exit') }),
  /** One person goes; with two people it ends the engagement. */
  v.strictObject({ type: v.literal('leave') }),
  v.strictObject({ type: v.literal('media'), state: MediaState }),
  /** Nothing is sent either way while anyone has paused. */
  v.strictObject({ type: v.literal('pause'), on: v.boolean() }),
  v.strictObject({
    type: v.literal('chat'),
    id: ShortId,
    at: EpochMs,
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_CHAT_CHARS)),
  }),
  v.strictObject({ type: v.literal('typing'), on: v.boolean() }),
  /** The messages up to and including `id` were on screen. */
  v.strictObject({ type: v.literal('seen'), id: ShortId }),
  v.strictObject({ type: v.literal('facts'), facts: Facts }),
  v.strictObject({
    type: v.literal('ask'),
    id: ShortId,
    kind: AskKind,
    /** Control only: what the asker wants to be able to do. */
    scopes: v.optional(v.pipe(v.array(v.picklist(['point', 'scroll', 'click', 'type', 'navigate'])), v.maxLength(5))),
    /** How long the grant lasts, ms; 0 for the rest of the call. */
    forMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400_000)),
  }),
  v.strictObject({ type: v.literal('ask.withdrawn'), id: ShortId }),
  v.strictObject({
    type: v.literal('consent'),
    id: ShortId,
    result: v.picklist(['granted', 'refused', 'timed-out', 'unavailable']),
  }),
  /** A grant given earlier ends: by the giver's press, by its time, or because what it was for has gone. */
  v.strictObject({ type: v.literal('grant.ended'), kind: AskKind }),
] as const;
