import { expect, test } from 'vitest';
import { createMemoryNetwork } from '../../lib/rtc/memory-network.ts';
import type { Link } from '../../lib/rtc/link.ts';
import { systemClock } from '../../lib/shared/clock.ts';
import { FakeTrack } from '../fakes/fake-media.ts';
import { LINK_CASES } from './link.contract.ts';

test.each(LINK_CASES)('a link in memory $name', async ({ run }) => {
  const network = createMemoryNetwork(systemClock);
  const arrived: Link[] = [];
  network.hub('peer-b').onLink((link) => arrived.push(link));
  const dialled = await network.hub('peer-a').dial('peer-b', new AbortController().signal);
  const [far] = arrived;
  if (!dialled.ok || !far) throw new Error('no link');
  await run({ near: dialled.value, far, createTrack: (kind) => new FakeTrack(kind) });
  expect(far.remotePeerId).toBe('peer-a');
});
