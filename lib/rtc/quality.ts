import type { LinkStats } from './link.ts';

export interface LinkQuality {
  readonly level: 'good' | 'fair' | 'poor';
  readonly roundTripMs: number | null;
  /** 0..1 between the two readings; null when nothing was expected. */
  readonly loss: number | null;
  readonly jitterMs: number | null;
  readonly sendKbps: number;
  readonly receiveKbps: number;
  readonly relayed: boolean;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** A conversation feels direct up to about 200 ms and hard to hold above 500 ms; speech codecs hide up to about 3 % loss. */
const FAIR = { roundTripMs: 200, loss: 0.03 };
const POOR = { roundTripMs: 500, loss: 0.1 };

/** What two readings, a few seconds apart, say about a link. */
export function qualityBetween(before: LinkStats, now: LinkStats): LinkQuality {
  const seconds = Math.max(0.001, (now.at - before.at) / 1_000);
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const expected = Math.max(0, now.packetsReceived - before.packetsReceived) + lost;
  const loss = expected === 0 ? null : lost / expected;
  const roundTripMs = now.roundTripMs;
  const isAtLeast = (limit: typeof FAIR) => (roundTripMs ?? 0) > limit.roundTripMs || (loss ?? 0) > limit.loss;
  const kbps = (from: number, to: number) => Math.round((Math.max(0, to - from) * 8) / seconds / 1_000);
  return {
    level: isAtLeast(POOR) ? 'poor' : isAtLeast(FAIR) ? 'fair' : 'good',
    roundTripMs,
    loss,
    jitterMs: now.jitterMs,
    sendKbps: kbps(before.bytesSent, now.bytesSent),
    receiveKbps: kbps(before.bytesReceived, now.bytesReceived),
    relayed: now.relayed,
    width: now.width,
    height: now.height,
    framesPerSecond: now.framesPerSecond,
  };
}
