import type { TreeNode } from '../cobrowse/privacy-tree.ts';
import type { Clock } from '../shared/clock.ts';
import type { PageAssets } from './page-assets.ts';
import type { PageFeed } from './page-feed.ts';
import { keepPictures } from './kept-pictures.ts';
import { toPicture } from './to-picture.ts';

export interface PagePicturesDeps {
  readonly document: Document;
  readonly clock: Clock;
  readonly feed: Pick<PageFeed, 'filter' | 'supplyPicture'>;
  readonly find: (id: number) => Node | null;
  /** The name of the event on a canvas that has just been drawn (lib/mirror/drawn-canvases.ts). */
  readonly mark: string;
  readonly supply: Pick<PageAssets, 'offer' | 'isTaken'>;
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 250;
/** Looking takes no more than this share of the page's time. */
const SHARE = 0.05;
/** Each canvas and each video may send as much: 800 kbit/s. */
const BYTES_PER_MS = 100;
const MAX_AT_ONCE = 6;
/** Changes are found in a small copy, this wide and high. */
const GLANCE_PX = 96;

interface Shown {
  readonly sight: number;
  /** Of the last picture. */
  readonly name: string;
  /** When there may be another one. */
  readonly nextAt: number;
}

/** What canvases and videos in sight show, as pictures: the mirror neither draws nor loads (reference/cobrowse.md §0). */
export function watchPagePictures(deps: PagePicturesDeps): void {
  const { document, clock, feed, find, supply, signal } = deps;
  const view = document.defaultView ?? window;
  /** Elements that are taken out and put back, or are in another snapshot, are shown anew. */
  const shown = new WeakMap<TreeNode, Shown>();
  const kept = keepPictures(deps);
  let glance = newGlance();
  let isBusy = false;
  let nextAt = 0;

  /** FNV-1a over a small copy; null for one that is empty or may not be read (it holds pictures of another site). */
  const hashOf = (source: Drawn | ImageBitmap): number | null => {
    if (glance === null) return null;
    try {
      glance.clearRect(0, 0, GLANCE_PX, GLANCE_PX);
      glance.drawImage(source, 0, 0, GLANCE_PX, GLANCE_PX);
      const pixels = new Uint32Array(glance.getImageData(0, 0, GLANCE_PX, GLANCE_PX).data.buffer);
      if (pixels.every((pixel) => pixel === 0)) return null;
      let hash = 0x811c9dc5;
      for (const pixel of pixels) hash = Math.imul(hash ^ pixel, 0x01000193);
      return hash >>> 0;
    } catch {
      // From now on it could not be read either.
      glance = newGlance();
      return null;
    }
  };

  const look = async () => {
    let tookMs = 0;
    let count = 0;
    for (const node of feed.filter.drawn()) {
      const element = find(node.id);
      const last = shown.get(node);
      const startedAt = performance.now();
      if (!isDrawn(element) || !isInSight(element)) continue;
      // Nobody waits for more than one.
      if (last !== undefined && (startedAt < last.nextAt || !supply.isTaken(last.name))) continue;
      const source = kept(element) ?? element;
      const sight = hashOf(source);
      const picture = sight === null || sight === last?.sight ? null : toPicture(source);
      tookMs += performance.now() - startedAt;
      const packed = await picture;
      if (sight === null || packed === null || feed.filter.node(node.id) !== node) continue;
      const name = supply.offer(node.id, packed);
      shown.set(node, { sight, name, nextAt: startedAt + packed.size / BYTES_PER_MS });
      feed.supplyPicture(node.id, name);
      count += 1;
      if (count >= MAX_AT_ONCE) break;
    }
    nextAt = performance.now() + tookMs / SHARE;
  };

  clock.every(
    LOOK_EVERY_MS,
    () => {
      const isFree = !isBusy && performance.now() >= nextAt && document.visibilityState === 'visible';
      if (!isFree || feed.filter.drawn().length === 0) return;
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

type Drawn = HTMLCanvasElement | HTMLVideoElement;

/** Not by `instanceof`: it may be a frame's. */
const isDrawn = (node: Node | null): node is Drawn => node?.nodeName === 'CANVAS' || node?.nodeName === 'VIDEO';

const newGlance = () => new OffscreenCanvas(GLANCE_PX, GLANCE_PX).getContext('2d', { willReadFrequently: true });

function isInSight(element: Drawn): boolean {
  const { width, height, top, left, bottom, right } = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView;
  const pixels = 'videoWidth' in element ? element.videoWidth : element.width * element.height;
  const isThere = width > 0 && height > 0 && pixels > 0;
  return isThere && view !== null && bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
}
