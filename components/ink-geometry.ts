import { type Affine, type Box, compose, type Size, translation } from '../lib/annotation/affine.ts';
import { inkSpaceOf, inkSpaceToPicture } from '../lib/annotation/ink-space.ts';
import { type PictureView, pictureToView } from '../lib/annotation/picture-map.ts';

/** What can be drawn on. */
export type PictureElement = HTMLVideoElement | HTMLImageElement | HTMLCanvasElement;

/** Null until the picture has arrived. */
export function naturalSize(element: PictureElement): Size | null {
  const size =
    element instanceof HTMLVideoElement
      ? { width: element.videoWidth, height: element.videoHeight }
      : element instanceof HTMLImageElement
        ? { width: element.naturalWidth, height: element.naturalHeight }
        : { width: element.width, height: element.height };
  return size.width > 0 && size.height > 0 ? size : null;
}

export interface Placement {
  readonly picture: Size;
  readonly space: Size;
  /** From normalised picture coordinates to CSS pixels of `over`. */
  readonly pictureToOver: Affine;
  readonly inkToOver: Affine;
  /** The box that shows the picture, CSS pixels of `over`: ink is cut there. */
  readonly box: Box;
}

const FITS: Readonly<Record<string, PictureView['fit']>> = { contain: 'contain', cover: 'cover', none: 'none' };

/** Where a picture lies under an element that covers it, read from the page as it is now. Null until it has arrived. */
export function placeUnder(picture: PictureElement, over: Element): Placement | null {
  const size = naturalSize(picture);
  const shown = picture.getBoundingClientRect();
  const cover = over.getBoundingClientRect();
  if (size === null || shown.width === 0 || shown.height === 0) return null;
  const style = getComputedStyle(picture);
  const toBox = pictureToView({
    box: { width: shown.width, height: shown.height },
    picture: size,
    fit: FITS[style.objectFit] ?? 'fill',
    mirror: style.transform !== 'none' && new DOMMatrixReadOnly(style.transform).a < 0,
  });
  const offset = { x: shown.left - cover.left, y: shown.top - cover.top };
  const pictureToOver = compose(toBox, translation(offset.x, offset.y));
  const space = inkSpaceOf(size);
  return {
    picture: size,
    space,
    pictureToOver,
    inkToOver: compose(inkSpaceToPicture(space), pictureToOver),
    box: { ...offset, width: shown.width, height: shown.height },
  };
}
