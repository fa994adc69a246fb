/**
 * What one author can take back: their own strokes and their own "clear", on the surface where they are. Purely
 * local; what comes out is the visibility message that both sides apply.
 */
import { MAX_STROKES_PER_AUTHOR } from '../protocol/ink-limits.ts';

interface Deed {
  /** One press of the pen: several numbers when a long line was split. */
  readonly kind: 'draw' | 'clear';
  readonly surface: string;
  readonly strokes: readonly number[];
}

export interface InkHistory {
  readonly rev: number;
  readonly done: readonly Deed[];
  readonly undone: readonly Deed[];
}

export interface Visibility {
  readonly rev: number;
  readonly hide: readonly number[];
  readonly show: readonly number[];
}

export const NEW_HISTORY: InkHistory = { rev: 0, done: [], undone: [] };

/** Drawing or clearing anew ends what could be redone on that surface. */
export function didDraw(history: InkHistory, surface: string, strokes: readonly number[]): InkHistory {
  return does(history, { kind: 'draw', surface, strokes });
}

function does(history: InkHistory, deed: Deed): InkHistory {
  return {
    ...history,
    done: [...history.done, deed].slice(-MAX_STROKES_PER_AUTHOR),
    undone: history.undone.filter(({ surface }) => surface !== deed.surface),
  };
}

/** `present`: the author's own strokes that still exist on the surface; a deed with none left is skipped. */
export interface Step {
  readonly surface: string;
  readonly present: ReadonlySet<number>;
}

export type Outcome = { readonly history: InkHistory; readonly visibility: Visibility } | null;

export function clearMine(history: InkHistory, { surface, present }: Step): Outcome {
  if (present.size === 0) return null;
  const strokes = [...present];
  const next = does({ ...history, rev: history.rev + 1 }, { kind: 'clear', surface, strokes });
  return { history: next, visibility: { rev: next.rev, hide: strokes, show: [] } };
}

export function undo(history: InkHistory, step: Step): Outcome {
  const at = lastPossible(history.done, step);
  const deed = history.done[at];
  if (deed === undefined) return null;
  const next = { rev: history.rev + 1, done: history.done.toSpliced(at, 1), undone: [...history.undone, deed] };
  return { history: next, visibility: visibilityOf(next.rev, deed, deed.kind === 'clear') };
}

export function redo(history: InkHistory, step: Step): Outcome {
  const at = lastPossible(history.undone, step);
  const deed = history.undone[at];
  if (deed === undefined) return null;
  const next = { rev: history.rev + 1, done: [...history.done, deed], undone: history.undone.toSpliced(at, 1) };
  return { history: next, visibility: visibilityOf(next.rev, deed, deed.kind === 'draw') };
}

export const canUndo = (history: InkHistory, step: Step): boolean => lastPossible(history.done, step) >= 0;
export const canRedo = (history: InkHistory, step: Step): boolean => lastPossible(history.undone, step) >= 0;

const lastPossible = (deeds: readonly Deed[], { surface, present }: Step): number =>
  deeds.findLastIndex((deed) => deed.surface === surface && deed.strokes.some((n) => present.has(n)));

const visibilityOf = (rev: number, deed: Deed, show: boolean): Visibility => ({
  rev,
  hide: show ? [] : deed.strokes,
  show: show ? deed.strokes : [],
});
