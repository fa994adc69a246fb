import { decodeLinkMessage } from '../protocol/decode.ts';
import type { LinkMessage } from '../protocol/peer-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok } from '../shared/result.ts';
import { createEarlyBytes } from './early-bytes.ts';
import type { Hub, Link, LossyChannel, MayAnswer, StreamChannel, Tap } from './link.ts';

/** A network in memory: the fake side of Hub and Link, with the faults that a real one has. */
export interface MemoryNetwork {
  hub(peerId: string, mayAnswer?: MayAnswer): Hub;
  /** While false, nothing arrives and nobody can be dialled; what is sent on a link in that time is lost with it. */
  setUp(up: boolean): void;
  /** Breaks every link, as a change of network does. */
  cut(): void;
}

export function createMemoryNetwork(clock: Clock): MemoryNetwork {
  const hubs = new Map<string, { links: ((link: Link) => void)[]; mayAnswer: MayAnswer; waiting: (() => void)[] }>();
  const open = new Set<Link>();
  let up = true;

  return {
    setUp(value) {
      up = value;
    },
    cut() {
      for (const link of [...open]) link.close();
    },
    hub(peerId, mayAnswer = () => 'yes') {
      const own = { links: [] as ((link: Link) => void)[], mayAnswer, waiting: [] as (() => void)[] };
      hubs.set(peerId, own);
      return {
        peerId,
        async dial(remotePeerId, signal) {
          await Promise.resolve();
          const remote = hubs.get(remotePeerId);
          if (signal.aborted) return fail('aborted');
          if (!up || !remote) return fail('unreachable');
          while (remote.mayAnswer(peerId) === 'hold') {
            await new Promise<void>((resolve) => {
              remote.waiting.push(resolve);
              signal.addEventListener('abort', () => resolve(), { once: true });
            });
            if (signal.aborted) return fail('aborted');
          }
          if (remote.mayAnswer(peerId) === 'no') return fail('unreachable');
          const [near, far] = createMemoryLinks([peerId, remotePeerId], () => up, clock);
          for (const link of [near, far]) {
            open.add(link);
            link.closed.addEventListener('abort', () => open.delete(link), { once: true });
          }
          for (const run of remote.links) run(far);
          return ok(near);
        },
        onLink: (run) => own.links.push(run),
        reconsider() {
          for (const resume of own.waiting.splice(0)) resume();
        },
        refresh: () => undefined,
        onMissed: () => () => undefined,
      };
    },
  };
}

/** Two ends of one link between `peerIds`; the first is the one that dialled. */
export function createMemoryLinks(
  peerIds: readonly [string, string],
  isUp: () => boolean,
  clock: Clock,
): readonly [Link, Link] {
  const closed = new AbortController();
  const ends = peerIds.map(() => createEnd(clock));
  const make = (side: 0 | 1): Link => {
    const own = ends[side];
    const other = ends[1 - side];
    if (!own || !other) throw new RangeError('a link has two ends');
    const carry = (run: () => void) => {
      if (closed.signal.aborted || !isUp()) return false;
      queueMicrotask(() => {
        if (closed.signal.aborted) return;
        other.heardAt = clock.now();
        run();
      });
      return true;
    };
    const pointer: LossyChannel = {
      send: (bytes) =>
        carry(() => {
          for (const run of other.pointed) run(bytes.slice());
        }),
      onBytes: (run) => void own.pointed.push(run),
    };
    const stream = (lane: 'cobrowse' | 'bulk'): StreamChannel => ({
      async send(bytes) {
        if (closed.signal.aborted) throw new Error('The link closed.');
        carry(() => other[lane].put(bytes.slice()));
      },
      onBytes: own[lane].onBytes,
      bufferedBytes: () => 0,
    });
    return {
      remotePeerId: peerIds[1 - side] ?? '',
      initiated: side === 0,
      closed: closed.signal,
      send: (message) => void carry(() => other.receive(JSON.stringify(message))),
      onMessage: own.listen,
      heardAt: () => own.heardAt,
      rejected: () => own.rejected,
      fingerprints: () => ({ own: `sha-256 ${peerIds[side]}`, other: `sha-256 ${peerIds[1 - side]}` }),
      pointer,
      cobrowse: stream('cobrowse'),
      bulk: stream('bulk'),
      taps: {
        open: () => Promise.resolve(),
        async send(tap, track) {
          other.taps.set(tap, track);
          other.onTaps();
        },
        received: (tap) => own.taps.get(tap) ?? null,
        onReceived(run) {
          own.onTaps = run;
        },
      },
      stats: () => Promise.resolve(null),
      close: () => closed.abort(),
    };
  };
  return [make(0), make(1)];
}

function createEnd(clock: Clock) {
  const held: LinkMessage[] = [];
  let listener: ((message: LinkMessage) => void) | null = null;
  const end = {
    heardAt: clock.now(),
    rejected: 0,
    pointed: [] as ((bytes: Uint8Array<ArrayBuffer>) => void)[],
    cobrowse: createEarlyBytes(),
    bulk: createEarlyBytes(),
    taps: new Map<Tap, MediaStreamTrack | null>(),
    onTaps: () => undefined as void,
    receive(text: string) {
      const decoded = decodeLinkMessage(text);
      if (!decoded.ok) end.rejected += decoded.reason === 'unknown-type' ? 0 : 1;
      else if (listener) listener(decoded.value);
      else held.push(decoded.value);
    },
    listen(run: (message: LinkMessage) => void) {
      listener = run;
      for (const message of held.splice(0)) run(message);
    },
  };
  return end;
}
