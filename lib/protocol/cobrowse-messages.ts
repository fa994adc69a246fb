/**
 * What travels on the `cobrowse` channel. Each frame has a binary header (`lib/cobrowse/wire-frame.ts`) with
 * {kind, seq, epoch, tabId, frameId, sentAtMs} and a payload: JSON, decoded by the schema of its kind below.
 *
 * `tabId` and `frameId` are small numbers that the customer's engine gives out (never the browser's own ids); the top
 * frame of a tab is frame 0. `epoch` counts the snapshots of one (tab, frame): every `snapshot` starts a new epoch, and
 * whatever speaks of node ids (events, layers, hash, control) belongs to the epoch in its header. `seq` counts the
 * frames of one direction of one link from 1, so a gap is seen at once.
 */
import * as v from 'valibot';
import { CONTROL_TO_CUSTOMER, CONTROL_TO_EXPERT } from './cobrowse-control-messages.ts';
import {
  MAX_ADDRESS_CHARS,
  MAX_ASSET_BYTES,
  MAX_ASSETS_PER_MESSAGE,
  MAX_EVENTS_PER_FRAME,
  MAX_GUTTER_PX,
  MAX_HASHED_NODES,
  MAX_OPEN_LAYERS,
  MAX_SHARED_TABS,
  MAX_TITLE_CHARS,
} from './cobrowse-limits.ts';
import { NodeId, SmallId } from './cobrowse-primitives.ts';

const Pixels = v.pipe(v.number(), v.minValue(-1e7), v.maxValue(1e7));
const Title = v.pipe(v.string(), v.maxLength(MAX_TITLE_CHARS));
/** Origin and path; queries and hashes never leave the customer. */
const Address = v.pipe(v.string(), v.maxLength(MAX_ADDRESS_CHARS), v.regex(/^[^?#]*$/));
/** SHA-256, hex. */
export const AssetHash = v.pipe(v.string(), v.regex(/^[a-f0-9]{64}$/));

/** An rrweb event, already filtered by the customer. What is inside is judged by the expert's sanitiser alone. */
export const MirrorEvent = v.strictObject({
  type: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6)),
  data: v.unknown(),
  timestamp: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
});
export type MirrorEvent = v.InferOutput<typeof MirrorEvent>;

/** Why a page (or a part of it) can't be shown; the expert offers "ask for screen" beside it. */
export const UnmirrorableReason = v.picklist([
  'browser-page',
  'pdf',
  'store',
  'not-allowed',
  'too-large',
  'file',
  'new-origin',
  'error',
]);
export type UnmirrorableReason = v.InferOutput<typeof UnmirrorableReason>;

export const PauseReason = v.picklist([
  'customer',
  'sensitive-page',
  'new-origin',
  'call-paused',
  'hidden-tab',
  'overload',
]);
export type PauseReason = v.InferOutput<typeof PauseReason>;

/** `strict`: every field's value is masked. `assist`: fields are shown unless a rule masks them. */
export const PrivacyMode = v.picklist(['strict', 'assist']);
export type PrivacyMode = v.InferOutput<typeof PrivacyMode>;

/** The state of one frame's page; sent whole, the latest counts. */
export const PageState = v.strictObject({
  title: Title,
  address: Address,
  visible: v.boolean(),
  loading: v.boolean(),
  unmirrorable: v.nullable(UnmirrorableReason),
  /** CSS px of the window. */
  width: Pixels,
  height: Pixels,
  /** How much of the width a scroll bar takes. */
  gutter: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_GUTTER_PX))),
  /** Whether the browser asks pages for dark colours (`prefers-color-scheme`). */
  dark: v.optional(v.boolean()),
  scrollX: Pixels,
  scrollY: Pixels,
  devicePixelRatio: v.pipe(v.number(), v.minValue(0.1), v.maxValue(20)),
  /** Pinch zoom: scale and the visual viewport's offset in CSS px. */
  zoom: v.strictObject({ scale: v.pipe(v.number(), v.minValue(0.1), v.maxValue(20)), x: Pixels, y: Pixels }),
  mode: PrivacyMode,
  /** Focused element, null when nothing or something masked by hiding has the focus. */
  focusId: v.nullable(NodeId),
  /** Whether the page shows it as focused (`:focus-visible`). */
  focusVisible: v.optional(v.boolean()),
});
export type PageState = v.InferOutput<typeof PageState>;

export const PickerKind = v.picklist(['select', 'date', 'colour', 'file', 'datalist']);
export type PickerKind = v.InferOutput<typeof PickerKind>;

/**
 * What is open above the page, bottom first, and other states of elements that are in no attribute; sent whole, the latest
 * counts. `native`: the browser's own picker. `barred`: a frame that the customer's extension may not enter, so that
 * nothing of it is seen. `target`: what the address's fragment names (`:target`). `mixed`: a checkbox's third state.
 */
export const Layer = v.strictObject({
  nodeId: NodeId,
  kind: v.picklist(['popover', 'dialog', 'modal', 'fullscreen', 'native', 'barred', 'target', 'mixed']),
  /** Native only. */
  picker: v.optional(PickerKind),
});
export type Layer = v.InferOutput<typeof Layer>;

export const SharedTab = v.strictObject({
  tabId: SmallId,
  title: Title,
  address: Address,
  active: v.boolean(),
  /** `asking`: a new origin waits for the customer's yes. */
  state: v.picklist(['live', 'paused', 'asking', 'unmirrorable']),
  /** Parts of it are of sites that the customer's extension may not enter. */
  partial: v.optional(v.boolean()),
});
export type SharedTab = v.InferOutput<typeof SharedTab>;

export const AssetCard = v.strictObject({
  hash: AssetHash,
  mime: v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_ASSET_BYTES)),
});
export type AssetCard = v.InferOutput<typeof AssetCard>;

const events = v.pipe(v.array(MirrorEvent), v.maxLength(MAX_EVENTS_PER_FRAME));

/** Payloads that the customer sends, by kind. */
export const TO_EXPERT = {
  /** Starts an epoch: one FullSnapshot event, then what belongs to it (adopted style sheets, frames' documents). */
  snapshot: v.strictObject({ events: v.pipe(events, v.minLength(1)) }),
  events: v.strictObject({ events }),
  page: PageState,
  layers: v.strictObject({ open: v.pipe(v.array(Layer), v.maxLength(MAX_OPEN_LAYERS)) }),
  /** This frame hangs in node `nodeId` of frame `parentFrameId`, whose epoch is `parentEpoch`; null: it has gone. */
  frame: v.strictObject({
    parent: v.nullable(v.strictObject({ frameId: SmallId, epoch: SmallId, nodeId: NodeId })),
  }),
  tabs: v.strictObject({ tabs: v.pipe(v.array(SharedTab), v.maxLength(MAX_SHARED_TABS)) }),
  /** The customer's pointer in viewport CSS px; also sent alone on `pointer`. */
  cursor: v.strictObject({ x: Pixels, y: Pixels, pressed: v.boolean() }),
  /** `lib/cobrowse/tree-hash.ts` over `ids`, after masking. A difference is a reason to ask for `resync`. */
  hash: v.strictObject({
    nodeCount: SmallId,
    ids: v.pipe(v.array(NodeId), v.maxLength(MAX_HASHED_NODES)),
    hash: SmallId,
  }),
  /** Assets that events may name as `asset:<hash>`; their bytes come on `bulk` to whoever wants them. */
  assets: v.strictObject({ assets: v.pipe(v.array(AssetCard), v.maxLength(MAX_ASSETS_PER_MESSAGE)) }),
  pause: v.strictObject({ reason: v.nullable(PauseReason) }),
  ...CONTROL_TO_EXPERT,
} as const;

/** Payloads that the expert sends, by kind. */
export const TO_CUSTOMER = {
  /** Snapshot again, please. With `whole` the deflate history starts anew too. */
  resync: v.strictObject({
    reason: v.picklist(['gap', 'corrupt', 'unknown-node', 'hash', 'asked', 'joined', 'visible']),
    whole: v.boolean(),
  }),
  want: v.strictObject({ hashes: v.pipe(v.array(AssetHash), v.maxLength(MAX_ASSETS_PER_MESSAGE)) }),
  ...CONTROL_TO_CUSTOMER,
} as const;

/** The kind byte of a frame's header. Numbers are never used twice. */
export const FRAME_KINDS = {
  snapshot: 1,
  events: 2,
  page: 3,
  layers: 4,
  frame: 5,
  tabs: 6,
  cursor: 7,
  hash: 8,
  assets: 9,
  pause: 10,
  outcome: 11,
  proposal: 12,
  controlState: 13,
  resync: 32,
  want: 33,
  control: 34,
} as const satisfies Record<keyof typeof TO_EXPERT | keyof typeof TO_CUSTOMER, number>;

export type ExpertBoundKind = keyof typeof TO_EXPERT;
export type CustomerBoundKind = keyof typeof TO_CUSTOMER;
export type FrameKind = keyof typeof FRAME_KINDS;
export type ExpertBound<K extends ExpertBoundKind> = v.InferOutput<(typeof TO_EXPERT)[K]>;
export type CustomerBound<K extends CustomerBoundKind> = v.InferOutput<(typeof TO_CUSTOMER)[K]>;
