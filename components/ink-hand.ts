import { apply, invert, type XY } from '../lib/annotation/affine.ts';
import { isInPicture } from '../lib/annotation/picture-map.ts';
import type { InkModel, Pen, PenPoint } from '../lib/state/ink-types.ts';
import { type PictureElement, type Placement, placeUnder } from './ink-geometry.ts';

export interface InkHandParts {
  readonly ink: InkModel;
  readonly surface: string;
  readonly picture: PictureElement;
  /** The element that takes the pointer; it covers the picture. */
  readonly over: HTMLElement;
  /** The text tool was put down at a picture point; `at` in CSS pixels of `over`. */
  readonly onText: (point: XY, at: XY) => void;
}

/** A hand moves a few pixels in this time; a mouse that reports a thousand times a second is not sent so often. */
const MIN_GAP_MS = 6;

interface Hand {
  readonly pen: Pen;
  /** Positions that were not handed to the pen yet. */
  waiting: PenPoint[];
  movedAt: number;
}

/**
 * Turns pointers into strokes: capture, every position that the device gave, pen pressure; several fingers or pens at once.
 * Where the browser tells positions as they come (`pointerrawupdate`), they are not held back until the next frame.
 */
export function startInkHand({ ink, surface, picture, over, onText }: InkHandParts, signal: AbortSignal): void {
  const hands = new Map<number, Hand>();
  const isRaw = 'onpointerrawupdate' in over;

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const placement = placeUnder(picture, over);
    const inside = placement && pointsOn(placement, over, [event])[0];
    if (!placement || !inside || !isInPicture(inside)) return;
    event.preventDefault();
    over.focus({ preventScroll: true });
    if (ink.choice.peek().tool === 'text') {
      const cover = over.getBoundingClientRect();
      onText(inside, { x: event.clientX - cover.left, y: event.clientY - cover.top });
      return;
    }
    over.setPointerCapture(event.pointerId);
    const pen = ink.press(surface, placement.picture, inside);
    if (pen !== null) hands.set(event.pointerId, { pen, waiting: [], movedAt: 0 });
  };
  const flush = (hand: Hand) => {
    if (hand.waiting.length === 0) return;
    hand.pen.move(hand.waiting.splice(0));
    hand.movedAt = performance.now();
  };
  const collect = (hand: Hand, event: PointerEvent) => {
    const placement = placeUnder(picture, over);
    if (placement === null) return;
    // Safari has no coalesced events.
    const events = event.getCoalescedEvents?.() ?? [];
    hand.waiting.push(...pointsOn(placement, over, events.length > 0 ? events : [event]));
  };
  const rawMove = (event: PointerEvent) => {
    const hand = hands.get(event.pointerId);
    if (hand === undefined) return;
    collect(hand, event);
    if (performance.now() - hand.movedAt >= MIN_GAP_MS) flush(hand);
  };
  const move = (event: PointerEvent) => {
    const hand = hands.get(event.pointerId);
    if (hand === undefined) return;
    if (!isRaw) collect(hand, event);
    flush(hand);
  };
  const end = (how: 'release' | 'cancel') => (event: PointerEvent) => {
    const hand = hands.get(event.pointerId);
    if (hand === undefined) return;
    flush(hand);
    hand.pen[how]();
    hands.delete(event.pointerId);
  };

  over.addEventListener('pointerdown', down, { signal });
  // No type library has it yet.
  over.addEventListener('pointerrawupdate', (event) => event instanceof PointerEvent && rawMove(event), { signal });
  over.addEventListener('pointermove', move, { signal });
  over.addEventListener('pointerup', end('release'), { signal });
  over.addEventListener('pointercancel', end('cancel'), { signal });
  over.addEventListener('lostpointercapture', end('release'), { signal });
  signal.addEventListener(
    'abort',
    () => {
      for (const { pen } of hands.values()) pen.release();
      hands.clear();
    },
    { once: true },
  );
}

/** Picture points of events; where things lie is asked once for all of them. */
function pointsOn(placement: Placement, over: Element, events: readonly PointerEvent[]): PenPoint[] {
  const inverse = invert(placement.pictureToOver);
  if (inverse === null) return [];
  const cover = over.getBoundingClientRect();
  return events.map(({ clientX, clientY, pointerType, pressure }) => ({
    ...apply(inverse, { x: clientX - cover.left, y: clientY - cover.top }),
    pressure: pointerType === 'pen' ? pressure : 0.5,
  }));
}
