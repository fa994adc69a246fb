/**
 * The code that two people read to each other. Both sides commit to a random number before either shows its own, so a
 * signalling server in the middle has one guess at 39 bits and can't search for a certificate that fits (the short
 * authentication string of the Matrix specification, decimal form).
 */

/** What is hashed: the same text at both ends, whoever computes it. */
export function verificationText(ends: readonly [VerificationEnd, VerificationEnd]): string {
  const lines = ends.map(({ fingerprint, nonce }) => `${fingerprint.toLowerCase()} ${nonce}`);
  return `alongside verification\n${lines.sort().join('\n')}`;
}

export interface VerificationEnd {
  /** DTLS certificate fingerprint as in SDP, e.g. `sha-256 AB:CD:…`. */
  readonly fingerprint: string;
  /** Hexadecimal. */
  readonly nonce: string;
}

/** Three numbers of four digits (1000–9191) from the first 39 bits of a SHA-256 `digest`. */
export function toVerificationCode(digest: Uint8Array): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = digest;
  const first = (a << 5) | (b >> 3);
  const second = ((b & 7) << 10) | (c << 2) | (d >> 6);
  const third = ((d & 63) << 7) | (e >> 1);
  return [first, second, third].map((number) => String(number + 1_000));
}
