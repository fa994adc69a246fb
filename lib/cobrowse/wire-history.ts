/** DEFLATE can look back this far. */
const WINDOW_BYTES = 32_768;

/**
 * The last 32 KB of payload that went over one direction of a link: the dictionary of the next frame. Both ends keep
 * the same. Each frame is then a whole DEFLATE stream, so nothing depends on a flush in the middle of one (fflate 0.8.3
 * writes a broken sync flush when the bits before it end two short of a byte).
 */
export interface WireHistory {
  dictionary(): Uint8Array;
  add(raw: Uint8Array): void;
}

export function createWireHistory(): WireHistory {
  // Twice the window, so that the bytes move once in a while only.
  const buffer = new Uint8Array(2 * WINDOW_BYTES);
  let length = 0;
  return {
    dictionary: () => buffer.subarray(Math.max(0, length - WINDOW_BYTES), length),
    add(raw) {
      const tail = raw.subarray(-WINDOW_BYTES);
      if (length + tail.length > buffer.length) {
        const keep = Math.min(length, WINDOW_BYTES);
        buffer.copyWithin(0, length - keep, length);
        length = keep;
      }
      buffer.set(tail, length);
      length += tail.length;
    },
  };
}
