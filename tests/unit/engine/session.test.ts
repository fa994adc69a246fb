import { expect, test, vi } from 'vitest';
import { emptyDelivery } from '../../../lib/call/delivery.ts';
import { createSession } from '../../../lib/engine/session.ts';
import type { Hub, Link } from '../../../lib/rtc/link.ts';
import { createMemoryLinks } from '../../../lib/rtc/memory-network.ts';
import { ok } from '../../../lib/shared/result.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** A caller's session whose every dial leads to somebody who hears and says nothing. */
function createScene() {
  const clock = createManualClock();
  const [near, far] = createMemoryLinks(['peer-of-caller', 'peer-of-callee'], () => true, clock);
  const heard: string[] = [];
  const linked: Link[] = [];
  far.onMessage(({ type }) => heard.push(type));
  const open = vi.fn(() => Promise.resolve());
  const dialled: Link = { ...near, taps: { ...near.taps, open } };
  const hub: Hub = {
    peerId: 'peer-of-caller',
    dial: async () => ok(dialled),
    onLink: () => undefined,
    reconsider: () => undefined,
    refresh: () => undefined,
    onMissed: () => () => undefined,
  };
  const session = createSession({
    sessionId: 'session-00000001',
    secret: 'a-secret-between-two-people',
    side: 'caller',
    name: 'Ravi',
    remotePeerId: 'peer-of-callee',
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
  return { session, open, heard, linked };
}

test('the tracks are agreed on while both prove themselves, and nobody is trusted before', async () => {
  const { session, open, heard, linked } = createScene();
  session.start();
  await vi.waitFor(() => expect(heard).toEqual(['hello']));
  expect(open).toHaveBeenCalledOnce();
  expect([linked.length, session.link()]).toEqual([0, null]);
  await session.finish();
});
