import type { Clock } from '../shared/clock.ts';
import type { PageFeed } from './page-feed.ts';
import { isCanvas, keepPictures } from './kept-pictures.ts';
import { toPicture } from './to-picture.ts';

export interface PageCanvasesDeps {
  readonly document: Document;
  readonly clock: Clock;
  readonly feed: Pick<PageFeed, 'epoch' | 'filter' | 'supplyPicture'>;
  readonly find: (id: number) => Node | null;
  /** The name of the event on a canvas that has just been drawn (lib/mirror/drawn-canvases.ts). */
  readonly mark: string;
  /** Takes the picture of a canvas; gives the name that events may call it by. */
  readonly offer: (id: number, picture: Blob) => string;
  readonly signal: AbortSignal;
}

/** Pictures of one canvas come no faster: packing one takes some ms beside the page. */
const LOOK_EVERY_MS = 1_000;
const MAX_AT_ONCE = 6;
/** Changes are found in a small copy, this wide and high. */
const GLANCE_PX = 96;

/** What canvases in sight show, as pictures: the mirror runs no scripts, so it can't draw (reference/cobrowse.md §0). */
export function watchPageCanvases(deps: PageCanvasesDeps): void {
  const { document, clock, feed, find, offer, signal } = deps;
  const view = document.defaultView ?? window;
  /** By id: what was seen last. */
  const seen = new Map<number, number>();
  const glance = new OffscreenCanvas(GLANCE_PX, GLANCE_PX).getContext('2d', { willReadFrequently: true });
  let epoch = 0;
  let isBusy = false;
  const kept = keepPictures(deps);

  const look = async () => {
    if (feed.epoch() !== epoch) seen.clear();
    epoch = feed.epoch();
    let count = 0;
    for (const id of feed.filter.canvasIds()) {
      const canvas = find(id);
      if (!isCanvas(canvas) || !isInSight(canvas)) continue;
      const source = kept(canvas) ?? canvas;
      const sight = glance === null ? null : hashOf(glance, source);
      if (sight === null || sight === seen.get(id)) continue;
      seen.set(id, sight);
      const picture = await toPicture(source);
      if (picture !== null && feed.epoch() === epoch) feed.supplyPicture(id, offer(id, picture));
      count += 1;
      if (count >= MAX_AT_ONCE) return;
    }
  };

  clock.every(
    LOOK_EVERY_MS,
    () => {
      if (isBusy || document.visibilityState !== 'visible') return;
      isBusy = true;
      // After the page's own drawing in this frame: what nobody keeps for us is forgotten when the frame is over.
      view.requestAnimationFrame(() => {
        void look().finally(() => {
          isBusy = false;
        });
      });
    },
    signal,
  );
}

function isInSight(canvas: HTMLCanvasElement): boolean {
  const { width, height, top, left, bottom, right } = canvas.getBoundingClientRect();
  const view = canvas.ownerDocument.defaultView;
  const isThere = width > 0 && height > 0 && canvas.width > 0 && canvas.height > 0;
  return isThere && view !== null && bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
}

/** FNV-1a over a small copy; null for one that is empty or may not be read (it holds pictures of another site). */
function hashOf(glance: OffscreenCanvasRenderingContext2D, canvas: HTMLCanvasElement | ImageBitmap): number | null {
  try {
    glance.clearRect(0, 0, GLANCE_PX, GLANCE_PX);
    glance.drawImage(canvas, 0, 0, GLANCE_PX, GLANCE_PX);
    const pixels = new Uint32Array(glance.getImageData(0, 0, GLANCE_PX, GLANCE_PX).data.buffer);
    if (pixels.every((pixel) => pixel === 0)) return null;
    let hash = 0x811c9dc5;
    for (const pixel of pixels) hash = Math.imul(hash ^ pixel, 0x01000193);
    return hash >>> 0;
  } catch {
    return null;
  }
}
