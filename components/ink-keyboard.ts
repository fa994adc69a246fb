import { signal as createSignal, type ReadonlySignal } from '@preact/signals';
import { apply, type XY } from '../lib/annotation/affine.ts';
import type { InkModel, Pen } from '../lib/state/ink-types.ts';
import { type PictureElement, placeUnder } from './ink-geometry.ts';

/** One press of an arrow key, as a share of the picture's side; with Shift a fifth of it. */
const STEP = 0.02;

export interface InkKeyboardParts {
  readonly ink: InkModel;
  readonly surface: string;
  readonly picture: PictureElement;
  /** Changes when the picture is moved under `over` without changing its size. */
  readonly moved?: ReadonlySignal<unknown> | undefined;
  readonly over: HTMLElement;
  readonly onText: (point: XY, at: XY) => void;
}

export interface InkKeyboard {
  /** Where the crosshair is, CSS pixels of `over`; null until a key moved it. */
  readonly crosshair: ReadonlySignal<XY | null>;
  readonly isDown: ReadonlySignal<boolean>;
}

/** Drawing without a pointer: arrows move a crosshair, Enter puts the pen down and lifts it. */
export function startInkKeyboard(parts: InkKeyboardParts, until: AbortSignal): InkKeyboard {
  const { ink, surface, picture, over, onText } = parts;
  const crosshair = createSignal<XY | null>(null);
  const isDown = createSignal(false);
  let point: XY = { x: 0.5, y: 0.5 };
  let pen: Pen | null = null;

  const show = () => {
    const placement = placeUnder(picture, over);
    crosshair.value = placement && apply(placement.pictureToOver, point);
  };
  const lift = (how: 'release' | 'cancel') => {
    pen?.[how]();
    pen = null;
    isDown.value = false;
  };
  const press = () => {
    const placement = placeUnder(picture, over);
    if (placement === null) return;
    show();
    if (ink.choice.peek().tool === 'text') {
      onText(point, apply(placement.pictureToOver, point));
      return;
    }
    if (pen !== null) {
      lift('release');
      return;
    }
    pen = ink.press(surface, placement.picture, { ...point, pressure: 0.5 });
    isDown.value = pen !== null;
  };

  over.addEventListener(
    'keydown',
    (event) => {
      if (event.target !== over || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = STEPS[event.key];
      if (step !== undefined) {
        const size = event.shiftKey ? STEP / 5 : STEP;
        point = { x: clamp(point.x + step.x * size), y: clamp(point.y + step.y * size) };
        pen?.move([{ ...point, pressure: 0.5 }]);
        show();
      } else if (event.key === 'Enter') press();
      // The first Escape lifts the pen; the next one, which goes on to the page, ends drawing.
      else if (event.key === 'Escape' && pen !== null) lift('cancel');
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal: until },
  );
  const stopMoving = parts.moved?.subscribe(() => crosshair.peek() !== null && show());
  over.addEventListener('blur', () => lift('release'), { signal: until });
  over.addEventListener('pointerdown', () => (crosshair.value = null), { signal: until });
  until.addEventListener(
    'abort',
    () => {
      stopMoving?.();
      lift('release');
    },
    { once: true },
  );
  return { crosshair, isDown };
}

const STEPS: Readonly<Record<string, XY>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
