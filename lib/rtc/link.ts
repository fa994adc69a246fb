/**
 * One RTCPeerConnection between two people, and what rides on it. A link is thrown away when it breaks; what must
 * survive it lives in the session above (lib/call/delivery.ts). The real side is peer-link.ts, the fake memory-network.ts.
 */
import type { LinkMessage } from '../protocol/peer-messages.ts';
import type { Result } from '../shared/result.ts';

/** The four taps, in the order of their transceivers. */
export const TAPS = ['mic', 'camera', 'screen', 'screenSound'] as const;
export type Tap = (typeof TAPS)[number];

export interface Link {
  readonly remotePeerId: string;
  /** True at the end that dialled; only that end ever makes an offer (ARCHITECTURE §2). */
  readonly initiated: boolean;
  /** Aborts once, when the link is gone for good. */
  readonly closed: AbortSignal;
  /** `control`: ordered, reliable. Does nothing after the link has closed. */
  send(message: LinkMessage): void;
  /** One listener; what arrived before it is handed over first. */
  onMessage(run: (message: LinkMessage) => void): void;
  /** Clock time of the last sign of life from the other end. */
  heardAt(): number;
  /** Number of inbound messages that were dropped because no schema fits them. */
  rejected(): number;
  /** DTLS fingerprints as in SDP, e.g. `sha-256 AB:CD:…`; what the browser really checks. */
  fingerprints(): { readonly own: string; readonly other: string };
  readonly pointer: LossyChannel;
  readonly cobrowse: StreamChannel;
  readonly bulk: StreamChannel;
  readonly taps: Taps;
  stats(): Promise<LinkStats | null>;
  close(): void;
}

/** Unordered, never sent again: laser, live ink, cursors. */
export interface LossyChannel {
  /** False when it was dropped: not open, or too much is waiting already. */
  send(bytes: Uint8Array<ArrayBuffer>): boolean;
  onBytes(run: (bytes: Uint8Array<ArrayBuffer>) => void): void;
}

/** Ordered and reliable, with back-pressure. Messages of any size up to the other end's limit; callers chunk. */
export interface StreamChannel {
  /** Resolves when the bytes were handed to the browser; waits above HIGH_WATER_BYTES. Rejects when the link closes. */
  send(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** What came before anybody listened is handed over first, to all who begin to listen in one task. */
  onBytes(run: (bytes: Uint8Array<ArrayBuffer>) => void): void;
  bufferedBytes(): number;
}

export interface Taps {
  /** Agrees on the four transceivers; the initiator offers. Resolves when both sides know them. */
  open(): Promise<void>;
  /** What this side sends; null shuts the tap. Remembered until the transceivers are there. */
  send(tap: Tap, track: MediaStreamTrack | null): Promise<void>;
  /** What arrives, from the moment the taps are open. */
  received(tap: Tap): MediaStreamTrack | null;
  onReceived(run: () => void): void;
}

/** Totals since the link began; rates are made of two of them (quality.ts). */
export interface LinkStats {
  readonly at: number;
  readonly roundTripMs: number | null;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number | null;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly relayed: boolean;
  readonly width: number;
  readonly height: number;
  readonly framesDecoded: number;
  readonly framesPerSecond: number;
  readonly audioEnergy: number;
}

/** Finds people by their peer id and makes links to them. */
export interface Hub {
  readonly peerId: string;
  /** Resolves with an open link, or with a reason; tries until `signal` aborts, so the caller bounds the time. */
  dial(remotePeerId: string, signal: AbortSignal): Promise<Result<Link, 'unreachable' | 'aborted'>>;
  onLink(run: (link: Link) => void): void;
  /** Asks `mayAnswer` again about offers that were held. */
  reconsider(): void;
  /** Makes signalling anew, after the network came back, and tells the peer `tell` that what it sent meanwhile is lost. */
  refresh(tell: string): void;
  /** Calls back when what was sent to a peer is lost. Returns a function that stops it. */
  onMissed(run: (peerId: string) => void): () => void;
}

/** Whether an offer from a peer may be answered: `hold` keeps it until `reconsider`. */
export type MayAnswer = (remotePeerId: string) => 'yes' | 'hold' | 'no';
