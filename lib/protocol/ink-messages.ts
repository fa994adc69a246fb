/**
 * Ink as two people tell each other. A stroke is sent twice: while it is drawn as lossy packets (`ink-live.ts`), and
 * once finished as a session message, which settles what it is. An author's strokes are numbered by `n`; who the
 * author is comes from the link, never from the payload.
 */
import * as v from 'valibot';
import { NodeId, SmallId } from './cobrowse-primitives.ts';
import {
  INK_UNITS,
  MAX_INK_NUMBER,
  MAX_INK_TEXT_CHARS,
  MAX_INK_WIDTH,
  MAX_STROKE_NUMBER,
  MAX_STROKE_POINTS,
  MAX_TIE_WINDOWS,
  MAX_VISIBILITY_STROKES,
  MIN_INK_WIDTH,
} from './ink-limits.ts';

/** The order is the wire's: a live packet carries the index. */
export const TOOLS = ['pen', 'laser', 'arrow', 'numbered-arrow', 'rectangle', 'ellipse', 'text'] as const;
export type Tool = (typeof TOOLS)[number];

/**
 * What is drawn on: a person's camera or screen by `personId`, a tab that they share by `personId-tabId` (the tab's number
 * on the `cobrowse` channel), a still by its own id.
 */
export const Surface = v.pipe(
  v.string(),
  v.regex(/^(?:(?:camera|screen|still):[a-z0-9-]{4,64}|page:[a-z0-9-]{4,75})$/),
);
const PageSurface = v.pipe(Surface, v.regex(/^page:/));
export const Colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/));

const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
export const StrokeNumber = integer(0, MAX_STROKE_NUMBER);
const Counter = integer(0, Number.MAX_SAFE_INTEGER);
const Unit = integer(0, INK_UNITS);

/** Control characters and direction overrides could make a label read as something else than it says. */
const InkText = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_INK_TEXT_CHARS),
  v.regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u),
);

/** Three numbers a point: x and y in INK_UNITS of the picture, pressure 0..255. */
const Points = v.pipe(
  v.array(Unit),
  v.minLength(3),
  v.maxLength(MAX_STROKE_POINTS * 3),
  v.check((numbers) => numbers.length % 3 === 0, 'whole points'),
  v.check((numbers) => numbers.every((value, index) => index % 3 !== 2 || value <= 255), 'pressure'),
);

/** What a finished stroke is, wherever it travels. */
export const StrokeEntries = {
  n: StrokeNumber,
  /** Who is painted over whom: one more than the highest seen by the author (ties: author, then `n`). */
  order: Counter,
  surface: Surface,
  tool: v.picklist(TOOLS.filter((tool) => tool !== 'laser')),
  colour: Colour,
  width: integer(MIN_INK_WIDTH, MAX_INK_WIDTH),
  /** rough.js gives both sides the same wobble from it. 0 would mean "random" there. */
  seed: integer(1, 0x7fff_ffff),
  points: Points,
  /** Stays until cleared; otherwise it fades. */
  stay: v.boolean(),
  number: v.optional(integer(1, MAX_INK_NUMBER)),
  text: v.optional(InkText),
};

export const FinishedStroke = v.strictObject(StrokeEntries);
export type FinishedStroke = v.InferOutput<typeof FinishedStroke>;

const StrokeNumbers = v.pipe(v.array(StrokeNumber), v.maxLength(MAX_VISIBILITY_STROKES));

export const InkStrokeMessage = v.strictObject({ type: v.literal('ink.stroke'), ...StrokeEntries });

/**
 * Undo, redo and clear. `rev` counts the author's changes, so that for each stroke the latest word wins, in whatever
 * order and how often the words arrive.
 */
export const InkVisibilityMessage = v.strictObject({
  type: v.literal('ink.visibility'),
  rev: Counter,
  hide: StrokeNumbers,
  show: StrokeNumbers,
});

/** The laser was released, or a stroke was given up: nothing of it remains. */
export const InkLiftMessage = v.strictObject({ type: v.literal('ink.lift'), n: StrokeNumber });

/** The strokes are painted inside the shared page itself, so the drawer's own echo may go. */
export const InkPaintedMessage = v.strictObject({
  type: v.literal('ink.painted'),
  surface: Surface,
  n: StrokeNumber,
});

const Windows = v.pipe(v.number(), v.minValue(-MAX_TIE_WINDOWS), v.maxValue(MAX_TIE_WINDOWS));

/** The element of a mirrored page that carries a stroke: a node of the top frame's stream, as verbs name it. */
export const InkTie = v.strictObject({
  epoch: SmallId,
  nodeId: NodeId,
  /** Where it was at the author's when the stroke was drawn, in sizes of the window. */
  box: v.strictObject({ x: Windows, y: Windows, width: Windows, height: Windows }),
});
export type InkTie = v.InferOutput<typeof InkTie>;

/** Follows a stroke on a mirrored page, also while it is drawn; the latest word counts. Without it, the place decides. */
export const InkTieMessage = v.strictObject({
  type: v.literal('ink.tie'),
  surface: PageSurface,
  n: StrokeNumber,
  tie: InkTie,
});

export const INK_MESSAGES = [
  InkStrokeMessage,
  InkVisibilityMessage,
  InkLiftMessage,
  InkPaintedMessage,
  InkTieMessage,
] as const;
export const InkMessage = v.variant('type', [...INK_MESSAGES]);
export type InkMessage = v.InferOutput<typeof InkMessage>;
