import type { InkMessage } from '../protocol/ink-messages.ts';
import { canRedo, canUndo, type InkHistory } from './ink-history.ts';
import type { InkLog } from './ink-log.ts';

/** Numbers of an author's strokes that exist on a surface, hidden ones too. */
export function strokesOf(log: InkLog, author: string, surface: string): ReadonlySet<number> {
  const settled = [...(log.get(author)?.settled.values() ?? [])];
  return new Set(settled.filter(({ stroke }) => stroke.surface === surface).map(({ stroke }) => stroke.n));
}

/** The ones that can be seen. */
export function visibleOf(log: InkLog, author: string, surface: string): ReadonlySet<number> {
  const marks = log.get(author)?.marks;
  return new Set([...strokesOf(log, author, surface)].filter((n) => marks?.get(n)?.shown !== false));
}

export interface PossibleSteps {
  readonly undo: boolean;
  readonly redo: boolean;
  readonly clear: boolean;
}

/** What an author can take back, by surface; a surface without their ink is not in it. */
export function possibleSteps(log: InkLog, history: InkHistory, author: string): ReadonlyMap<string, PossibleSteps> {
  const settled = [...(log.get(author)?.settled.values() ?? [])];
  const surfaces = new Set(settled.map(({ stroke }) => stroke.surface));
  return new Map(
    [...surfaces].map((surface) => {
      const step = { surface, present: strokesOf(log, author, surface) };
      const clear = visibleOf(log, author, surface).size > 0;
      return [surface, { undo: canUndo(history, step), redo: canRedo(history, step), clear }];
    }),
  );
}

/** Everything an author has drawn and taken back, as messages: harmless to whoever has it already. */
export function replayOf(log: InkLog, author: string, rev: number, surface?: string): readonly InkMessage[] {
  const ink = log.get(author);
  if (ink === undefined) return [];
  const settled = [...ink.settled.values()].filter(({ stroke }) => surface === undefined || stroke.surface === surface);
  const strokes = settled.map(({ stroke }) => ({ type: 'ink.stroke', ...stroke }) as const);
  const hide = settled.map(({ stroke }) => stroke.n).filter((n) => ink.marks.get(n)?.shown === false);
  return hide.length === 0 ? strokes : [...strokes, { type: 'ink.visibility', rev, hide, show: [] }];
}

/** What can be seen on a surface, whoever drew it. */
export function settledOn(log: InkLog, surface: string) {
  return [...log].flatMap(([author, ink]) =>
    [...ink.settled.values()]
      .filter(({ stroke }) => stroke.surface === surface && ink.marks.get(stroke.n)?.shown !== false)
      .map(({ stroke }) => ({ author, stroke })),
  );
}
