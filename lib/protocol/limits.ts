/** Every bound on what crosses a wire, with its reason. */

/** The version of the peer wire. Raised when an older peer could misunderstand a message. */
export const PROTOCOL_VERSION = 1;

/** A name fits one line at 360 px and a notification title. */
export const MAX_NAME_CHARS = 80;
/** One message: long enough for a part list, short enough to render at once. */
export const MAX_CHAT_CHARS = 4_000;
/** Facts about a caller: automatic ones (about 12) and attributes from a link. */
export const MAX_FACTS = 40;
export const MAX_FACT_CHARS = 300;
/** An SDP with four transceivers is 5–8 kB; a bundle of candidates is far below the same bound. */
export const MAX_SDP_CHARS = 40_000;
/** One text message on `control`, encoded. Chromium's message limit is 262,144 bytes (reference/quality.md §1.3). */
export const MAX_CONTROL_BYTES = 64_000;
/** Signalling frames that the desk relays: an SDP offer plus envelope. */
export const MAX_SIGNAL_BYTES = 64_000;
/** Data channels: best in both browsers (reference/quality.md §1.3, measured). */
export const CHUNK_BYTES = 16_384;
export const HIGH_WATER_BYTES = 262_144;
export const LOW_WATER_BYTES = 65_536;

/** A ring that nobody answers is a missed call after this time, at both ends. */
export const RING_TIMEOUT_MS = 30_000;
/** A consent that nobody answers is a no after this time. */
export const CONSENT_TIMEOUT_MS = 30_000;
/** A session without a link ends after this time. */
export const RESUME_WINDOW_MS = 600_000;
/** Heartbeat on `control`; loss is shown after LOSS_AFTER_MS without one (browsers take 5.8–9 s, quality.md §2.2). */
export const HEARTBEAT_MS = 500;
export const LOSS_AFTER_MS = 2_500;

/** A desk lease ends this long after its last renewal; clients renew every LEASE_RENEW_MS. */
export const LEASE_MS = 15_000;
export const LEASE_RENEW_MS = 5_000;
/** A session code: nine digits, ten minutes, one use, five guesses a minute (reference/quality.md §3.1). */
export const CODE_DIGITS = 9;
export const CODE_TTL_MS = 600_000;
export const CODE_GUESSES_PER_MINUTE = 5;
/** One frame from a client on the `/desk` socket, and one HTTP body: forty facts of 300 characters fit. */
export const MAX_DESK_BYTES = 64_000;
/** Signalling for an id whose owner is away for a moment: an offer with its candidates, kept in memory (quality.md §3.1). */
export const MAX_KEPT_SIGNALS = 32;
export const MAX_KEPT_SIGNAL_BYTES = 256_000;
