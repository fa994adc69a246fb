import { isFreehand } from '../protocol/ink-live.ts';
import type { InkTie, Tool } from '../protocol/ink-messages.ts';
import type { AuthorInk, InkLog, LiveStroke, SettledStroke } from './ink-log.ts';

/** The look of one stroke: all that geometry needs. */
export interface StrokeShape {
  readonly tool: Tool;
  readonly colour: string;
  readonly width: number;
  readonly seed: number;
  /** Wire points, three numbers each. */
  readonly points: readonly number[];
  readonly number?: number | undefined;
  readonly text?: string | undefined;
}

/** A stroke as it is painted now. The same object as long as nothing about it changes, so that it can key caches. */
export interface ShownStroke {
  readonly key: string;
  readonly author: string;
  readonly n: number;
  readonly surface: string;
  readonly shape: StrokeShape;
  readonly stay: boolean;
  /** Null while the pen is pressed. */
  readonly releasedAt: number | null;
  readonly live: boolean;
  readonly order: number;
  /** The element of a mirrored page that carries it, where its author has said so. */
  readonly tie?: InkTie;
}

type Source = SettledStroke | LiveStroke;
/** One entry a source: sources are immutable, and belong to one author. Only the tie comes separately. */
const shownBySource = new WeakMap<Source, ShownStroke>();

/** Everything visible, in the order of painting, which is the same on both sides. */
export function shownInk(log: InkLog): readonly ShownStroke[] {
  const shown: ShownStroke[] = [];
  for (const [author, ink] of log) collect(author, ink, shown);
  return shown.sort(byOrder);
}

function collect(author: string, ink: AuthorInk, shown: ShownStroke[]): void {
  for (const source of ink.settled.values()) {
    if (ink.marks.get(source.stroke.n)?.shown === false) continue;
    shown.push(remember(source, ink.ties.get(source.stroke.n), () => ofSettled(author, source)));
  }
  for (const source of ink.lifted.values()) {
    shown.push(remember(source, ink.ties.get(source.n), () => ofLive(author, source, source.releasedAt)));
  }
  for (const source of ink.live.values()) {
    shown.push(remember(source, ink.ties.get(source.n), () => ofLive(author, source, null)));
  }
}

function remember(source: Source, tie: InkTie | undefined, make: () => ShownStroke): ShownStroke {
  const known = shownBySource.get(source);
  if (known !== undefined && known.tie === tie) return known;
  const made = tie === undefined ? make() : { ...make(), tie };
  shownBySource.set(source, made);
  return made;
}

const ofSettled = (author: string, { stroke, releasedAt }: SettledStroke): ShownStroke => ({
  key: `${author}:${stroke.n}`,
  author,
  n: stroke.n,
  surface: stroke.surface,
  shape: stroke,
  stay: stroke.stay,
  releasedAt,
  live: false,
  order: stroke.order,
});

const ofLive = (author: string, stroke: LiveStroke, releasedAt: number | null): ShownStroke => ({
  key: `${author}:${stroke.n}`,
  author,
  n: stroke.n,
  surface: stroke.surface,
  shape: { ...lookOf(stroke), points: stroke.slots.flatMap((slot) => slot ?? []) },
  stay: stroke.stay,
  releasedAt,
  live: true,
  order: Number.MAX_SAFE_INTEGER,
});

const lookOf = ({ tool, colour, width, seed, number }: LiveStroke): Omit<StrokeShape, 'points'> => ({
  tool,
  colour,
  width,
  seed,
  ...(number > 0 && { number }),
});

const byOrder = (a: ShownStroke, b: ShownStroke): number =>
  a.order - b.order || (a.author < b.author ? -1 : a.author > b.author ? 1 : a.n - b.n);

/** The order for a new stroke: above everything that its author sees. */
export function nextOrder(log: InkLog): number {
  let highest = 0;
  for (const ink of log.values()) {
    for (const { stroke } of ink.settled.values()) highest = Math.max(highest, stroke.order);
  }
  // A hostile order at the end of the number line must not push honest ones off it.
  return Math.min(highest + 1, Number.MAX_SAFE_INTEGER - 1);
}

/** The next number for a numbered arrow on a surface: one more than the highest that can be seen there. */
export function nextNumber(shown: readonly ShownStroke[], surface: string, max: number): number {
  const used = shown.filter((stroke) => stroke.surface === surface).map((stroke) => stroke.shape.number ?? 0);
  return Math.min(Math.max(0, ...used) + 1, max);
}

/** Where a live stroke's newest point is: the name of its author stands there. */
export const tipOf = (shape: StrokeShape): readonly [number, number] | null => {
  const at =
    isFreehand(shape.tool) || shape.tool === 'text' ? shape.points.length - 3 : Math.min(3, shape.points.length - 3);
  const x = shape.points[at];
  const y = shape.points[at + 1];
  return x === undefined || y === undefined ? null : [x, y];
};
