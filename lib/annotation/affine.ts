/** A 2×3 matrix in canvas order: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export interface XY {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends XY, Size {}

export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

export const translation = (x: number, y: number): Affine => ({ ...IDENTITY, e: x, f: y });
export const scaling = (x: number, y: number): Affine => ({ ...IDENTITY, a: x, d: y });

/** Quarter turns clockwise (y points down), exact: no sine of 90° that is almost 1. */
export function quarterTurns(turns: number): Affine {
  switch (((turns % 4) + 4) % 4) {
    case 1:
      return { a: 0, b: 1, c: -1, d: 0, e: 0, f: 0 };
    case 2:
      return { a: -1, b: 0, c: 0, d: -1, e: 0, f: 0 };
    case 3:
      return { a: 0, b: -1, c: 1, d: 0, e: 0, f: 0 };
    default:
      return IDENTITY;
  }
}

/** `compose(a, b, c)` does `a` first, `c` last. */
export const compose = (...steps: readonly Affine[]): Affine =>
  steps.reduce((done, step) => multiply(step, done), IDENTITY);

const multiply = (m: Affine, n: Affine): Affine => ({
  a: m.a * n.a + m.c * n.b,
  b: m.b * n.a + m.d * n.b,
  c: m.a * n.c + m.c * n.d,
  d: m.b * n.c + m.d * n.d,
  e: m.a * n.e + m.c * n.f + m.e,
  f: m.b * n.e + m.d * n.f + m.f,
});

export const apply = (m: Affine, { x, y }: XY): XY => ({ x: m.a * x + m.c * y + m.e, y: m.b * x + m.d * y + m.f });

/** Null when the matrix flattens the plane (a view of no size). */
export function invert(m: Affine): Affine | null {
  const determinant = m.a * m.d - m.b * m.c;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return null;
  const a = m.d / determinant;
  const b = -m.b / determinant;
  const c = -m.c / determinant;
  const d = m.a / determinant;
  return { a, b, c, d, e: -(a * m.e + c * m.f), f: -(b * m.e + d * m.f) };
}

/** Mean factor by which lengths grow. */
export const scaleOf = (m: Affine): number => Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
