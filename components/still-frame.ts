import { inkSpaceOf } from '../lib/annotation/ink-space.ts';
import { scaling } from '../lib/annotation/affine.ts';
import type { ShownStroke } from '../lib/annotation/shown-ink.ts';
import { paintStroke } from '../lib/overlay/paint-stroke.ts';
import type { LocalFrame } from '../lib/state/still-types.ts';

/** The frame that a video shows now, as a file. Null when it shows none. */
export async function takeFrame(video: HTMLVideoElement): Promise<LocalFrame | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Drawn before anything is waited for: this very frame, not one that comes while the encoder starts.
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  // JPEG is made in a fraction of the time that WebP takes, and the full picture replaces it.
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  if (blob === null) return null;
  const mime = blob.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
  return { bytes: new Uint8Array(await blob.arrayBuffer()), mime, width, height };
}

/** Widths and edges of ink are meant for a view of about this size, whatever the picture's resolution. */
const MEANT_FOR_PX = 1_280;

/** The picture with its ink in it, as PNG, in the picture's own resolution. */
export async function flatten(image: HTMLImageElement, strokes: readonly ShownStroke[]): Promise<Blob | null> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.drawImage(image, 0, 0);
  const space = inkSpaceOf({ width, height });
  const ratio = Math.max(1, Math.max(width, height) / MEANT_FOR_PX);
  const scale = width / space.width / ratio;
  for (const { shape } of strokes) {
    paintStroke(context, { shape, space, matrix: scaling(scale, scale), opacity: 1 }, ratio);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Hands a file to the browser's downloads. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the file once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
