import { type Affine, type Box, type Size } from '../annotation/affine.ts';
import { fadeTimes, opacityAt } from '../annotation/fading.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { Clock } from '../shared/clock.ts';
import { paintStroke } from './paint-stroke.ts';

/** A stroke and where it goes now. */
export interface InkPlace {
  readonly stroke: ShownStroke;
  readonly space: Size;
  /** From ink space to CSS pixels of the canvas. */
  readonly matrix: Affine;
  readonly name?: string;
  /** CSS pixels of the canvas; nothing is painted outside. */
  readonly clip?: Box | undefined;
}

export interface PainterHost {
  readonly clock: Clock;
  requestFrame(run: () => void): number;
  cancelFrame(handle: number): void;
  motion(): 'full' | 'calm';
  /** Device pixels per CSS pixel. */
  pixelRatio(): number;
}

export interface InkPainter {
  /** Something may have changed: looks in the next frame, and paints if it has. */
  invalidate(): void;
  dispose(): void;
}

/** More bitmap pixels than two per CSS pixel cost and show nothing for lines this thick. */
const MAX_RATIO = 2;
const MAX_BITMAP_PIXELS = 8_000_000;

export function createPainterHost(window: Window, clock: Clock): PainterHost {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  return {
    clock,
    requestFrame: (run) => window.requestAnimationFrame(run),
    cancelFrame: (handle) => window.cancelAnimationFrame(handle),
    motion: () => (calm.matches ? 'calm' : 'full'),
    pixelRatio: () => window.devicePixelRatio,
  };
}

interface Painted {
  readonly places: readonly InkPlace[];
  readonly ratio: number;
  readonly opacities: readonly number[];
}

/**
 * Paints ink on a canvas. A frame is asked for only when something has changed or is just fading; between the release and
 * the fade there is one timer, and with nothing that goes there is nothing at all.
 * `places` is asked in that frame; the same array again means that nothing has changed.
 */
export function createInkPainter(
  canvas: HTMLCanvasElement,
  host: PainterHost,
  places: (size: Size) => readonly InkPlace[],
): InkPainter {
  const context = canvas.getContext('2d');
  let frame: number | null = null;
  let timer = new AbortController();
  let isDisposed = false;
  let painted: Painted | null = null;

  const invalidate = () => {
    if (isDisposed) return;
    frame ??= host.requestFrame(paint);
  };

  const paint = () => {
    frame = null;
    if (context === null) return;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const { ratio, isCleared } = fitBitmap(canvas, size, host.pixelRatio());
    const now = host.clock.now();
    const all = places(size);
    const opacities = all.map(({ stroke }) => opacityAt(fadingOf(stroke), now, host.motion()));
    const isAsBefore = !isCleared && all === painted?.places && ratio === painted.ratio;
    if (!isAsBefore || opacities.some((opacity, index) => opacity !== painted?.opacities[index])) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      all.forEach((place, index) => paintPlace(context, place, ratio, opacities[index] ?? 0));
      painted = { places: all, ratio, opacities };
    }
    awaitFade(all, now);
  };

  /** One more frame while something is fading, one timer until the next begins to, and nothing otherwise. */
  const awaitFade = (all: readonly InkPlace[], now: number) => {
    timer.abort();
    const times = all.map(({ stroke }) => fadeTimes(fadingOf(stroke))).filter((time) => time !== null);
    if (host.motion() === 'full' && times.some(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)) {
      invalidate();
      return;
    }
    const next = Math.min(...times.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > now));
    if (next === Number.POSITIVE_INFINITY) return;
    timer = new AbortController();
    host.clock.after(next - now, invalidate, timer.signal);
  };

  return {
    invalidate,
    dispose() {
      isDisposed = true;
      timer.abort();
      if (frame !== null) host.cancelFrame(frame);
    },
  };
}

const fadingOf = ({ shape, stay, releasedAt }: ShownStroke) => ({ tool: shape.tool, stay, releasedAt });

function paintPlace(context: CanvasRenderingContext2D, place: InkPlace, ratio: number, opacity: number): void {
  if (opacity <= 0) return;
  const { stroke, space, matrix, name, clip } = place;
  context.save();
  if (clip !== undefined) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
  }
  paintStroke(context, { shape: stroke.shape, space, matrix, opacity, ...(name !== undefined && { name }) }, ratio);
  context.restore();
}

/** Resizes the bitmap when needed, which clears it. `ratio` is bitmap pixels per CSS pixel. */
function fitBitmap(canvas: HTMLCanvasElement, { width, height }: Size, pixelRatio: number) {
  const affordable = Math.sqrt(MAX_BITMAP_PIXELS / Math.max(1, width * height));
  const ratio = Math.min(Math.max(1, pixelRatio), MAX_RATIO, affordable);
  const bitmapWidth = Math.round(width * ratio);
  const bitmapHeight = Math.round(height * ratio);
  const isCleared = canvas.width !== bitmapWidth || canvas.height !== bitmapHeight;
  if (isCleared) {
    canvas.width = bitmapWidth;
    canvas.height = bitmapHeight;
  }
  return { ratio, isCleared };
}
