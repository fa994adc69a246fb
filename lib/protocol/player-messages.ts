/**
 * What the co-browse window and the player page inside it say to each other over a MessagePort. The player shows what a
 * stranger's page looks like, so what comes from it is decoded like anything else from outside.
 */
import * as v from 'valibot';
import { MAX_ASSETS_PER_MESSAGE } from './cobrowse-limits.ts';
import { AssetHash, PickerKind } from './cobrowse-messages.ts';
import { NodeId, SmallId } from './cobrowse-primitives.ts';
import { InkTie, StrokeNumber } from './ink-messages.ts';
import { MAX_NAME_CHARS } from './limits.ts';

const Pixels = v.pipe(v.number(), v.minValue(-1e7), v.maxValue(1e7));
const Millis = v.pipe(v.number(), v.minValue(0));
const Bytes = v.custom<Uint8Array<ArrayBuffer>>(
  (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]',
);

/** A node of the mirrored page, as verbs and ink name it. */
export const NodePlace = v.strictObject({ tabId: SmallId, frameId: SmallId, epoch: SmallId, nodeId: NodeId });
export type NodePlace = v.InferOutput<typeof NodePlace>;

/** In CSS px of the mirrored page's viewport, before scaling. */
export const Box = v.strictObject({ x: Pixels, y: Pixels, width: Pixels, height: Pixels });
export type Box = v.InferOutput<typeof Box>;

/** Inputs without a caret: their value is picked. */
export const VALUE_INPUTS = ['date', 'time', 'month', 'week', 'datetime-local', 'color', 'range'] as const;

/** What is under a point. `fx`, `fy`: where inside the node's box, 0..1. */
export const Hit = v.strictObject({
  place: NodePlace,
  fx: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  fy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  box: Box,
  /** How the expert's keyboard and pointer should treat it. */
  target: v.picklist(['text', 'select', 'value', 'editable', 'other']),
  /** What a `value` is: the type of its input. */
  input: v.optional(v.picklist(VALUE_INPUTS)),
  /** Choices of a `select`, with the option elements' ids. */
  options: v.optional(
    v.pipe(
      v.array(v.strictObject({ nodeId: NodeId, label: v.pipe(v.string(), v.maxLength(200)), chosen: v.boolean() })),
      v.maxLength(500),
    ),
  ),
});
export type Hit = v.InferOutput<typeof Hit>;

export const ToPlayer = v.variant('type', [
  /** A frame of the `cobrowse` channel, inflated: `frame` is a WireFrame. */
  v.strictObject({
    type: v.literal('stream'),
    frame: v.strictObject({
      kind: v.picklist(['snapshot', 'events', 'page', 'layers', 'frame', 'cursor', 'hash']),
      seq: SmallId,
      epoch: SmallId,
      tabId: SmallId,
      frameId: SmallId,
      sentAtMs: SmallId,
      payload: Bytes,
    }),
  }),
  v.strictObject({ type: v.literal('asset'), hash: AssetHash, mime: v.string(), bytes: Bytes }),
  /** The tab that is shown; its mirror is kept while it is in `kept`. */
  v.strictObject({ type: v.literal('show'), tabId: SmallId, kept: v.array(SmallId) }),
  v.strictObject({ type: v.literal('scale'), scale: v.pipe(v.number(), v.minValue(0.01), v.maxValue(20)) }),
  /** What is written into the mirror: the customer's name, and what stands where frames and files aren't seen. */
  v.strictObject({
    type: v.literal('words'),
    customer: v.pipe(v.string(), v.maxLength(80)),
    barred: v.pipe(v.string(), v.maxLength(200)),
    file: v.pipe(v.string(), v.maxLength(200)),
  }),
  /** The customer's pointer, in viewport CSS px of that frame of the shown tab. */
  v.strictObject({ type: v.literal('cursor'), frameId: SmallId, x: Pixels, y: Pixels, pressed: v.boolean() }),
  v.strictObject({ type: v.literal('hit'), requestId: SmallId, x: Pixels, y: Pixels }),
  /** What has the focus in the mirrored page; answered by `hit`, with `nodeId` as soon as that one has it. */
  v.strictObject({ type: v.literal('focused'), requestId: SmallId, nodeId: v.nullable(NodeId) }),
  /** Where a node is now. */
  v.strictObject({ type: v.literal('locate'), requestId: SmallId, place: NodePlace }),
  /** Ink on the shown page: the `ShownStroke`s that are new or changed; `keys` are all there are, in painting order. */
  v.strictObject({
    type: v.literal('ink'),
    changed: v.array(v.unknown()),
    keys: v.array(v.string()),
    names: v.record(v.string(), v.string()),
  }),
  v.strictObject({ type: v.literal('highlight'), place: v.nullable(NodePlace) }),
  /** Shows the past of the shown tab, or goes back to live. */
  v.strictObject({ type: v.literal('rewind'), open: v.boolean() }),
  v.strictObject({ type: v.literal('rewind.seek'), atMs: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({ type: v.literal('rewind.play'), on: v.boolean() }),
]);
export type ToPlayer = v.InferOutput<typeof ToPlayer>;

export const FromPlayer = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('resync'),
    tabId: SmallId,
    frameId: SmallId,
    reason: v.picklist(['gap', 'corrupt', 'unknown-node', 'hash', 'asked', 'joined', 'visible']),
  }),
  v.strictObject({
    type: v.literal('want'),
    tabId: SmallId,
    hashes: v.pipe(v.array(AssetHash), v.maxLength(MAX_ASSETS_PER_MESSAGE)),
  }),
  /** A frame's events are on screen: how long after their arrival, in ms. */
  v.strictObject({
    type: v.literal('shown'),
    tabId: SmallId,
    nodeCount: SmallId,
    tookMs: v.pipe(v.number(), v.minValue(0)),
  }),
  v.strictObject({ type: v.literal('hit'), requestId: SmallId, hit: v.nullable(Hit) }),
  /** Where the look back stands, in ms from its beginning; null: live. */
  v.strictObject({
    type: v.literal('rewound'),
    past: v.nullable(v.strictObject({ lengthMs: Millis, atMs: Millis, playing: v.boolean() })),
  }),
  /** A stroke is tied to an element of the mirrored page's top frame. */
  v.strictObject({
    type: v.literal('tied'),
    tabId: SmallId,
    author: v.pipe(v.string(), v.maxLength(MAX_NAME_CHARS)),
    n: StrokeNumber,
    tie: InkTie,
  }),
  /** The browser's own pickers that are open in the shown tab; they are no part of the page. */
  v.strictObject({ type: v.literal('pickers'), kinds: v.pipe(v.array(PickerKind), v.maxLength(20)) }),
  /** How many frames of the shown tab aren't seen. */
  v.strictObject({ type: v.literal('barred'), frames: SmallId }),
  v.strictObject({ type: v.literal('located'), requestId: SmallId, box: v.nullable(Box) }),
]);
export type FromPlayer = v.InferOutput<typeof FromPlayer>;
