import { MAX_STILL_BYTES, MAX_STILL_PIXELS, MAX_STILL_SIDE } from '../protocol/ink-limits.ts';
import type { PictureType } from '../protocol/still-messages.ts';
import { fail, ok, type Result } from '../shared/result.ts';

export interface PictureFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: PictureType;
  readonly width: number;
  readonly height: number;
}

export type GrabFailure = 'no-picture' | 'too-large' | 'failed';

/** A track that is muted or has just begun may take this long to its first frame. */
const FIRST_FRAME_MS = 3_000;
/** Text stays sharp without loss; a screen full of photographs gets too large for that. */
const MAX_LOSSLESS_BYTES = 6 * 1024 * 1024;
const QUALITY = 0.92;

/** The frame that `track` shows now, in the resolution of its source, whatever of it is sent in the call. */
export async function grabStill(
  track: MediaStreamTrack,
  kind: 'camera' | 'screen',
): Promise<Result<PictureFile, GrabFailure>> {
  if (track.readyState !== 'live') return fail('no-picture');
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    await firstFrame(video);
    return await encodePicture(video, { width: video.videoWidth, height: video.videoHeight }, kind);
  } catch {
    return fail('no-picture');
  } finally {
    video.srcObject = null;
  }
}

/** Resolves when the video has a frame; rejects when none comes. */
function firstFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No frame came')), FIRST_FRAME_MS);
    const look = () => {
      if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      clearTimeout(timer);
      resolve();
    };
    for (const type of ['loadeddata', 'resize', 'playing', 'timeupdate']) video.addEventListener(type, look);
    look();
  });
}

/** Puts a picture into a file: a screen without loss when that is not too large, a camera as a photograph. */
export async function encodePicture(
  source: CanvasImageSource,
  size: { readonly width: number; readonly height: number },
  kind: 'camera' | 'screen',
): Promise<Result<PictureFile, GrabFailure>> {
  const { width, height } = size;
  if (width < 1 || height < 1) return fail('no-picture');
  if (Math.max(width, height) > MAX_STILL_SIDE || width * height > MAX_STILL_PIXELS) return fail('too-large');
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return fail('failed');
  context.drawImage(source, 0, 0, width, height);
  const blob = await encodeCanvas(canvas, kind);
  if (blob === null) return fail('failed');
  if (blob.size > MAX_STILL_BYTES) return fail('too-large');
  return ok({ bytes: new Uint8Array(await blob.arrayBuffer()), mime: typeOf(blob), width, height });
}

async function encodeCanvas(canvas: HTMLCanvasElement, kind: 'camera' | 'screen'): Promise<Blob | null> {
  if (kind === 'screen') {
    const lossless = await toBlob(canvas, 'image/png');
    if (lossless !== null && lossless.size <= MAX_LOSSLESS_BYTES) return lossless;
  }
  const webp = await toBlob(canvas, 'image/webp');
  // A browser that can't write WebP gives PNG instead.
  return webp?.type === 'image/webp' ? webp : toBlob(canvas, 'image/jpeg');
}

const toBlob = (canvas: HTMLCanvasElement, type: PictureType): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));

const typeOf = ({ type }: Blob): PictureType =>
  type === 'image/webp' ? 'image/webp' : type === 'image/jpeg' ? 'image/jpeg' : 'image/png';

/** Whether the browser can make a picture of it, of just that size. The header was looked at before (`sniffPicture`). */
export async function canDecode({ bytes, mime, width, height }: PictureFile): Promise<boolean> {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }));
    const isAsSaid = bitmap.width === width && bitmap.height === height;
    bitmap.close();
    return isAsSaid;
  } catch {
    return false;
  }
}
