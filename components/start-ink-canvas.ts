import { effect, type ReadonlySignal } from '@preact/signals';
import type { ShownStroke } from '../lib/annotation/shown-ink.ts';
import { createInkPainter, createPainterHost, type InkPlace } from '../lib/overlay/ink-painter.ts';
import { systemClock } from '../lib/shared/clock.ts';
import type { InkModel } from '../lib/state/ink-types.ts';
import { type PictureElement, type Placement, placeUnder } from './ink-geometry.ts';

export interface InkCanvasParts {
  readonly canvas: HTMLCanvasElement;
  readonly picture: PictureElement;
  readonly ink: Pick<InkModel, 'shown' | 'paintedThere'>;
  readonly surface: string;
  /** Changes when the picture is moved under the canvas without changing its size. */
  readonly moved?: ReadonlySignal<unknown> | undefined;
  /** Name of an author for the tag at their newest stroke; none for one's own. */
  readonly nameOf: (author: string) => string | undefined;
}

/** Keeps the ink of `surface` painted on a canvas over its picture, until `signal` aborts. */
export function startInkCanvas(parts: InkCanvasParts, signal: AbortSignal): void {
  const { canvas, picture, ink, surface, moved, nameOf } = parts;
  let strokes: readonly ShownStroke[] = [];
  let last: {
    readonly strokes: readonly ShownStroke[];
    readonly at: string;
    readonly places: readonly InkPlace[];
  } | null = null;

  const places = (): readonly InkPlace[] => {
    const placement = strokes.length === 0 ? null : placeUnder(picture, canvas);
    const at = placement === null ? '' : JSON.stringify([placement.inkToOver, placement.box]);
    if (last === null || last.strokes !== strokes || last.at !== at) {
      last = { strokes, at, places: placement === null ? [] : strokes.map((stroke) => toPlace(stroke, placement)) };
    }
    return last.places;
  };
  const toPlace = (stroke: ShownStroke, { space, inkToOver, box }: Placement): InkPlace => {
    const isNewest = strokes.findLast(({ author }) => author === stroke.author) === stroke;
    const name = isNewest ? nameOf(stroke.author) : undefined;
    return { stroke, space, matrix: inkToOver, clip: box, ...(name !== undefined && { name }) };
  };

  const painter = createInkPainter(canvas, createPainterHost(window, systemClock), places);
  const stop = effect(() => {
    const there = ink.paintedThere.value;
    const next = ink.shown.value.filter((stroke) => stroke.surface === surface && !there.has(stroke.key));
    if (next.length === strokes.length && next.every((stroke, index) => stroke === strokes[index])) return;
    strokes = next;
    painter.invalidate();
  });
  const move = () => painter.invalidate();
  const stopMoving = moved?.subscribe(move);
  const sizes = new ResizeObserver(move);
  sizes.observe(canvas);
  sizes.observe(picture);
  for (const type of ['resize', 'loadedmetadata', 'load']) picture.addEventListener(type, move, { signal });
  window.addEventListener('resize', move, { signal });
  signal.addEventListener(
    'abort',
    () => {
      stop();
      stopMoving?.();
      sizes.disconnect();
      painter.dispose();
    },
    { once: true },
  );
}
