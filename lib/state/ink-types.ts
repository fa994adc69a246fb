import type { ReadonlySignal } from '@preact/signals';
import type { Size, XY } from '../annotation/affine.ts';
import type { PossibleSteps } from '../annotation/own-ink.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { InkTie, Tool } from '../protocol/ink-messages.ts';

export interface InkChoice {
  readonly tool: Tool;
  readonly colour: string;
  /** Thousandths of the picture's short side. */
  readonly width: number;
  /** Stays until cleared, instead of fading. Ink on a still always stays. */
  readonly stay: boolean;
}

/** Where the pen touches: normalised picture coordinates (0..1) and pressure (0..1; 0.5 for a mouse). */
export interface PenPoint extends XY {
  readonly pressure: number;
}

/** One press of the pen. After `release` or `cancel` it does nothing more. */
export interface Pen {
  /** Positions since the last call, oldest first: what `getCoalescedEvents` gives. */
  move(points: readonly PenPoint[]): void;
  release(): void;
  /** Gives up what is not settled yet: the whole stroke, or the last part of a very long one. */
  cancel(): void;
}

/** Ink as views see it. Surfaces are named as in the protocol, e.g. `camera:<personId>`, `still:<id>`. */
export interface InkModel {
  readonly choice: ReadonlySignal<InkChoice>;
  /** Of all surfaces, in the order of painting. */
  readonly shown: ReadonlySignal<readonly ShownStroke[]>;
  /** What can be taken back, by surface. */
  readonly possible: ReadonlySignal<ReadonlyMap<string, PossibleSteps>>;
  /** Keys of own strokes that are painted inside the shared page: a view of its picture need not paint them again. */
  readonly paintedThere: ReadonlySignal<ReadonlySet<string>>;
  /** Own surface whose ink is painted inside its page, so that no view here has to show it; null without one. */
  readonly inPage: ReadonlySignal<string | null>;
  choose(change: Partial<InkChoice>): void;
  /** Puts the pen down. `picture` is the natural size of what is drawn on. Null for the text tool: see `putText`. */
  press(surface: string, picture: Size, point: PenPoint): Pen | null;
  putText(surface: string, point: XY, text: string): void;
  /** Tells the other side which element of the mirrored page `surface` carries a stroke, which has to be one's own. */
  tie(surface: string, stroke: Pick<ShownStroke, 'author' | 'n'>, tie: InkTie): void;
  undo(surface: string): void;
  redo(surface: string): void;
  clearMine(surface: string): void;
}
