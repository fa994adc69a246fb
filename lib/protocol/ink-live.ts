/**
 * A stroke while it is drawn: binary packets on `pointer` (unordered, may be lost). Every packet stands alone: it names
 * its stroke and how it looks, and says again the last points of the packet before it.
 *
 *  0 u8  version << 4 | kind         10 u24 colour              19 u16 index of the first point, or revision of a shape
 *  1 u8  tool | stay << 3 | up << 4  13 u8  width               21 u8  count
 *  2 u32 n                           14 u8  number, 0 for none  22 u16 x, u16 y, u8 pressure
 *  6 u32 hash of the surface         15 u32 seed                27 (i16 dx, i16 dy, u8 pressure) × (count - 1)
 */
import { fail, ok, type Result } from '../shared/result.ts';
import {
  INK_UNITS,
  MAX_INK_NUMBER,
  MAX_INK_WIDTH,
  MAX_LIVE_POINTS,
  MAX_STROKE_POINTS,
  MIN_INK_WIDTH,
} from './ink-limits.ts';
import { type Tool, TOOLS } from './ink-messages.ts';

export const INK_LIVE_VERSION = 1;
/** What the low half of a pointer packet's first byte says; other kinds belong to co-browsing. */
export const POINTER_KIND_INK = 1;
const FIRST_POINT = 22;
const HEADER_BYTES = FIRST_POINT + 5;
const POINT_BYTES = 5;

export interface LivePacket {
  readonly n: number;
  readonly surfaceHash: number;
  readonly tool: Tool;
  readonly colour: string;
  readonly width: number;
  readonly seed: number;
  readonly stay: boolean;
  /** The pen was lifted: the finished stroke is on its way. */
  readonly up: boolean;
  readonly number: number;
  /** Pen and laser: index of the first point. Shapes, which have two points: a revision, the highest wins. */
  readonly at: number;
  /** x, y in INK_UNITS and pressure 0..255, three numbers a point. */
  readonly points: readonly number[];
}

export type LiveReason = 'length' | 'version' | 'kind' | 'tool' | 'bounds';

/** FNV-1a, 32 bits: names a surface in four bytes; the receiver compares it with the few surfaces there are. */
export function hashSurface(surface: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < surface.length; index++) {
    hash = Math.imul(hash ^ surface.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Up to MAX_LIVE_POINTS points; the caller has them in bounds (`quantise`). */
export function encodeLive(packet: LivePacket): Uint8Array<ArrayBuffer> {
  const count = packet.points.length / 3;
  const bytes = new Uint8Array(HEADER_BYTES + POINT_BYTES * (count - 1));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (INK_LIVE_VERSION << 4) | POINTER_KIND_INK);
  view.setUint8(1, TOOLS.indexOf(packet.tool) | (packet.stay ? 8 : 0) | (packet.up ? 16 : 0));
  view.setUint32(2, packet.n);
  view.setUint32(6, packet.surfaceHash);
  const colour = Number.parseInt(packet.colour.slice(1), 16);
  view.setUint8(10, colour >> 16);
  view.setUint16(11, colour & 0xffff);
  view.setUint8(13, packet.width);
  view.setUint8(14, packet.number);
  view.setUint32(15, packet.seed);
  view.setUint16(19, packet.at);
  view.setUint8(21, count);
  writePoints(view, packet.points);
  return bytes;
}

function writePoints(view: DataView, points: readonly number[]): void {
  let lastX = 0;
  let lastY = 0;
  for (let index = 0; index * 3 < points.length; index++) {
    const x = points[index * 3] ?? 0;
    const y = points[index * 3 + 1] ?? 0;
    const offset = FIRST_POINT + index * POINT_BYTES;
    if (index === 0) {
      view.setUint16(offset, x);
      view.setUint16(offset + 2, y);
    } else {
      view.setInt16(offset, x - lastX);
      view.setInt16(offset + 2, y - lastY);
    }
    view.setUint8(offset + 4, points[index * 3 + 2] ?? 0);
    lastX = x;
    lastY = y;
  }
}

/** Never throws; a packet that is cut, too long, of another version or out of bounds gives a reason. */
export function decodeLive(bytes: Uint8Array): Result<LivePacket, LiveReason> {
  if (bytes.byteLength < HEADER_BYTES) return fail('length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 4 !== INK_LIVE_VERSION) return fail('version');
  if ((first & 15) !== POINTER_KIND_INK) return fail('kind');
  const flags = view.getUint8(1);
  const tool = TOOLS[flags & 7];
  if (tool === undefined || tool === 'text' || flags > 31) return fail('tool');
  const count = view.getUint8(21);
  if (count < 1 || count > MAX_LIVE_POINTS) return fail('bounds', 'count');
  if (bytes.byteLength !== HEADER_BYTES + POINT_BYTES * (count - 1)) return fail('length');
  const points = readPoints(view, count);
  if (points === null) return fail('bounds', 'points');
  const packet: LivePacket = {
    n: view.getUint32(2),
    surfaceHash: view.getUint32(6),
    tool,
    colour: `#${((view.getUint8(10) << 16) | view.getUint16(11)).toString(16).padStart(6, '0')}`,
    width: view.getUint8(13),
    seed: view.getUint32(15),
    stay: (flags & 8) !== 0,
    up: (flags & 16) !== 0,
    number: view.getUint8(14),
    at: view.getUint16(19),
    points,
  };
  return isInBounds(packet, count) ? ok(packet) : fail('bounds', 'header');
}

function readPoints(view: DataView, count: number): number[] | null {
  const points: number[] = [];
  let x = view.getUint16(FIRST_POINT);
  let y = view.getUint16(FIRST_POINT + 2);
  for (let index = 0; index < count; index++) {
    const offset = FIRST_POINT + index * POINT_BYTES;
    if (index > 0) {
      x += view.getInt16(offset);
      y += view.getInt16(offset + 2);
    }
    if (x < 0 || y < 0 || x > INK_UNITS || y > INK_UNITS) return null;
    points.push(x, y, view.getUint8(offset + 4));
  }
  return points;
}

const isInBounds = (packet: LivePacket, count: number): boolean =>
  packet.width >= MIN_INK_WIDTH &&
  packet.width <= MAX_INK_WIDTH &&
  packet.number <= MAX_INK_NUMBER &&
  packet.seed >= 1 &&
  packet.seed <= 0x7fff_ffff &&
  (isFreehand(packet.tool) ? packet.at + count <= MAX_STROKE_POINTS : count <= 2);

/** Tools that draw a line of many points; the others have a start and an end. */
export const isFreehand = (tool: Tool): boolean => tool === 'pen' || tool === 'laser';
