import { MAX_FRAME_BYTES } from '../protocol/cobrowse-limits.ts';
import { CHUNK_BYTES } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../shared/result.ts';

const FIRST = 1;
const LAST = 2;

/** Cuts one packed frame into channel messages; the first byte of each tells whether it begins or ends the frame. */
export function splitFrame(header: Uint8Array, body: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const total = header.length + body.length;
  const room = CHUNK_BYTES - 1;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < total; start += room) {
    const end = Math.min(start + room, total);
    const chunk = new Uint8Array(1 + end - start);
    chunk[0] = (start === 0 ? FIRST : 0) | (end === total ? LAST : 0);
    if (start < header.length) chunk.set(header.subarray(start, Math.min(end, header.length)), 1);
    const from = Math.max(0, start - header.length);
    chunk.set(body.subarray(from, Math.max(from, end - header.length)), 1 + Math.max(0, header.length - start));
    chunks.push(chunk);
  }
  return chunks;
}

export interface ChunkJoiner {
  /** Takes the next channel message: a whole frame when it was the last one, null before that. */
  push(chunk: Uint8Array): Result<Uint8Array | null, 'corrupt' | 'too-big'>;
}

/** Joins what `splitFrame` cut. After a failure it waits for the next first chunk. */
export function createChunkJoiner(): ChunkJoiner {
  let parts: Uint8Array[] | null = null;
  let length = 0;
  const reset = <R extends 'corrupt' | 'too-big'>(reason: R, detail: string) => {
    parts = null;
    length = 0;
    return fail(reason, detail);
  };
  return {
    push(chunk) {
      const marker = chunk[0];
      if (marker === undefined || marker > (FIRST | LAST)) return reset('corrupt', 'marker');
      const isFirst = (marker & FIRST) !== 0;
      const interrupted = isFirst && parts !== null;
      if (!isFirst && parts === null) return reset('corrupt', 'middle without a beginning');
      if (isFirst) {
        parts = [];
        length = 0;
      }
      parts?.push(chunk.subarray(1));
      length += chunk.length - 1;
      if (length > MAX_FRAME_BYTES) return reset('too-big', `${length} bytes`);
      if (interrupted) return reset('corrupt', 'beginning inside a frame');
      if ((marker & LAST) === 0) return ok(null);
      const whole = join(parts ?? [], length);
      parts = null;
      length = 0;
      return ok(whole);
    },
  };
}

export function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
