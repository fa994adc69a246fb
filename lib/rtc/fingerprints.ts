/** The first DTLS fingerprint of an SDP, e.g. `sha-256 AB:CD:…`; '' when there is none. */
export const fingerprintOf = (sdp: string | undefined): string =>
  /^a=fingerprint:(.+?)\r?$/m.exec(sdp ?? '')?.[1] ?? '';
