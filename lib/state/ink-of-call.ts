import { computed, effect } from '@preact/signals';
import { colourOfSeat } from '../annotation/tools.ts';
import { POINTER_KIND_INK } from '../protocol/ink-live.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort } from './call-port.ts';
import { createInkSession, type InkSession } from './ink-model.ts';
import { isStill } from './ink-pen.ts';

export interface InkParts {
  readonly call: CallPort;
  readonly clock: Clock;
  /** This side's person, '' while nobody is signed in. */
  readonly self: () => string;
  /** Experts and customers start with different colours. */
  readonly isExpert: () => boolean;
  /** The other people in the call. */
  readonly others: () => readonly string[];
  /** Ids of the stills that can be drawn on. */
  readonly stills: () => readonly string[];
  /** Numbers of the tabs that are shared now, by either side. */
  readonly pages: () => readonly number[];
}

export interface InkOfCall extends InkSession {
  /** Live packets that were dropped because they were malformed or about nothing. */
  rejected(): number;
}

/** The ink of the running call: on its link while there is one, in its numbered messages always, gone before the next one. */
export function createInkOfCall({ call, clock, self, isExpert, others, stills, pages }: InkParts): InkOfCall {
  let rejected = 0;
  const seat = computed(() => colourOfSeat(isExpert() ? 0 : 1));
  const session = createInkSession({
    self,
    clock,
    random: randomNumber,
    colour: () => seat.value,
    surfaces: () => [
      ...[self(), ...others()].flatMap((id) => [
        `camera:${id}`,
        `screen:${id}`,
        ...pages().map((tabId) => `page:${id}-${tabId}`),
      ]),
      ...stills().map((id) => `still:${id}`),
    ],
    sendLive: (bytes) => void call.link.peek()?.pointer.send(bytes),
    // A still is one's own until it is sent; then its ink is told at once (`replay`).
    commit: (message, surface) => isStill(surface) || call.send(message),
  });

  for (const type of ['ink.stroke', 'ink.visibility', 'ink.lift', 'ink.painted', 'ink.tie'] as const) {
    call.on(type, (message, from) => session.receive(from.personId, message));
  }
  effect(() => {
    const link = call.link.value;
    link?.pointer.onBytes((bytes) => {
      // Other kinds on this channel belong to co-browsing.
      if (((bytes[0] ?? 0) & 15) !== POINTER_KIND_INK) return;
      const [author] = others();
      if (call.phase.peek().kind !== 'active' || author === undefined) return;
      if (!session.receiveLive(author, bytes).ok) rejected += 1;
    });
  });
  effect(() => {
    const { kind } = call.phase.value;
    // What was drawn on a still can be looked at until the next call.
    if (kind === 'dialling' || kind === 'ringing') session.clear();
  });

  return { ...session, rejected: () => rejected };
}

/** 1 .. 2^31 - 2. */
const randomNumber = (): number => ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 0x7fff_fffe) + 1;
