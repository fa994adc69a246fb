import type { Size, XY } from './affine.ts';

/** How near a picture is looked at: all of it, or with `scale` device pixels for each of its own. */
export type PictureZoom =
  | { readonly kind: 'fit' }
  | {
      readonly kind: 'near';
      readonly scale: number;
      /** The place of the picture in the middle of the box, as fractions of the picture. */
      readonly centre: XY;
    };

/** Where it is shown: the box in CSS pixels, the picture in its own. */
export interface ZoomFrame {
  readonly box: Size;
  readonly picture: Size;
  readonly devicePixelRatio: number;
}

/** What is done to a picture that is shown whole: enlarged around the middle of the box, then moved (CSS pixels). */
export interface ZoomPlace {
  readonly factor: number;
  readonly shift: XY;
}

export const FIT: PictureZoom = { kind: 'fit' };

/** Device pixels for one of the picture's: more shows nothing but squares. */
const MAX_SCALE = 8;

/** Device pixels for each of the picture's, where all of it is shown. */
export const fitScale = ({ box, picture, devicePixelRatio }: ZoomFrame): number =>
  Math.min(box.width / picture.width, box.height / picture.height) * devicePixelRatio;

export const scaleOf = (zoom: PictureZoom, frame: ZoomFrame): number =>
  zoom.kind === 'fit' ? fitScale(frame) : zoom.scale;

/** One pixel of the picture on one of the screen, around what is in the middle now. */
export const actualSize = (zoom: PictureZoom, frame: ZoomFrame): PictureZoom =>
  zoomBy(zoom, frame, { factor: 1 / scaleOf(zoom, frame) });

/** Nearer or farther (`factor`), while the place of the picture under `at` (CSS pixels of the box) stays there. */
export function zoomBy(
  zoom: PictureZoom,
  frame: ZoomFrame,
  { factor, at }: { readonly factor: number; readonly at?: XY },
): PictureZoom {
  const before = scaleOf(zoom, frame);
  const whole = fitScale(frame);
  const scale = Math.min(Math.max(before * factor, Math.min(whole, 1)), Math.max(MAX_SCALE, whole));
  // Back at the whole of it, the picture grows and shrinks with its window again.
  if (factor < 1 && before > whole && scale <= whole) return FIT;
  const { box, picture, devicePixelRatio } = frame;
  const { x, y } = at ?? { x: box.width / 2, y: box.height / 2 };
  const centre = centreOf(zoom);
  // How far the middle of the box is from `at`, in pixels of the picture, gets less by as much as it comes nearer.
  const pull = devicePixelRatio / before - devicePixelRatio / scale;
  return within(frame, scale, {
    x: centre.x + ((x - box.width / 2) * pull) / picture.width,
    y: centre.y + ((y - box.height / 2) * pull) / picture.height,
  });
}

/** Moved by so many CSS pixels, never farther than to its edge. */
export function panBy(zoom: PictureZoom, frame: ZoomFrame, by: XY): PictureZoom {
  if (zoom.kind === 'fit') return zoom;
  const size = zoom.scale / frame.devicePixelRatio;
  return within(frame, zoom.scale, {
    x: zoom.centre.x - by.x / (frame.picture.width * size),
    y: zoom.centre.y - by.y / (frame.picture.height * size),
  });
}

/** Asked anew whenever the box, the picture or the zoom has changed. */
export function placeOfZoom(zoom: PictureZoom, frame: ZoomFrame): ZoomPlace {
  if (zoom.kind === 'fit') return { factor: 1, shift: { x: 0, y: 0 } };
  const size = zoom.scale / frame.devicePixelRatio;
  const { x, y } = centreOf(within(frame, zoom.scale, zoom.centre));
  return {
    factor: zoom.scale / fitScale(frame),
    shift: { x: (0.5 - x) * frame.picture.width * size, y: (0.5 - y) * frame.picture.height * size },
  };
}

const MIDDLE: XY = { x: 0.5, y: 0.5 };
const centreOf = (zoom: PictureZoom): XY => (zoom.kind === 'fit' ? MIDDLE : zoom.centre);

/** A picture that is larger than its box leaves no gap at its edges; one that is smaller stays in the middle. */
function within({ box, picture, devicePixelRatio }: ZoomFrame, scale: number, centre: XY): PictureZoom {
  const clamp = (value: number, shown: number) =>
    shown >= 1 ? 0.5 : Math.min(Math.max(value, shown / 2), 1 - shown / 2);
  const size = scale / devicePixelRatio;
  return {
    kind: 'near',
    scale,
    centre: {
      x: clamp(centre.x, box.width / (picture.width * size)),
      y: clamp(centre.y, box.height / (picture.height * size)),
    },
  };
}
