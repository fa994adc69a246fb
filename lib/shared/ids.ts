const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random id of `bits` entropy (default 128) in lower-case letters and digits that can't be confused when read aloud. */
export function createId(bits = 128): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(bits / 5)));
  let id = '';
  for (const byte of bytes) id += ALPHABET[byte & 31];
  return id;
}
