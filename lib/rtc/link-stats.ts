import type { Clock } from '../shared/clock.ts';
import type { LinkStats, Taps } from './link.ts';

/** Totals of a connection, or null when it has none yet. Units are those of LinkStats. */
export async function readLinkStats(
  connection: RTCPeerConnection,
  taps: Taps,
  clock: Clock,
): Promise<LinkStats | null> {
  const report = [...(await statsOf(connection))];
  const pair = selectedPair(report);
  if (!pair) return null;
  const received = report.filter((entry) => entry.type === 'inbound-rtp');
  const pictures = received.filter((entry) => entry.kind === 'video');
  const screenTrack = taps.received('screen')?.id;
  const picture =
    pictures.find((entry) => entry.trackIdentifier === screenTrack && numberOf(entry.framesPerSecond) > 0) ??
    pictures.find((entry) => numberOf(entry.framesPerSecond) > 0);
  const candidates = report.filter(
    (entry) => entry.id === pair.localCandidateId || entry.id === pair.remoteCandidateId,
  );
  return {
    at: clock.now(),
    roundTripMs: pair.currentRoundTripTime === undefined ? null : numberOf(pair.currentRoundTripTime) * 1_000,
    packetsReceived: sum(received, 'packetsReceived'),
    packetsLost: sum(received, 'packetsLost'),
    jitterMs: received.length === 0 ? null : Math.max(...received.map((entry) => numberOf(entry.jitter))) * 1_000,
    bytesSent: numberOf(pair.bytesSent),
    bytesReceived: numberOf(pair.bytesReceived),
    relayed: candidates.some((entry) => entry.candidateType === 'relay'),
    width: numberOf(picture?.frameWidth),
    height: numberOf(picture?.frameHeight),
    framesDecoded: sum(pictures, 'framesDecoded'),
    framesPerSecond: numberOf(picture?.framesPerSecond),
    audioEnergy: sum(received, 'totalAudioEnergy'),
  };
}

/** Chromium names the pair in its transport, Firefox marks it; several pairs may be nominated. */
function selectedPair(report: readonly StatsEntry[]): StatsEntry | undefined {
  const transport = report.find((entry) => entry.type === 'transport');
  return (
    report.find((entry) => entry.id === transport?.selectedCandidatePairId) ??
    report.find((entry) => entry.type === 'candidate-pair' && entry.selected === true)
  );
}

type StatsEntry = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

async function statsOf(connection: RTCPeerConnection): Promise<readonly StatsEntry[]> {
  const entries: StatsEntry[] = [];
  if (connection.connectionState === 'closed') return entries;
  (await connection.getStats()).forEach((entry: StatsEntry) => entries.push(entry));
  return entries;
}

const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

const sum = (entries: readonly StatsEntry[], key: string): number =>
  entries.reduce((total, entry) => total + numberOf(entry[key]), 0);
