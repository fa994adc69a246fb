import { type Affine, apply, compose, scaleOf, scaling, type Size, type XY } from '../annotation/affine.ts';
import { toInkSpace } from '../annotation/ink-space.ts';
import { type StrokeShape, tipOf } from '../annotation/shown-ink.ts';
import { type InkLabel, type StrokePaths, strokePaths } from '../annotation/stroke-paths.ts';

/** One stroke where it is to be painted. */
export interface PaintedStroke {
  readonly shape: StrokeShape;
  readonly space: Size;
  /** From ink space to CSS pixels of the canvas. */
  readonly matrix: Affine;
  readonly opacity: number;
  /** Author's name beside the stroke's end; none when absent. */
  readonly name?: string;
}

/** White round everything, CSS pixels: ink has to be seen on any picture. */
const HALO_PX = 2;
/** Thinner than this a line vanishes in a small view, CSS pixels. */
const MIN_LINE_PX = 2.5;
const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';

interface Ready {
  readonly paths: StrokePaths;
  readonly fill: Path2D | null;
  readonly line: Path2D | null;
}

/** A finished stroke's shape never changes, so its paths are computed once for each picture size. */
const cache = new WeakMap<StrokeShape, { readonly width: number; readonly height: number; readonly ready: Ready }>();

function readyOf(shape: StrokeShape, space: Size): Ready {
  const known = cache.get(shape);
  if (known !== undefined && known.width === space.width && known.height === space.height) return known.ready;
  const paths = strokePaths(shape, space);
  const ready = {
    paths,
    fill: paths.fill === '' ? null : new Path2D(paths.fill),
    line: paths.line === '' ? null : new Path2D(paths.line),
  };
  cache.set(shape, { width: space.width, height: space.height, ready });
  return ready;
}

/** Paints one stroke. `ratio` is bitmap pixels per CSS pixel. Leaves the context's state as it was. */
export function paintStroke(context: CanvasRenderingContext2D, stroke: PaintedStroke, ratio: number): void {
  const { shape, space, matrix, opacity } = stroke;
  const { paths, fill, line } = readyOf(shape, space);
  const scale = scaleOf(matrix);
  if (!(scale > 0)) return;
  context.save();
  context.globalAlpha = opacity;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  setMatrix(context, compose(matrix, scaling(ratio, ratio)));
  const halo = HALO_PX / scale;
  if (line !== null) {
    const width = Math.max(shape.width, MIN_LINE_PX / scale);
    strokeLine(context, line, 'white', width + halo * 2);
    strokeLine(context, line, shape.colour, width);
  }
  if (fill !== null) {
    strokeLine(context, fill, 'white', halo * 2);
    context.fillStyle = shape.colour;
    context.fill(fill);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (shape.tool === 'laser') paintLaserTip(context, stroke, scale);
  if (paths.label !== null) paintLabel(context, paths.label, { matrix, scale, colour: shape.colour });
  if (stroke.name !== undefined) paintName(context, stroke, stroke.name);
  context.restore();
}

const setMatrix = (context: CanvasRenderingContext2D, { a, b, c, d, e, f }: Affine): void =>
  context.setTransform(a, b, c, d, e, f);

function strokeLine(context: CanvasRenderingContext2D, path: Path2D, style: string, width: number): void {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.stroke(path);
}

function tipPoint({ shape, space, matrix }: PaintedStroke) {
  const tip = tipOf(shape);
  const [point] = tip === null ? [] : toInkSpace([tip[0], tip[1], 0], space);
  return point === undefined ? null : apply(matrix, point);
}

function paintLaserTip(context: CanvasRenderingContext2D, stroke: PaintedStroke, scale: number): void {
  const at = tipPoint(stroke);
  if (at === null) return;
  const radius = Math.max(4, stroke.shape.width * scale);
  disc(context, at, radius + HALO_PX, 'white');
  disc(context, at, radius, stroke.shape.colour);
}

function disc(context: CanvasRenderingContext2D, at: XY, radius: number, colour: string): void {
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, Math.PI * 2);
  context.fillStyle = colour;
  context.fill();
}

interface LabelPlace {
  readonly matrix: Affine;
  readonly scale: number;
  readonly colour: string;
}

function paintLabel(context: CanvasRenderingContext2D, label: InkLabel, { matrix, scale, colour }: LabelPlace): void {
  const at = apply(matrix, label.at);
  const size = Math.max(9, label.size * scale);
  context.textBaseline = 'middle';
  if (label.style === 'number') {
    disc(context, at, size * 0.85 + HALO_PX, 'white');
    disc(context, at, size * 0.85, colour);
    context.font = `700 ${size}px ${FONT}`;
    context.textAlign = 'center';
    context.fillStyle = 'white';
    context.fillText(label.text, at.x, at.y + size * 0.05);
    return;
  }
  context.font = `600 ${size}px ${FONT}`;
  context.textAlign = 'start';
  outlinedText(context, { text: label.text, x: at.x, y: at.y, colour, halo: HALO_PX + size * 0.06 });
}

interface OutlinedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly halo: number;
}

function outlinedText(context: CanvasRenderingContext2D, { text, x, y, colour, halo }: OutlinedText): void {
  context.strokeStyle = 'white';
  context.lineWidth = halo * 2;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

const NAME_PX = 12;

/** A small tag in the author's colour, below and beside the end of the stroke. */
function paintName(context: CanvasRenderingContext2D, stroke: PaintedStroke, name: string): void {
  const at = tipPoint(stroke);
  if (at === null) return;
  context.font = `600 ${NAME_PX}px ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const shown = name.length > 24 ? `${name.slice(0, 23)}…` : name;
  const width = context.measureText(shown).width + 12;
  context.beginPath();
  context.roundRect(at.x + 8, at.y + 8, width, 20, 6);
  context.fillStyle = stroke.shape.colour;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = 'white';
  context.stroke();
  context.fillStyle = 'white';
  context.fillText(shown, at.x + 14, at.y + 18.5);
}
