import { eachDocument } from './reachable-documents.ts';

/** Each is as large as its canvas. */
const MAX_KEPT = 6;
/**
 * Copying takes no more than this share of the page's time, whatever the number of canvases, and for each so much more of it
 * in a row after it has been quiet.
 */
const SHARE = 0.1;
const IN_A_ROW_MS = 250;

export interface KeptPicturesDeps {
  readonly document: Document;
  /** The name of the event on a canvas that has just been drawn (lib/mirror/drawn-canvases.ts). */
  readonly mark: string;
  readonly signal: AbortSignal;
}

/** What canvases of WebGL showed last: they can be read only while they are drawn. Null: unknown, or another kind. */
export type KeptPictures = (element: Element) => ImageBitmap | null;

interface Kept {
  picture: ImageBitmap | null;
  /** Of the copy that is the newest. */
  count: number;
  /** Of the page's time, for copying. Below zero: there has to be some first. */
  creditMs: number;
  /** When that was reckoned. */
  at: number;
}

export function keepPictures({ document, mark, signal }: KeptPicturesDeps): KeptPictures {
  const kept = new Map<Element, Kept>();

  const keep = (canvas: HTMLCanvasElement) => {
    const startedAt = performance.now();
    const known = kept.get(canvas) ?? { picture: null, count: 0, creditMs: IN_A_ROW_MS, at: startedAt };
    known.creditMs += ((startedAt - known.at) * SHARE) / Math.max(1, kept.size);
    known.creditMs = Math.min(IN_A_ROW_MS, known.creditMs);
    known.at = startedAt;
    if (known.creditMs < 0) return;
    const copied = createImageBitmap(canvas);
    known.creditMs -= performance.now() - startedAt;
    known.count += 1;
    // Those that were drawn last are the last to go.
    kept.delete(canvas);
    kept.set(canvas, known);
    for (const [oldest, { picture }] of kept) {
      if (kept.size <= MAX_KEPT) break;
      picture?.close();
      kept.delete(oldest);
    }
    const { count } = known;
    copied.then(
      (picture) => {
        if (signal.aborted || known.count !== count || kept.get(canvas) !== known) return picture.close();
        known.picture?.close();
        known.picture = picture;
      },
      () => {}, // it has no size
    );
  };

  eachDocument(
    document,
    (inner) =>
      inner.addEventListener(mark, ({ target }) => isCanvas(target) && keep(target), { capture: true, signal }),
    signal,
  );
  signal.addEventListener('abort', () => {
    for (const { picture } of kept.values()) picture?.close();
    kept.clear();
  });
  return (element) => kept.get(element)?.picture ?? null;
}

/** Not by `instanceof`: it may be a frame's. */
const isCanvas = (target: EventTarget | null): target is HTMLCanvasElement =>
  target !== null && 'nodeName' in target && target.nodeName === 'CANVAS';
