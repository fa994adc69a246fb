import type { Engine } from '../../lib/engine/api.ts';
import type { Desk } from '../../server/start-desk.ts';
import { waitFor } from '../e2e/harness/deadline.ts';
import type { Person } from '../e2e/harness/person.ts';
import { extensionSeat, onEngine, type Seat, signIn, watchForMedia } from '../e2e/harness/seat.ts';

/** Two people with the extension, driven by the engine's own verbs except for Answer, which is pressed in the panel. */
export interface CallPair {
  readonly caller: Seat;
  readonly callee: Seat;
  /** Ms from dialling until there is a proven link, seen from the caller. */
  dial(): Promise<number>;
  /** Ms from the press on Answer to the first frame that each one's engine receives. The cameras are on before. */
  answer(): Promise<{ readonly callee: number; readonly caller: number }>;
  /** Ends the call and waits until both are free again. */
  end(): Promise<void>;
  roundTrips(count: number): Promise<number[]>;
  /** Begins to watch for both pictures' return; resolves with the epoch ms at which the later one is there. */
  watchForMedia(limitMs: number): Promise<() => Promise<number>>;
}

export async function createCallPair(desk: Desk, callerPerson: Person, calleePerson: Person): Promise<CallPair> {
  const enter = async (person: Person, role: 'expert' | 'device') => {
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite(role, person.name));
    return seat;
  };
  const caller = await enter(callerPerson, 'expert');
  const callee = await enter(calleePerson, 'device');
  const both = [caller, callee] as const;
  const calleeId = await onEngine(callee, '(engine) => engine.desk.identity.peek().personId');
  const until = (seat: Seat, what: string, look: (engine: Engine) => boolean) =>
    waitFor(`${seat.person.name}: ${what}`, async () => (await onEngine(seat, look.toString())) === true || null);

  return {
    ...{ caller, callee },
    async dial() {
      await until(caller, 'to see the callee free', (engine) =>
        engine.desk.directory.peek().some(({ presence }) => presence === 'available'),
      );
      const measure = (engine: Engine, personId: string) =>
        new Promise<number>((resolve) => {
          const startedAt = performance.now();
          engine.desk.callPerson(personId);
          const stop = engine.call.state.subscribe((state) => {
            if (state.kind !== 'dialling' || !state.linked) return;
            resolve(performance.now() - startedAt);
            setTimeout(() => stop());
          });
        });
      const ms = Number(await onEngine(caller, measure.toString(), calleeId));
      await until(callee, 'linked', (engine) => {
        const state = engine.call.state.peek();
        return state.kind === 'ringing' && state.linked;
      });
      return ms;
    },
    async answer() {
      for (const seat of both) {
        await onEngine(seat, '(engine) => engine.media.setCamera(true)');
        await until(seat, 'camera on', (engine) => engine.media.camera.peek() === 'on');
      }
      const frames = both.map(async (seat) => Number(await onEngine(seat, FIRST_FRAME)));
      const at = await callee.page.evaluate(pressAnswer);
      const [atCaller = Number.NaN, atCallee = Number.NaN] = await Promise.all(frames);
      return { caller: atCaller - at, callee: atCallee - at };
    },
    async end() {
      await onEngine(caller, '(engine) => engine.call.exit()');
      for (const seat of both) {
        await until(seat, 'call over', (engine) => engine.call.state.peek().kind === 'ended');
        await onEngine(seat, '(engine) => engine.call.dismiss()');
        await until(seat, 'free again', (engine) => engine.desk.presence.peek() === 'available');
      }
    },
    async roundTrips(count) {
      await onEngine(callee, ECHO);
      return (await onEngine(caller, ROUND_TRIPS, count)) as number[]; // as written below
    },
    async watchForMedia(limitMs) {
      const backs = await Promise.all(both.map((seat) => watchForMedia(seat, limitMs)));
      return async () => Math.max(...(await Promise.all(backs.map((back) => back()))));
    },
  };
}

/**
 * Next to the engine: resolves when the first frame of the other one's camera has come, epoch ms. Not in the panel, where
 * Chromium's track processor ends the browser for a track of another page.
 */
const FIRST_FRAME = `async () => {
  // The call's own: a dial that was overtaken leaves a connection behind, too.
  const isOpen = (each) => each.connectionState === 'connected' && each.getTransceivers().length === 4;
  const camera = keptConnections.findLast(isOpen).getTransceivers()[1].receiver.track;
  const reader = new MediaStreamTrackProcessor({ track: camera }).readable.getReader();
  const { value } = await reader.read();
  const at = performance.timeOrigin + performance.now();
  value?.close();
  await reader.cancel();
  return at;
}`;

/** Runs in a panel: presses Answer, and tells when. */
function pressAnswer(): number {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Answer');
  if (!button) throw new Error('There is no Answer button');
  const at = performance.timeOrigin + performance.now();
  button.click();
  return at;
}

/** Next to the engine: says each message back. */
const ECHO = `(engine) => {
  let said = engine.messages.items.peek().length;
  engine.messages.items.subscribe((items) => {
    const fresh = items.slice(said).filter((item) => !item.mine);
    said = items.length;
    // After the signal has settled: a reaction must not write what it reads.
    for (const { text } of fresh) queueMicrotask(() => engine.messages.send(text));
  });
}`;

const ROUND_TRIPS = `async (engine, count) => {
  const all = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await new Promise((resolve) => {
      const before = engine.messages.items.peek().filter((item) => !item.mine).length;
      const stop = engine.messages.items.subscribe((items) => {
        if (items.filter((item) => !item.mine).length <= before) return;
        resolve();
        setTimeout(() => stop());
      });
      engine.messages.send('Message ' + index);
    });
    all.push(performance.now() - startedAt);
  }
  return all;
}`;
