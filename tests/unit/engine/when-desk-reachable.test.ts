import { describe, expect, test, vi } from 'vitest';
import { whenDeskReachable } from '../../../lib/engine/when-desk-reachable.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** Chromium and Firefox open six connections to a host; the desk's own client wants one of them. */
const ROOM = 5;

/** A path that is dead until `open`; from then on a fresh try is answered after `latencyMs`, an older one never. */
function createScene(latencyMs = 10) {
  const clock = createManualClock();
  const over = new AbortController();
  let isOpen = false;
  let waiting = 0;
  let mostWaiting = 0;
  const tries: number[] = [];
  const fetch = (_url: string, init?: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      tries.push(clock.now());
      waiting += 1;
      mostWaiting = Math.max(mostWaiting, waiting);
      let isOver = false;
      const end = (settle: () => void) => {
        if (isOver) return;
        isOver = true;
        waiting -= 1;
        settle();
      };
      init?.signal?.addEventListener('abort', () => end(() => reject(new Error('aborted'))), { once: true });
      if (isOpen) clock.after(latencyMs, () => end(() => resolve(new Response())), init?.signal ?? undefined);
    });
  const startedAt = clock.now();
  let reachable: boolean | null = null;
  void whenDeskReachable('https://desk.example', fetch, clock, over.signal).then((value) => (reachable = value));
  return {
    ...{ clock, tries },
    open: () => void (isOpen = true),
    leave: () => over.abort(),
    reachable: () => reachable,
    mostWaiting: () => mostWaiting,
    waiting: () => waiting,
    elapsed: () => clock.now() - startedAt,
  };
}

test('a desk that answers is asked once', async () => {
  const scene = createScene(50);
  scene.open();
  scene.clock.advance(60);
  await vi.waitFor(() => expect(scene.reachable()).toBe(true));
  expect(scene.tries).toHaveLength(1);
});

describe('while the desk is out of reach', () => {
  test('its return is noticed at once, however long it was away', async () => {
    const scene = createScene();
    scene.clock.advance(20_050);
    scene.open();
    scene.clock.advance(210);
    await vi.waitFor(() => expect(scene.reachable()).toBe(true));
  });

  test('lost tries never take the connections that a fresh one needs', () => {
    const scene = createScene();
    scene.clock.advance(60_000);
    expect(scene.mostWaiting()).toBeLessThanOrEqual(ROOM);
  });

  test('a path on which an answer takes seconds is found, too', async () => {
    const scene = createScene(4_000);
    scene.clock.advance(3_000);
    scene.open();
    scene.clock.advance(15_000);
    await vi.waitFor(() => expect(scene.reachable()).toBe(true));
  });

  test('nothing is left behind when it was found, or is not looked for any more', async () => {
    const found = createScene();
    found.open();
    found.clock.advance(500);
    await vi.waitFor(() => expect(found.reachable()).toBe(true));
    const left = createScene();
    left.clock.advance(5_000);
    left.leave();
    await vi.waitFor(() => expect(left.reachable()).toBe(false));
    for (const { clock, tries, waiting } of [found, left]) {
      const before = tries.length;
      clock.advance(30_000);
      expect([waiting(), tries.length, clock.waiting()]).toEqual([0, before, 0]);
    }
  });
});
