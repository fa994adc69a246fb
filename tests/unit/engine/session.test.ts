import { describe, expect, test, vi } from 'vitest';
import { emptyDelivery } from '../../../lib/call/delivery.ts';
import { shakeHands, type Side } from '../../../lib/engine/handshake.ts';
import { createInbox } from '../../../lib/engine/inbox.ts';
import { createSession, type Session } from '../../../lib/engine/session.ts';
import { type Hub, type Link, TAPS } from '../../../lib/rtc/link.ts';
import { createMemoryLinks } from '../../../lib/rtc/memory-network.ts';
import type { Clock } from '../../../lib/shared/clock.ts';
import { fail, ok } from '../../../lib/shared/result.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const SECRET = 'a-secret-between-two-people';
const SESSION_ID = 'session-00000001';

interface SceneParts {
  readonly side: Side;
  readonly clock: ManualClock;
  /** What every dial leads to. */
  readonly dialled?: Link;
}

/** A session whose dials lead to `dialled`, or nowhere. */
function createScene({ side, clock, dialled }: SceneParts) {
  const linked: Link[] = [];
  const hub: Hub = {
    peerId: `peer-of-${side}`,
    dial: async () => (dialled ? ok(dialled) : fail('unreachable')),
    onLink: () => undefined,
    reconsider: () => undefined,
    refresh: () => undefined,
    onMissed: () => () => undefined,
  };
  const session = createSession({
    sessionId: SESSION_ID,
    secret: SECRET,
    side,
    name: 'Ravi',
    remotePeerId: 'peer-of-the-other',
    hub,
    clock,
    delivery: emptyDelivery(),
    whenDeskReachable: async () => true,
    save: async () => undefined,
    onLinked: (link) => linked.push(link),
    onLost: () => undefined,
    onMessage: () => undefined,
    onRefused: () => undefined,
  });
  return { session, linked };
}

const createLinks = (clock: Clock) => createMemoryLinks(['peer-of-caller', 'peer-of-callee'], () => true, clock);

test('the tracks are agreed on while the proof is under way, and nobody is trusted before', async () => {
  const clock = createManualClock();
  // The other end hears and says nothing.
  const [near] = createLinks(clock);
  const done: string[] = [];
  const dialled: Link = {
    ...near,
    send: ({ type }) => void done.push(type),
    taps: { ...near.taps, open: async () => void done.push('taps') },
  };
  const { session, linked } = createScene({ side: 'caller', clock, dialled });
  session.start();
  await vi.waitFor(() => expect(done).toEqual(['hello', 'taps']));
  expect([linked.length, session.link()]).toEqual([0, null]);
  await session.finish();
});

describe('a link that a new one replaces', () => {
  /** The other end dials `session`, which gets a link. */
  async function dialIn(clock: Clock, session: Session): Promise<Link> {
    const [far, near] = createLinks(clock);
    const inbox = createInbox(near);
    const hello = inbox.next('hello', near.closed);
    const about = { sessionId: SESSION_ID, secret: SECRET, side: 'caller', name: 'Marta', received: 0, clock } as const;
    void shakeHands({ ...about, link: far, inbox: createInbox(far) });
    const said = await hello;
    if (!said) throw new Error('The other end said nothing.');
    session.accept(near, inbox, said);
    await vi.waitFor(() => expect(session.link()).toBe(near));
    return near;
  }

  test('is closed when the new one has had a second for its first picture', async () => {
    const clock = createManualClock();
    const { session } = createScene({ side: 'callee', clock });
    const first = await dialIn(clock, session);
    const second = await dialIn(clock, session);
    clock.advance(900);
    expect(first.closed.aborted).toBe(false);
    clock.advance(100);
    expect([first.closed.aborted, second.closed.aborted]).toEqual([true, false]);
    await session.finish();
  });

  test('sends nothing more: who mutes or pauses now is heard nowhere', async () => {
    const clock = createManualClock();
    const { session } = createScene({ side: 'callee', clock });
    const first = await dialIn(clock, session);
    const send = vi.spyOn(first.taps, 'send');
    await dialIn(clock, session);
    expect(send.mock.calls).toEqual(TAPS.map((tap) => [tap, null]));
    await session.finish();
  });

  test('does not outlive its session', async () => {
    const clock = createManualClock();
    const { session } = createScene({ side: 'callee', clock });
    const both = [await dialIn(clock, session), await dialIn(clock, session)];
    await session.finish();
    expect(both.map(({ closed }) => closed.aborted)).toEqual([true, true]);
  });
});
