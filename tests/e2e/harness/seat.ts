import type { Page } from 'puppeteer';
import type { Engine } from '../../../lib/engine/api.ts';
import { CONSENT_TIMEOUT_MS } from '../../../lib/protocol/limits.ts';
import { waitFor } from './deadline.ts';
import { keepConnections } from './keep-connections.ts';
import type { Person } from './person.ts';

/**
 * Somebody's place in a call: the page with the controls, and the page from which the engine's own window is reached. The
 * media of a call is read there, from its connections, and never from what the product says about itself.
 */
export interface Seat {
  readonly person: Person;
  /** Where this person presses. */
  readonly page: Page;
  /** A page in which `ENGINE_WINDOW` finds the engine's window. */
  readonly room: Page;
}

/** Finds the engine's window from the offscreen page, from a view, or on the guest page. Runs inside a page. */
const ENGINE_WINDOW = `(async () => {
  if (globalThis.alongsideEngine || !/extension:$/.test(location.protocol)) return globalThis;
  if (globalThis.browser?.runtime?.getBackgroundPage) return await browser.runtime.getBackgroundPage();
  return globalThis;
})()`;

/** The seat of somebody with the extension, whose panel is open at `page`. */
export async function extensionSeat(person: Person, page: Page): Promise<Seat> {
  const room = person.launched.kind === 'chrome' ? await person.extensionPage('offscreen') : page;
  const seat = { person, page, room };
  await waitFor(`${person.name}'s engine`, () => onEngine(seat, '(engine) => engine.desk.state.peek().kind'));
  await room.evaluate(`(async () => (${keepConnections.toString()})(await ${ENGINE_WINDOW}))()`);
  return seat;
}

/** The seat of somebody on the guest page, which keeps its connections from the start (`Person.open`). */
export const guestSeat = (person: Person, page: Page): Seat => ({ person, page, room: page });

/** Runs `source`, a function of the engine and `argument`, next to the engine: for setting a scene, never for its acts. */
export function onEngine(seat: Seat, source: string, argument: unknown = null): Promise<unknown> {
  return seat.room.evaluate(
    `(async () => (${source})((await ${ENGINE_WINDOW}).alongsideEngine, ${JSON.stringify(argument)}))()`,
  );
}

/** Until what this resolves to is called, who begins to wait for an answer to a question waits half a second. */
export async function shortenSilence({ room }: Seat): Promise<() => Promise<void>> {
  const shorten = (home: Window & typeof globalThis, patience: number) => {
    const wait = home.setTimeout;
    const hurried = (run: () => void, ms?: number) => wait.call(home, run, ms === patience ? 500 : ms);
    Object.assign(home, { setTimeout: hurried, lengthen: () => (home.setTimeout = wait) });
  };
  await room.evaluate(`(async () => (${shorten.toString()})(await ${ENGINE_WINDOW}, ${CONSENT_TIMEOUT_MS}))()`);
  return () => room.evaluate(`(async () => void (await ${ENGINE_WINDOW}).lengthen())()`).then(() => undefined);
}

/** Signs a person in with an invitation, and waits until the desk knows that they are there. */
export async function signIn(seat: Seat, invitation: string): Promise<void> {
  const enrol = async (engine: Engine, invitation: string) => engine.desk.enrol(invitation);
  await onEngine(seat, enrol.toString(), invitation);
  await waitFor(`${seat.person.name} to be online`, async () => {
    const kind = await onEngine(seat, '(engine) => engine.desk.state.peek().kind');
    return kind === 'online' || null;
  });
}

export interface Received {
  /** Video frames decoded so far, over all connections that are open. */
  readonly frames: number;
  /** Sum of the received sound's energy so far (W3C webrtc-stats: totalAudioEnergy). */
  readonly audioEnergy: number;
  readonly packets: number;
}

/** What this seat has received until now, by the browser's own count. */
export async function received(seat: Seat): Promise<Received> {
  return (await seat.room.evaluate(`(async () => {
    const total = { frames: 0, audioEnergy: 0, packets: 0 };
    for (const connection of (await ${ENGINE_WINDOW}).keptConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((report) => {
        if (report.type !== 'inbound-rtp') return;
        total.packets += report.packetsReceived ?? 0;
        if (report.kind === 'video') total.frames += report.framesDecoded ?? 0;
        else total.audioEnergy += report.totalAudioEnergy ?? 0;
      });
    }
    return total;
  })()`)) as Received; // as written just above
}

/**
 * Begins to watch for the picture's return after an outage. The returned function resolves with the epoch ms at which the
 * first frame came that the person sees: the call has a link again, and a connection has decoded more than it had when
 * the watch began. Each connection is counted for itself, because one that is replaced takes its count with it. Rejects
 * after `limitMs`.
 */
export async function watchForMedia(seat: Seat, limitMs: number): Promise<() => Promise<number>> {
  await seat.room.evaluate(`(async () => {
    const home = await ${ENGINE_WINDOW};
    const framesOf = async (connection) => {
      let frames = 0;
      (await connection.getStats()).forEach((report) => {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
      });
      return frames;
    };
    const count = async () => {
      const open = home.keptConnections.filter((one) => one.connectionState !== 'closed');
      return new Map(await Promise.all(open.map(async (one) => [one, await framesOf(one)])));
    };
    const before = await count();
    const isBack = async () =>
      !home.alongsideEngine.call.state.peek().reconnectingSince &&
      [...(await count())].some(([connection, frames]) => frames > (before.get(connection) ?? 0));
    const endsAt = performance.now() + ${limitMs};
    home.mediaBack = (async () => {
      while (!(await isBack())) {
        if (performance.now() > endsAt) return null;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return performance.timeOrigin + performance.now();
    })();
  })()`);
  return async () => {
    const at = await seat.room.evaluate(`(async () => (await ${ENGINE_WINDOW}).mediaBack)()`);
    if (typeof at !== 'number') throw new Error(`${seat.person.name} saw no picture for ${limitMs} ms`);
    return at;
  };
}

/** Kinds of the two ends of the path that the newest open connection uses (W3C webrtc-stats: RTCIceCandidateType). */
export async function selectedPair(seat: Seat): Promise<{ readonly local: string; readonly remote: string } | null> {
  return (await seat.room.evaluate(`(async () => {
    const open = ((await ${ENGINE_WINDOW}).keptConnections ?? []).filter((one) => one.connectionState === 'connected');
    if (open.length === 0) return null;
    const reports = new Map();
    (await open.at(-1).getStats()).forEach((report) => reports.set(report.id, report));
    const all = [...reports.values()];
    const id = all.find((report) => report.type === 'transport')?.selectedCandidatePairId;
    const pair = reports.get(id) ?? all.find((report) => report.type === 'candidate-pair' && report.selected);
    return {
      local: reports.get(pair?.localCandidateId)?.candidateType ?? 'none',
      remote: reports.get(pair?.remoteCandidateId)?.candidateType ?? 'none',
    };
  })()`)) as { local: string; remote: string } | null; // as written just above
}

/** Breaks every connection of a seat for good, as a change of network does. */
export const cutLinks = (seat: Seat): Promise<void> =>
  seat.room.evaluate(() => {
    const kept: RTCPeerConnection[] = Reflect.get(globalThis, 'keptConnections') ?? [];
    for (const connection of kept) connection.close();
  });
