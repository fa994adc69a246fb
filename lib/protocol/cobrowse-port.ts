/**
 * What the agent in a page (one per frame) and the engine say to each other over a `runtime.connect` port of the name
 * below. The agent lives in a hostile page's process, so the engine decodes what it says like anything from outside.
 */
import * as v from 'valibot';
import { MAX_ASSET_BYTES, MAX_ASSETS_PER_MESSAGE, MAX_BARRED_SITES, MAX_FRAME_BYTES } from './cobrowse-limits.ts';
import { AssetHash, PrivacyMode, UnmirrorableReason } from './cobrowse-messages.ts';
import { ControlScope, ControlVerb, ProposalKind } from './cobrowse-control-messages.ts';
import { NodeId, SmallId } from './cobrowse-primitives.ts';
import { MAX_NAME_CHARS } from './limits.ts';

export const AGENT_PORT = 'cobrowse-agent';

const Token = v.pipe(v.string(), v.regex(/^[a-z0-9]{8,64}$/));
const Name = v.pipe(v.string(), v.maxLength(MAX_NAME_CHARS));
const Label = v.pipe(v.string(), v.maxLength(120));
const Selector = v.pipe(v.string(), v.maxLength(500));
const Origin = v.pipe(v.string(), v.maxLength(300), v.regex(/^(?:https?:\/\/[^/?#]+)?$/));

/** Kinds of frames that an agent makes; the engine adds the tab's and frame's numbers. */
export const AgentFrameKind = v.picklist([
  'snapshot',
  'events',
  'page',
  'layers',
  'cursor',
  'hash',
  'assets',
  'outcome',
  'proposal',
]);
export type AgentFrameKind = v.InferOutput<typeof AgentFrameKind>;

/** Why a page pauses by itself. */
export const SensitiveReason = v.picklist(['banking', 'payment', 'password', 'health']);
export type SensitiveReason = v.InferOutput<typeof SensitiveReason>;

/** One line of the log: what the expert did in the page, for i18n key `log.<what>`. */
export const ControlLogEntry = v.strictObject({
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  what: v.picklist([
    'clicked',
    'double-clicked',
    'hovered',
    'typed',
    'deleted',
    'key',
    'chose',
    'picked',
    'scrolled',
    'navigated',
    'refused',
    'proposed',
    'confirmed',
    'declined',
    'pointed',
  ]),
  /** Role and name of the target, never its value. */
  label: Label,
  detail: v.optional(v.pipe(v.string(), v.maxLength(60))),
});
export type ControlLogEntry = v.InferOutput<typeof ControlLogEntry>;

const AssetType = v.pipe(v.string(), v.maxLength(80));
/** The messages of a port are text. */
const AssetBytes = v.pipe(v.string(), v.maxLength(Math.ceil((MAX_ASSET_BYTES * 4) / 3) + 4));

export const FromAgent = v.variant('type', [
  /** First. `token` was given to this frame's agent by nobody: it names the frame for its parent's agent. */
  v.strictObject({
    type: v.literal('hello'),
    isTop: v.boolean(),
    origin: Origin,
    /** Origin and path, for rules about pages. */
    address: v.pipe(v.string(), v.maxLength(2_000)),
    token: Token,
  }),
  /** The page goes to another site, unless something comes in between. */
  v.strictObject({ type: v.literal('leaving'), origin: Origin }),
  /** There are frames that may have no agent yet. */
  v.strictObject({ type: v.literal('new-frames') }),
  /** The sites of frames that have no agent, because the extension may not enter them; whole, the latest counts. */
  v.strictObject({
    type: v.literal('barred'),
    sites: v.pipe(v.array(Origin), v.maxLength(MAX_BARRED_SITES), v.readonly()),
  }),
  /** `json` is the payload's text (cobrowse-messages.ts); it is checked by whoever receives it. */
  v.strictObject({
    type: v.literal('frame'),
    kind: AgentFrameKind,
    epoch: SmallId,
    json: v.pipe(v.string(), v.maxLength(MAX_FRAME_BYTES)),
    /** Whom it is for: an expert of `control`; everybody when absent. */
    to: v.optional(Token),
  }),
  /** The child frame whose agent said `token` hangs in this node. */
  v.strictObject({ type: v.literal('child'), token: Token, epoch: SmallId, nodeId: NodeId }),
  v.strictObject({ type: v.literal('unmirrorable'), reason: UnmirrorableReason }),
  v.strictObject({ type: v.literal('sensitive'), reason: SensitiveReason }),
  v.strictObject({ type: v.literal('asset'), hash: AssetHash, mime: AssetType, base64: AssetBytes }),
  /** A picture's file, of which only the picture may go on: a drawing, or one that moves. */
  v.strictObject({ type: v.literal('file'), hash: AssetHash, mime: AssetType, base64: AssetBytes }),
  /** The page may not read it; the engine may try with the extension's rights. */
  v.strictObject({
    type: v.literal('fetch'),
    hash: AssetHash,
    address: v.pipe(v.string(), v.maxLength(4_000)),
    kind: v.picklist(['image', 'font', 'style']),
  }),
  v.strictObject({ type: v.literal('log'), entry: ControlLogEntry }),
  /** A proposal waits for the customer's yes, in the page and in the extension's own pages. */
  v.strictObject({ type: v.literal('proposal'), requestId: SmallId, to: Token, proposal: ProposalKind, label: Label }),
  v.strictObject({ type: v.literal('proposal.over'), requestId: SmallId, to: Token }),
  /** The customer's own hand is at work, or rests again. */
  v.strictObject({ type: v.literal('preempted'), on: v.boolean() }),
  /** A button of the bar in the page, or Escape twice. */
  v.strictObject({ type: v.literal('pressed'), button: v.picklist(['stop-sharing', 'stop-control', 'hide-part']) }),
  /** What is kept from the other side now, for the customer's own pages. */
  v.strictObject({ type: v.literal('privacy'), hiddenCount: SmallId, maskedCount: SmallId, isPicking: v.boolean() }),
]);
export type FromAgent = v.InferOutput<typeof FromAgent>;

export const ToAgent = v.variant('type', [
  /** Begins to record. `salt` is the session's secret for asset names. */
  v.strictObject({
    type: v.literal('start'),
    salt: Token,
    mode: PrivacyMode,
    hide: v.pipe(v.array(Selector), v.maxLength(200)),
    mask: v.pipe(v.array(Selector), v.maxLength(200)),
    allow: v.optional(v.pipe(v.array(Selector), v.maxLength(200))),
    paused: v.boolean(),
    /** The first epoch is one above it, so that epochs of a frame only grow across documents. */
    epoch: SmallId,
    /** Words over the page, in the customer's language. */
    texts: v.strictObject({
      language: v.pipe(v.string(), v.maxLength(20)),
      direction: v.picklist(['ltr', 'rtl']),
      clickHere: Label,
      pickPart: Label,
    }),
  }),
  v.strictObject({
    type: v.literal('rules'),
    mode: PrivacyMode,
    hide: v.pipe(v.array(Selector), v.maxLength(200)),
    mask: v.pipe(v.array(Selector), v.maxLength(200)),
    allow: v.optional(v.pipe(v.array(Selector), v.maxLength(200))),
  }),
  v.strictObject({ type: v.literal('pause'), on: v.boolean() }),
  /** Everything again; `isOwn`: for the customer's own view of it. */
  v.strictObject({ type: v.literal('snapshot'), isOwn: v.boolean() }),
  /** How slow the way out is: 0 free, 1 merge more, 2 merge much, 3 stop and snapshot again when it is free. */
  v.strictObject({ type: v.literal('pressure'), level: v.picklist([0, 1, 2, 3]) }),
  v.strictObject({ type: v.literal('want'), hashes: v.pipe(v.array(AssetHash), v.maxLength(MAX_ASSETS_PER_MESSAGE)) }),
  /** The style sheet of a `fetch`. */
  v.strictObject({ type: v.literal('style'), hash: AssetHash, css: v.pipe(v.string(), v.maxLength(5_000_000)) }),
  /** The customer wants to point at a part to hide, or not any more. */
  v.strictObject({ type: v.literal('pick-part'), on: v.boolean() }),
  v.strictObject({ type: v.literal('show-hidden') }),
  /** Tints what is masked. */
  v.strictObject({ type: v.literal('tint'), on: v.boolean() }),
  /** Who may do what here now; an empty list of scopes ends control. */
  v.strictObject({
    type: v.literal('grant'),
    expert: Token,
    name: Name,
    scopes: v.pipe(v.array(ControlScope), v.maxLength(5)),
  }),
  v.strictObject({
    type: v.literal('control'),
    expert: Token,
    epoch: SmallId,
    requestId: SmallId,
    verb: ControlVerb,
    /** Ms since the expert saw what the verb is about. */
    ageMs: SmallId,
  }),
  /** Asks the customer in the page about a proposal. Texts are ready to be read. */
  v.strictObject({
    type: v.literal('ask'),
    requestId: SmallId,
    expert: Token,
    text: v.pipe(v.string(), v.maxLength(300)),
    yes: Label,
    no: Label,
  }),
  v.strictObject({ type: v.literal('proposal.answer'), requestId: SmallId, expert: Token, yes: v.boolean() }),
  /** The bar in the page; null takes it away. Texts are ready to be read. */
  v.strictObject({
    type: v.literal('status'),
    status: v.nullable(
      v.strictObject({
        label: Label,
        direction: v.picklist(['ltr', 'rtl']),
        language: v.pipe(v.string(), v.maxLength(20)),
        tone: v.picklist(['seen', 'controlled']),
        text: v.pipe(v.string(), v.maxLength(300)),
        buttons: v.pipe(
          v.array(
            v.strictObject({
              id: v.picklist(['stop-sharing', 'stop-control', 'hide-part']),
              text: Label,
              label: Label,
              isMain: v.boolean(),
            }),
          ),
          v.maxLength(3),
        ),
      }),
    ),
  }),
  v.strictObject({ type: v.literal('stop') }),
]);
export type ToAgent = v.InferOutput<typeof ToAgent>;
