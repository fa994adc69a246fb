import type { XY } from '../lib/annotation/affine.ts';
import type { InkModel, Pen, PenPoint } from '../lib/state/ink-types.ts';
import { type PictureElement, placeUnder, toPicture } from './ink-geometry.ts';

export interface InkHandParts {
  readonly ink: InkModel;
  readonly surface: string;
  readonly picture: PictureElement;
  /** The element that takes the pointer; it covers the picture. */
  readonly over: HTMLElement;
  /** The text tool was put down at a picture point; `at` in CSS pixels of `over`. */
  readonly onText: (point: XY, at: XY) => void;
}

/** Turns pointers into strokes: capture, coalesced positions, pen pressure; several fingers or pens at once. */
export function startInkHand({ ink, surface, picture, over, onText }: InkHandParts, signal: AbortSignal): void {
  const pens = new Map<number, Pen>();

  const toPoint = (event: PointerEvent): PenPoint | null => {
    const placement = placeUnder(picture, over);
    const point = placement && toPicture(placement, over, { x: event.clientX, y: event.clientY });
    return point && { ...point, pressure: event.pointerType === 'pen' ? event.pressure : 0.5 };
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const placement = placeUnder(picture, over);
    const client = { x: event.clientX, y: event.clientY };
    const inside = placement && toPicture(placement, over, client, 'inside');
    if (placement === null || inside === null) return;
    event.preventDefault();
    over.focus({ preventScroll: true });
    if (ink.choice.peek().tool === 'text') {
      const cover = over.getBoundingClientRect();
      onText(inside, { x: client.x - cover.left, y: client.y - cover.top });
      return;
    }
    over.setPointerCapture(event.pointerId);
    const pressure = event.pointerType === 'pen' ? event.pressure : 0.5;
    const pen = ink.press(surface, placement.picture, { ...inside, pressure });
    if (pen !== null) pens.set(event.pointerId, pen);
  };
  const move = (event: PointerEvent) => {
    const pen = pens.get(event.pointerId);
    if (pen === undefined) return;
    // One frame's positions at once; Safari has no coalesced events.
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map(toPoint).filter((point) => point !== null);
    pen.move(points);
  };
  const end = (how: 'release' | 'cancel') => (event: PointerEvent) => {
    pens.get(event.pointerId)?.[how]();
    pens.delete(event.pointerId);
  };

  over.addEventListener('pointerdown', down, { signal });
  over.addEventListener('pointermove', move, { signal });
  over.addEventListener('pointerup', end('release'), { signal });
  over.addEventListener('pointercancel', end('cancel'), { signal });
  over.addEventListener('lostpointercapture', end('release'), { signal });
  signal.addEventListener(
    'abort',
    () => {
      for (const pen of pens.values()) pen.release();
      pens.clear();
    },
    { once: true },
  );
}
