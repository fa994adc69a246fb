/**
 * What a file says that it is, from its first bytes, before any decoder sees it: a picture bomb is a few kilobytes that
 * become gigabytes. Formats: PNG (W3C, IHDR first), JPEG (ITU T.81, SOFn), WebP (RFC 9649).
 */
import { fail, ok, type Result } from '../shared/result.ts';
import { MAX_STILL_BYTES, MAX_STILL_PIXELS, MAX_STILL_SIDE } from './ink-limits.ts';
import type { PictureType } from './still-messages.ts';

export interface PictureHeader {
  readonly mime: PictureType;
  readonly width: number;
  readonly height: number;
}

export type PictureReason = 'not-a-picture' | 'too-many-bytes' | 'too-many-pixels';

/** Never throws. `not-a-picture` also for a known format whose header is cut or makes no sense. */
export function sniffPicture(file: Uint8Array): Result<PictureHeader, PictureReason> {
  if (file.byteLength > MAX_STILL_BYTES) return fail('too-many-bytes');
  const header = sniffPng(file) ?? sniffJpeg(file) ?? sniffWebp(file);
  if (header === null || header.width < 1 || header.height < 1) return fail('not-a-picture');
  const { width, height } = header;
  if (Math.max(width, height) > MAX_STILL_SIDE || width * height > MAX_STILL_PIXELS) return fail('too-many-pixels');
  return ok(header);
}

const viewOf = (file: Uint8Array) => new DataView(file.buffer, file.byteOffset, file.byteLength);

const startsWith = (file: Uint8Array, at: number, text: string): boolean =>
  file.byteLength >= at + text.length &&
  [...text].every((character, index) => file[at + index] === character.charCodeAt(0));

function sniffPng(file: Uint8Array): PictureHeader | null {
  if (file.byteLength < 33 || !startsWith(file, 0, '\u0089PNG\r\n\u001a\n') || !startsWith(file, 12, 'IHDR'))
    return null;
  const view = viewOf(file);
  return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Start-of-frame markers; DHT, JPG and DAC share their range. */
const isFrameMarker = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function sniffJpeg(file: Uint8Array): PictureHeader | null {
  if (!startsWith(file, 0, '\u00ff\u00d8\u00ff')) return null;
  const view = viewOf(file);
  let at = 2;
  while (at + 9 < file.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (isFrameMarker(marker))
      return { mime: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // Fill bytes; a scan before any frame is no JPEG.
    if (marker === 0xff) at += 1;
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function sniffWebp(file: Uint8Array): PictureHeader | null {
  if (file.byteLength < 30 || !startsWith(file, 0, 'RIFF') || !startsWith(file, 8, 'WEBP')) return null;
  const view = viewOf(file);
  const size = webpSize(view, String.fromCharCode(...file.subarray(12, 16)));
  return size === null ? null : { mime: 'image/webp', ...size };
}

function webpSize(view: DataView, chunk: string): { width: number; height: number } | null {
  const u24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (chunk) {
    case 'VP8 ':
      if (u24(23) !== 0x2a019d) return null;
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return null;
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: u24(24) + 1, height: u24(27) + 1 };
    default:
      return null;
  }
}
