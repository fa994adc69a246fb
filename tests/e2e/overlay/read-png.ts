import { inflateSync } from 'node:zlib';

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of a pixel. */
  at(x: number, y: number): readonly [number, number, number];
}

/** Reads what browsers make of a screenshot: 8 bits a channel, RGB or RGBA, not interlaced. */
export function readPng(file: Uint8Array): Bitmap {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = file[25] === 6 ? 4 : 3;
  const parts: Uint8Array[] = [];
  for (let offset = 8; offset < file.length; offset += 12 + view.getUint32(offset)) {
    const type = String.fromCharCode(...file.subarray(offset + 4, offset + 8));
    if (type === 'IDAT') parts.push(file.subarray(offset + 8, offset + 8 + view.getUint32(offset)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const pixels = unfilter(raw, { stride: width * channels, height, channels });
  return {
    width,
    height,
    at(x, y) {
      const offset = (y * width + x) * channels;
      return [pixels[offset] ?? 0, pixels[offset + 1] ?? 0, pixels[offset + 2] ?? 0];
    },
  };
}

interface Rows {
  readonly stride: number;
  readonly height: number;
  readonly channels: number;
}

function unfilter(raw: Uint8Array, { stride, height, channels }: Rows): Uint8Array {
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= channels ? (pixels[at - channels] ?? 0) : 0;
      const up = row > 0 ? (pixels[at - stride] ?? 0) : 0;
      const corner = row > 0 && column >= channels ? (pixels[at - stride - channels] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[at] = (raw[row * (stride + 1) + 1 + column] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distances = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)] as const;
  if (distances[0] <= distances[1] && distances[0] <= distances[2]) return left;
  return distances[1] <= distances[2] ? up : corner;
}

/** The middle of all pixels that are nearly `colour`, and how many there are; null when there are none. */
export function findColour(bitmap: Bitmap, colour: readonly [number, number, number], tolerance = 24) {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      const pixel = bitmap.at(x, y);
      if (pixel.some((value, channel) => Math.abs(value - (colour[channel] ?? 0)) > tolerance)) continue;
      count += 1;
      sumX += x + 0.5;
      sumY += y + 0.5;
    }
  }
  return count === 0 ? null : { x: sumX / count, y: sumY / count, count };
}
