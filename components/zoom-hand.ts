import type { ReadonlySignal } from '@preact/signals';
import type { XY } from '../lib/annotation/affine.ts';
import {
  actualSize,
  FIT,
  panBy,
  type PictureZoom,
  scaleOf,
  zoomBy,
  type ZoomFrame,
} from '../lib/annotation/picture-zoom.ts';

export interface ZoomHandParts {
  /** Lies over the picture, below what is drawn with. */
  readonly over: HTMLElement;
  /** Everything that is shown with the picture: wheel and keys work while somebody draws, too. */
  readonly around: HTMLElement;
  /** Null while the picture has no size. */
  readonly frame: () => ZoomFrame | null;
  readonly zoom: ReadonlySignal<PictureZoom>;
  readonly areKeysOn: () => boolean;
  change(next: PictureZoom): void;
}

/** One press of a key or a button. */
const ZOOM_STEP = 1.25;
/** One press of an arrow key, CSS pixels. */
const PAN_STEP = 60;
/** A wheel's notch (100 px) is a bit less than one press of a key. */
const WHEEL_POWER = 0.002;
const LINE_PX = 16;
/** What a trackpad says of two fingers that spread is a tenth of what a wheel says. */
const PINCH_POWER = 0.01;

export type ZoomChange = (zoom: PictureZoom, frame: ZoomFrame) => PictureZoom;

/** Looking nearer: wheel and keys, a drag to move, two fingers, and a double click between all of it and its real size. */
export function startZoomHand(parts: ZoomHandParts, signal: AbortSignal): void {
  const { over, around, zoom } = parts;
  const fingers = new Map<number, XY>();
  const act = (change: ZoomChange): void => {
    const frame = parts.frame();
    if (frame !== null) parts.change(change(zoom.peek(), frame));
  };
  const placeOf = ({ clientX, clientY }: MouseEvent): XY => {
    const box = over.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const by = { x: -event.deltaX * unit, y: -event.deltaY * unit };
    if (event.shiftKey || Math.abs(by.x) > Math.abs(by.y)) return act((now, frame) => panBy(now, frame, by));
    const factor = Math.exp(by.y * (event.ctrlKey ? PINCH_POWER : WHEEL_POWER));
    return act((now, frame) => zoomBy(now, frame, { factor, at: placeOf(event) }));
  };
  const down = (event: PointerEvent) => {
    // The middle button moves the picture also under a pen.
    if (event.button !== 1 && !(event.button === 0 && event.target === over)) return;
    event.preventDefault();
    if (event.button === 0) over.focus({ preventScroll: true });
    over.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, placeOf(event));
  };
  const move = (event: PointerEvent) => {
    const from = fingers.get(event.pointerId);
    if (from === undefined) return;
    const to = placeOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, to);
    const by = { x: to.x - from.x, y: to.y - from.y };
    if (other === undefined) return act((now, frame) => panBy(now, frame, by));
    const factor = distance(to, other) / Math.max(1, distance(from, other));
    return act((now, frame) => zoomBy(now, frame, { factor, at: middle(to, other) }));
  };
  const lift = (event: PointerEvent) => void fingers.delete(event.pointerId);

  around.addEventListener('wheel', wheel, { passive: false, signal });
  around.addEventListener('pointerdown', down, { signal });
  over.addEventListener('pointermove', move, { signal });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    over.addEventListener(type, lift, { signal });
  over.addEventListener(
    'dblclick',
    (event) => {
      const at = placeOf(event);
      act((now, frame) => (now.kind === 'near' ? FIT : zoomBy(now, frame, { factor: 1 / scaleOf(now, frame), at })));
    },
    { signal },
  );
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      if (event.target !== over && !parts.areKeysOn()) return;
      const change = CHANGES[event.key] ?? (event.target === over ? PANS[event.key] : undefined);
      if (change === undefined) return;
      event.preventDefault();
      act(change);
    },
    { signal },
  );
}

export const nearer: ZoomChange = (zoom, frame) => zoomBy(zoom, frame, { factor: ZOOM_STEP });
export const farther: ZoomChange = (zoom, frame) => zoomBy(zoom, frame, { factor: 1 / ZOOM_STEP });

const CHANGES: Readonly<Record<string, ZoomChange>> = {
  '+': nearer,
  '=': nearer,
  '-': farther,
  '0': () => FIT,
  '1': actualSize,
};

const pan =
  (x: number, y: number): ZoomChange =>
  (zoom, frame) =>
    panBy(zoom, frame, { x: x * PAN_STEP, y: y * PAN_STEP });

/** An arrow shows more of that side, so the picture goes the other way. */
const PANS: Readonly<Record<string, ZoomChange>> = {
  ArrowLeft: pan(1, 0),
  ArrowRight: pan(-1, 0),
  ArrowUp: pan(0, 1),
  ArrowDown: pan(0, -1),
};

/** Keys belong to whoever writes, and to what is open over the picture. */
const isElsewhere = (target: EventTarget | null): boolean =>
  document.querySelector('dialog[open]') !== null ||
  (target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null);

const distance = (a: XY, b: XY): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: XY, b: XY): XY => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
