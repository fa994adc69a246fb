import {
  type Affine,
  apply,
  type Box,
  compose,
  invert,
  quarterTurns,
  scaling,
  type Size,
  translation,
  type XY,
} from './affine.ts';

/** How a picture is shown in a box on the screen. All lengths are CSS pixels unless said otherwise. */
export interface PictureView {
  readonly box: Size;
  /** Natural size in picture pixels. */
  readonly picture: Size;
  /** `none` is 1:1: one picture pixel on one device pixel. */
  readonly fit: 'contain' | 'cover' | 'fill' | 'none';
  /** The part of the picture that is shown, as fractions; all of it by default. */
  readonly crop?: Box;
  readonly mirror?: boolean;
  /** Degrees clockwise, applied after mirroring. */
  readonly rotate?: 0 | 90 | 180 | 270;
  /** On top of `fit`, around the middle of the box. */
  readonly zoom?: number;
  readonly pan?: XY;
  /** Only `none` depends on it. */
  readonly devicePixelRatio?: number;
}

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/**
 * The matrix from normalised picture coordinates (0..1 both ways, whatever the aspect) to CSS pixels of the box.
 * The one place where fit, crop, mirror, rotation, zoom and pan are known.
 */
export function pictureToView(view: PictureView): Affine {
  const crop = view.crop ?? WHOLE;
  const turns = (view.rotate ?? 0) / 90;
  const shown: Size = { width: view.picture.width * crop.width, height: view.picture.height * crop.height };
  const upright: Size = turns % 2 === 0 ? shown : { width: shown.height, height: shown.width };
  const scale = fitScale(view, upright);
  return compose(
    translation(-(crop.x + crop.width / 2), -(crop.y + crop.height / 2)),
    scaling(view.picture.width * (view.mirror ? -1 : 1), view.picture.height),
    quarterTurns(turns),
    scaling(scale.x * (view.zoom ?? 1), scale.y * (view.zoom ?? 1)),
    translation(view.box.width / 2 + (view.pan?.x ?? 0), view.box.height / 2 + (view.pan?.y ?? 0)),
  );
}

function fitScale({ fit, box, devicePixelRatio = 1 }: PictureView, upright: Size): XY {
  const x = box.width / upright.width;
  const y = box.height / upright.height;
  switch (fit) {
    case 'contain':
      return { x: Math.min(x, y), y: Math.min(x, y) };
    case 'cover':
      return { x: Math.max(x, y), y: Math.max(x, y) };
    case 'fill':
      return { x, y };
    case 'none':
      return { x: 1 / devicePixelRatio, y: 1 / devicePixelRatio };
  }
}

/** The picture point under a point of the box; null while the view has no size. Points beside the picture are outside 0..1. */
export function viewToPicture(view: PictureView, point: XY): XY | null {
  const inverse = invert(pictureToView(view));
  return inverse === null ? null : apply(inverse, point);
}

export const isInPicture = ({ x, y }: XY): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1;
