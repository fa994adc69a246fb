import type { AssetRegister } from '../cobrowse/assets-register.ts';
import { createPrivacyFilter, type PrivacyFilter } from '../cobrowse/privacy-filter.ts';
import type { PagePrivacy } from '../cobrowse/privacy-rules.ts';
import { sampleHash } from '../cobrowse/sample-hash.ts';
import { createSnapshotPlan } from '../cobrowse/snapshot-plan.ts';
import type { MirrorEvent } from '../protocol/cobrowse-messages.ts';
import type { AgentFrameKind } from '../protocol/cobrowse-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { ToRecorder } from './recorder-messages.ts';

export interface PageFeedDeps {
  readonly document: Document;
  readonly privacy: PagePrivacy;
  readonly assets: AssetRegister;
  readonly clock: Clock;
  /** Epochs begin above it. */
  readonly epoch: number;
  readonly tell: (message: ToRecorder) => void;
  /** Runs `take` when everything is ready for a snapshot. */
  readonly beforeSnapshot: (take: () => void) => void;
  readonly emit: (kind: AgentFrameKind, epoch: number, json: string) => void;
  /** After each batch, filtered and sent. */
  readonly onBatch: () => void;
  readonly signal: AbortSignal;
}

/** The stream of one frame's page: what the recorder says, filtered, in epochs. */
export interface PageFeed {
  readonly filter: PrivacyFilter;
  epoch(): number;
  onEvents(events: readonly unknown[]): void;
  /** A snapshot: for the customer's own view at once, for others as soon as the pace allows one. */
  resync(isOwn: boolean): void;
  setPaused(paused: boolean): void;
  setPressure(level: 0 | 1 | 2 | 3): void;
  setPrivacy(privacy: PagePrivacy): void;
  hide(id: number, size: { readonly width: number; readonly height: number }): void;
  unhide(ids: readonly number[]): void;
  /** A style sheet that the page could not read. */
  supplySheet(id: number, css: string, address: string): void;
  /** What a canvas shows now: the name of an asset. */
  supplyPicture(id: number, name: string): void;
}

const META = 4;
const FULL_SNAPSHOT = 2;
const HASH_EVERY_MS = 5_000;

export function createPageFeed(deps: PageFeedDeps): PageFeed {
  const { clock, tell, emit, signal } = deps;
  const filter = createPrivacyFilter({ ...deps, base: () => deps.document.baseURI });
  let epoch = deps.epoch;
  let isLive = false;
  let isPaused = false;
  let pressure: 0 | 1 | 2 | 3 = 0;

  const isStopped = () => isPaused || pressure === 3;
  const snapshots = createSnapshotPlan({
    ...{ clock, isStopped, signal },
    take: () => deps.beforeSnapshot(() => tell({ type: 'snapshot' })),
  });
  const send = (kind: 'snapshot' | 'events', events: readonly MirrorEvent[]) => {
    if (events.length > 0) emit(kind, epoch, JSON.stringify({ events }));
  };
  const restart = () => {
    isLive = false;
    tell({ type: 'pause', on: isStopped() });
  };

  clock.every(
    HASH_EVERY_MS,
    () => {
      const sample = isLive && !isStopped() ? sampleHash(filter) : null;
      if (sample !== null) emit('hash', epoch, JSON.stringify(sample));
    },
    signal,
  );

  return {
    filter,
    epoch: () => epoch,
    onEvents(raw) {
      if (isStopped()) return;
      const opening = raw.findLastIndex((event) => typeOf(event) === FULL_SNAPSHOT);
      if (opening >= 0) {
        epoch += 1;
        isLive = true;
        // What came before the snapshot is in it.
        const meta = typeOf(raw[opening - 1]) === META ? opening - 1 : opening;
        send('snapshot', filterAll(filter, raw.slice(meta)));
      } else if (isLive)
        send(
          'events',
          filterAll(
            filter,
            raw.filter((event) => typeOf(event) !== META),
          ),
        );
      if (filter.takeWish()) snapshots.wish();
      deps.onBatch();
    },
    resync: (isOwn) => (isOwn ? snapshots.decide() : snapshots.wish()),
    setPaused(paused) {
      if (paused === isPaused) return;
      isPaused = paused;
      restart();
      snapshots.decide();
    },
    setPressure(level) {
      const wasStopped = isStopped();
      pressure = level;
      tell({ type: 'pressure', level: level === 3 ? 2 : level });
      if (wasStopped === isStopped()) return;
      restart();
      snapshots.wish();
    },
    setPrivacy(privacy) {
      filter.setPrivacy(privacy);
      isLive = false;
      snapshots.decide();
    },
    hide(id, size) {
      // What the recorder still holds back must not come after.
      tell({ type: 'flush' });
      const event = filter.hide(id, size, clock.now());
      if (event !== null && isLive && !isStopped()) send('events', [event]);
    },
    unhide(ids) {
      for (const id of ids) filter.unhide(id);
      snapshots.decide();
    },
    supplySheet(id, css, address) {
      const event = filter.supplySheet(id, css, address);
      if (event === null || !isLive || isStopped()) return;
      const timestamp = clock.now();
      const asked = filter.takeAsked(timestamp);
      send('events', [{ ...event, timestamp }, ...(asked === null ? [] : [asked])]);
    },
    supplyPicture(id, name) {
      const event = filter.supplyPicture(id, name);
      if (event !== null && isLive && !isStopped()) send('events', [{ ...event, timestamp: clock.now() }]);
    },
  };
}

const typeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;

function filterAll(filter: PrivacyFilter, raw: readonly unknown[]): MirrorEvent[] {
  const events: MirrorEvent[] = [];
  for (const event of raw) {
    const filtered = filter.filter(event);
    if (filtered !== null) events.push(filtered);
  }
  const asked = filter.takeAsked(events.at(-1)?.timestamp ?? 0);
  return asked === null ? events : [...events, asked];
}
