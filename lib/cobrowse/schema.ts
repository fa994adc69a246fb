/**
 * The shape of rrweb's incremental events, apart from trees, attributes and style sheets, which `sanitise-nodes.ts` and
 * `css-sanitise.ts` read themselves. Every number is finite and bounded, every list has an end. reference/cobrowse.md §3.3.
 */
import * as v from 'valibot';
import { NodeId, SmallId } from '../protocol/cobrowse-primitives.ts';

const Pixels = v.pipe(v.number(), v.minValue(-1e8), v.maxValue(1e8));
const Side = v.pipe(v.number(), v.minValue(1), v.maxValue(32_000));
/** rrweb writes -1 and -2 for what it doesn't know. */
const AnyId = v.pipe(v.number(), v.integer(), v.minValue(-2), v.maxValue(2 ** 31 - 1));
const Text = v.pipe(v.string(), v.maxLength(16_000_000));
const ShortText = v.pipe(v.string(), v.maxLength(1_000_000));
const list = <T extends v.GenericSchema>(item: T, max: number) => v.pipe(v.array(item), v.maxLength(max));

/** In one event; a page that changes more at once is sent as a snapshot. */
const MAX_CHANGES = 300_000;
const MAX_RULES = 100_000;
const RuleIndex = v.union([SmallId, list(SmallId, 32)]);
const Rule = v.object({ rule: Text, index: v.optional(RuleIndex) });
const sheet = { id: v.optional(NodeId), styleId: v.optional(SmallId) };

export const MutationData = v.object({
  source: v.literal(0),
  removes: list(v.object({ parentId: AnyId, id: AnyId, isShadow: v.optional(v.boolean()) }), MAX_CHANGES),
  adds: list(v.object({ parentId: NodeId, nextId: v.nullish(AnyId), node: v.unknown() }), MAX_CHANGES),
  texts: list(v.object({ id: AnyId, value: v.nullable(Text) }), MAX_CHANGES),
  attributes: list(v.object({ id: AnyId, attributes: v.unknown() }), MAX_CHANGES),
  isAttachIframe: v.optional(v.boolean()),
});

export const IncrementalData = v.variant('source', [
  MutationData,
  v.object({ source: v.literal(2), type: SmallId, id: AnyId, x: v.optional(Pixels), y: v.optional(Pixels) }),
  v.object({ source: v.literal(3), id: AnyId, x: Pixels, y: Pixels }),
  v.object({ source: v.literal(4), width: Side, height: Side }),
  v.object({ source: v.literal(5), id: AnyId, text: ShortText, isChecked: v.boolean() }),
  v.object({
    source: v.literal(8),
    ...sheet,
    adds: v.optional(list(Rule, MAX_RULES)),
    removes: v.optional(list(v.object({ index: RuleIndex }), MAX_RULES)),
    replace: v.optional(Text),
    replaceSync: v.optional(Text),
  }),
  v.object({
    source: v.literal(13),
    ...sheet,
    index: list(SmallId, 32),
    set: v.optional(
      v.object({
        property: v.pipe(v.string(), v.maxLength(200)),
        value: v.nullish(ShortText),
        priority: v.nullish(v.string()),
      }),
    ),
    remove: v.optional(v.object({ property: v.pipe(v.string(), v.maxLength(200)) })),
  }),
  v.object({
    source: v.literal(14),
    ranges: list(v.object({ start: AnyId, startOffset: SmallId, end: AnyId, endOffset: SmallId }), 100),
  }),
  v.object({
    source: v.literal(15),
    id: NodeId,
    styles: v.optional(list(v.object({ styleId: SmallId, rules: list(Rule, MAX_RULES) }), 2_000)),
    styleIds: list(SmallId, 2_000),
  }),
  v.object({ source: v.literal(16), id: NodeId, name: v.pipe(v.string(), v.maxLength(100)) }),
]);
export type IncrementalData = v.InferOutput<typeof IncrementalData>;
export type MutationData = v.InferOutput<typeof MutationData>;

/** Sources that have nothing for this mirror: pointers and media travel otherwise, canvas and fonts are assets. */
export const IGNORED_SOURCES: ReadonlySet<number> = new Set([1, 6, 7, 9, 10, 11, 12]);

export const SnapshotData = v.object({
  node: v.unknown(),
  initialOffset: v.object({ top: Pixels, left: Pixels }),
});

export const MetaData = v.object({ href: v.pipe(v.string(), v.maxLength(10_000)), width: Side, height: Side });
