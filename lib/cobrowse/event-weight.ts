/**
 * Roughly what a piece of plain data takes in memory, in bytes: two for each character, a word for each value, and what
 * engines add to every string and object. Linear in its size.
 */
export function weighData(value: unknown): number {
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 32;
  for (const inner of Object.values(value)) bytes += 8 + weighData(inner);
  return bytes;
}
