/** A picture that moves is sent as it is up to here; a larger one stands still. */
export const MAX_MOVING_BYTES = 500_000;
/** Of what unpacks to many times its size. */
const MAX_SIDE_PX = 1_600;
const MAX_FRAMES = 1_000;

export interface MovingPicture {
  readonly mime: 'image/gif' | 'image/webp';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A GIF or WebP of several frames, without what only its file tells: comments, places, names, programs. Null when it stands
 * still, is larger than what is sent, or is not made as it should be. GIF89a §§17–26; WebP Container Specification.
 */
export function cleanMovingPicture(bytes: Uint8Array<ArrayBuffer>): MovingPicture | null {
  if (bytes.length > MAX_MOVING_BYTES) return null;
  try {
    const mark = textAt(bytes, 0, 4);
    if (mark === 'GIF8') return whole('image/gif', gifParts(bytes));
    return mark === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP' ? whole('image/webp', webpParts(bytes)) : null;
  } catch (error) {
    // It ends before its time.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function whole(mime: MovingPicture['mime'], parts: readonly Uint8Array[] | null): MovingPicture | null {
  if (parts === null) return null;
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { mime, bytes };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError('The end');
  return byte;
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Little-endian. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let i = length - 1; i >= 0; i -= 1) number = number * 256 + byteAt(bytes, at + i);
  return number;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/** The length of a colour table, by the packed field that tells of it. */
const tableLength = (packed: number): number => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1));

function gifParts(bytes: Uint8Array): Uint8Array[] | null {
  if (Math.max(numberAt(bytes, 6, 2), numberAt(bytes, 8, 2)) > MAX_SIDE_PX) return null;
  let at = 13 + tableLength(byteAt(bytes, 10));
  const parts = [bytes.subarray(0, at)];
  let frames = 0;
  for (let kind = byteAt(bytes, at); kind !== TRAILER; kind = byteAt(bytes, at)) {
    const isImage = kind === IMAGE;
    if (!isImage && kind !== EXTENSION) return null;
    // An image begins with where it is, its own colours, and the size of its codes.
    const end = endOfBlocks(bytes, at + (isImage ? 11 + tableLength(byteAt(bytes, at + 9)) : 2));
    if (isImage || isOfPicture(bytes, at)) parts.push(bytes.subarray(at, end));
    if (isImage) frames += 1;
    at = end;
  }
  parts.push(Uint8Array.of(TRAILER));
  return frames > 1 && frames <= MAX_FRAMES ? parts : null;
}

/** How long a frame stands, and that they begin again. */
const isOfPicture = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === GRAPHIC_CONTROL || (bytes[at + 1] === APPLICATION && textAt(bytes, at + 3, 11) === 'NETSCAPE2.0');

function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (byteAt(bytes, at) !== 0) at += byteAt(bytes, at) + 1;
  return at + 1;
}

const WEBP_PARTS: ReadonlySet<string> = new Set(['VP8X', 'ANIM', 'ANMF']);
const ANIMATION = 0x02;
/** Colour profile, Exif and XMP, which do not come with it. */
const LEFT_OUT = 0x20 | 0x08 | 0x04;

function webpParts(bytes: Uint8Array): Uint8Array[] | null {
  const parts: Uint8Array[] = [];
  let length = 4;
  let frames = 0;
  for (let at = 12; at < bytes.length;) {
    const name = textAt(bytes, at, 4);
    const size = numberAt(bytes, at + 4, 4);
    const end = at + 8 + size + (size % 2);
    byteAt(bytes, end - 1);
    if (WEBP_PARTS.has(name)) {
      const part = bytes.slice(at, end);
      if (name === 'VP8X') {
        const isLarge = Math.max(numberAt(part, 12, 3), numberAt(part, 15, 3)) >= MAX_SIDE_PX;
        if (isLarge || (byteAt(part, 8) & ANIMATION) === 0) return null;
        part[8] = byteAt(part, 8) & ~LEFT_OUT;
      }
      if (name === 'ANMF') frames += 1;
      parts.push(part);
      length += part.length;
    }
    at = end;
  }
  const head = bytes.slice(0, 12);
  new DataView(head.buffer).setUint32(4, length, true);
  return frames > 1 && frames <= MAX_FRAMES ? [head, ...parts] : null;
}
