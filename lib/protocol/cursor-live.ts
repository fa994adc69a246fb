/**
 * The customer's pointer on `pointer`: u8 version << 4 | kind, u8 flags, u16 counter, u32 tab, u32 frame, i16 x, i16 y.
 * Lost ones are not missed; late ones are older by their counter.
 */
import { fail, ok, type Result } from '../shared/result.ts';

export const CURSOR_VERSION = 1;
/** What the low half of a pointer packet's first byte says. 1 is ink. */
export const POINTER_KIND_CURSOR = 2;
const LENGTH = 16;

export interface CursorPacket {
  /** Counts up and wraps at 65,536. */
  readonly counter: number;
  readonly tabId: number;
  readonly frameId: number;
  /** Viewport CSS px of the frame. */
  readonly x: number;
  readonly y: number;
  readonly pressed: boolean;
}

export function encodeCursor({ counter, tabId, frameId, x, y, pressed }: CursorPacket): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (CURSOR_VERSION << 4) | POINTER_KIND_CURSOR);
  view.setUint8(1, pressed ? 1 : 0);
  view.setUint16(2, counter & 0xffff);
  view.setUint32(4, tabId);
  view.setUint32(8, frameId);
  view.setInt16(12, clamp(x));
  view.setInt16(14, clamp(y));
  return bytes;
}

const clamp = (px: number): number => Math.max(-32_768, Math.min(32_767, Math.round(px)));

/** Never throws. */
export function decodeCursor(bytes: Uint8Array): Result<CursorPacket, 'length' | 'version' | 'kind' | 'flags'> {
  if (bytes.length !== LENGTH) return fail('length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 4 !== CURSOR_VERSION) return fail('version');
  if ((first & 15) !== POINTER_KIND_CURSOR) return fail('kind');
  const flags = view.getUint8(1);
  if (flags > 1) return fail('flags');
  return ok({
    counter: view.getUint16(2),
    tabId: view.getUint32(4),
    frameId: view.getUint32(8),
    x: view.getInt16(12),
    y: view.getInt16(14),
    pressed: flags === 1,
  });
}

/** Whether `counter` came after `last`, across the wrap. */
export const isNewer = (counter: number, last: number): boolean =>
  ((counter - last) & 0xffff) < 0x8000 && counter !== last;
