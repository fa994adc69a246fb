import { Inflate } from 'fflate';
import { fail, ok, type Result } from '../shared/result.ts';
import { join } from './wire-chunks.ts';

/** Small steps keep what one step of a bomb can produce below 4.2 MB (DEFLATE yields at most 1032:1). */
const STEP_BYTES = 4_096;

/** Inflates a DEFLATE stream that must yield exactly `rawLength` bytes, and stops as soon as it yields more. */
export function inflateBounded(
  packed: Uint8Array,
  rawLength: number,
  dictionary: Uint8Array,
): Result<Uint8Array, 'corrupt' | 'bomb'> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate({ dictionary }, (data) => {
    parts.push(data);
    length += data.length;
  });
  for (let start = 0; start < packed.length; start += STEP_BYTES) {
    try {
      inflate.push(packed.subarray(start, start + STEP_BYTES));
    } catch {
      return fail('corrupt', 'not a DEFLATE stream');
    }
    if (length > rawLength) return fail('bomb', `more than the ${rawLength} bytes it claims`);
  }
  return length === rawLength ? ok(join(parts, length)) : fail('corrupt', `${length} of ${rawLength} bytes`);
}
