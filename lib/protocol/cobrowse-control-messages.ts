/**
 * Remote control inside a co-browsed page. A verb names a node of the epoch in its frame's header; the customer's side
 * checks everything again and answers each verb with exactly one `outcome`. Verbs die with the link: a click is never
 * repeated after a reconnect.
 */
import * as v from 'valibot';
import { MAX_INSERT_CHARS } from './cobrowse-limits.ts';
import { NodeId, SmallId } from './cobrowse-primitives.ts';

/** Each is asked for and given separately. */
export const ControlScope = v.picklist(['point', 'scroll', 'click', 'type', 'navigate']);
export type ControlScope = v.InferOutput<typeof ControlScope>;

/** Where inside the node's border box, 0..1 of its width and height. */
const Fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Pixels = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_INSERT_CHARS));
const modifiers = v.optional(
  v.strictObject({ shift: v.boolean(), ctrl: v.boolean(), alt: v.boolean(), meta: v.boolean() }),
);

/** Keys that mean something without inserting text. */
export const ControlKey = v.picklist([
  'Enter',
  'Tab',
  'Escape',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Space',
]);
export type ControlKey = v.InferOutput<typeof ControlKey>;

/** One step of typing at the field's caret; a field's whole value never travels. */
export const TypingEdit = v.variant('kind', [
  v.strictObject({
    kind: v.literal('insert'),
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_INSERT_CHARS)),
  }),
  v.strictObject({ kind: v.literal('delete-backward'), count: Count }),
  v.strictObject({ kind: v.literal('delete-forward'), count: Count }),
  /** UTF-16 offsets, cut to the field's length. */
  v.strictObject({ kind: v.literal('select'), start: SmallId, end: SmallId }),
]);
export type TypingEdit = v.InferOutput<typeof TypingEdit>;

export const ControlVerb = v.variant('type', [
  /** Shows the named cursor over a node; scope `point`. */
  v.strictObject({ type: v.literal('point'), nodeId: NodeId, fx: Fraction, fy: Fraction }),
  /** Pointer over a node so that hover menus open; scope `click`. */
  v.strictObject({ type: v.literal('hover'), nodeId: NodeId, fx: Fraction, fy: Fraction }),
  v.strictObject({ type: v.literal('scroll'), nodeId: NodeId, dx: Pixels, dy: Pixels }),
  v.strictObject({
    type: v.literal('click'),
    nodeId: NodeId,
    fx: Fraction,
    fy: Fraction,
    count: v.picklist([1, 2]),
    modifiers,
  }),
  v.strictObject({
    type: v.literal('edit'),
    nodeId: NodeId,
    edits: v.pipe(v.array(TypingEdit), v.minLength(1), v.maxLength(50)),
  }),
  v.strictObject({ type: v.literal('key'), nodeId: NodeId, key: ControlKey, modifiers }),
  /** Chooses options of a `select` by their node ids; scope `click`. */
  v.strictObject({
    type: v.literal('choose'),
    nodeId: NodeId,
    optionIds: v.pipe(v.array(NodeId), v.maxLength(100)),
  }),
  /** Date, time, colour and range fields have no caret: their value is picked; scope `type`. */
  v.strictObject({
    type: v.literal('pick'),
    nodeId: NodeId,
    value: v.pipe(v.string(), v.maxLength(32), v.regex(/^[0-9a-fA-FTW:.#+-]*$/)),
  }),
  v.strictObject({ type: v.literal('go'), to: v.picklist(['back', 'forward', 'reload']) }),
]);
export type ControlVerb = v.InferOutput<typeof ControlVerb>;

export const RefusalReason = v.picklist([
  'no-grant',
  'scope',
  'paused',
  'busy-customer',
  'too-fast',
  'too-late',
  'stale',
  'unknown-node',
  'off-screen',
  'covered',
  'disabled',
  'password',
  'payment',
  'file',
  'download',
  'masked',
  'hidden',
  'no-control',
  'other-origin',
  'not-editable',
  'declined',
  'failed',
]);
export type RefusalReason = v.InferOutput<typeof RefusalReason>;

/** What the other side may not press itself; the customer is asked to. */
export const ProposalKind = v.picklist(['pay', 'delete', 'send', 'sign', 'other-origin', 'upload', 'new-window']);
export type ProposalKind = v.InferOutput<typeof ProposalKind>;

const label = v.pipe(v.string(), v.maxLength(120));

export const CONTROL_TO_CUSTOMER = {
  control: v.strictObject({
    requestId: SmallId,
    verb: ControlVerb,
    /** The customer's `sentAtMs` clock as the expert saw it when acting: latest header's value plus time since. */
    seenAtMs: SmallId,
  }),
} as const;

export const CONTROL_TO_EXPERT = {
  outcome: v.variant('kind', [
    v.strictObject({ kind: v.literal('done'), requestId: SmallId, label }),
    v.strictObject({ kind: v.literal('refused'), requestId: SmallId, reason: RefusalReason, label }),
    /** The customer was asked; `proposal` frames tell what became of it. */
    v.strictObject({ kind: v.literal('proposed'), requestId: SmallId, proposal: ProposalKind, label }),
    /** Only a real hand can do this: the customer sees a pulse, "click here". */
    v.strictObject({ kind: v.literal('needs-hand'), requestId: SmallId, label }),
  ]),
  proposal: v.strictObject({
    requestId: SmallId,
    state: v.picklist(['waiting', 'confirmed', 'declined', 'expired']),
  }),
  /** What the expert who receives this may do now; sent whole. */
  controlState: v.strictObject({
    scopes: v.pipe(v.array(ControlScope), v.maxLength(5)),
    /** The customer's own hand is at work. */
    preempted: v.boolean(),
    /** Ms until the grant ends by itself; 0 for the rest of the call. */
    leftMs: SmallId,
  }),
} as const;
export type ControlOutcome = v.InferOutput<(typeof CONTROL_TO_EXPERT)['outcome']>;
