import { describe, expect, test, vi } from 'vitest';
import { keepOpen } from '../../../lib/rtc/keep-open.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** A connection whose path is dead at first: what is begun on it hangs for ever. */
function createScene() {
  const clock = createManualClock();
  const over = new AbortController();
  let isPathOpen = false;
  let isRefused = false;
  let state: 'closed' | 'opening' | 'open' = 'closed';
  const begun: number[] = [];
  const startedAt = clock.now();
  const keeper = keepOpen({
    async begin(signal) {
      begun.push(clock.now() - startedAt);
      if (isRefused) return false;
      // Being let in takes an answer.
      if (!isPathOpen) await new Promise(() => undefined);
      if (signal.aborted) return false;
      state = 'opening';
      return true;
    },
    isOpen: () => state === 'open',
    drop() {
      if (state === 'closed') return;
      state = 'closed';
      keeper.lost();
    },
    clock,
    random: () => 0,
    until: over.signal,
  });
  return {
    ...{ clock, keeper, begun },
    setPath: (open: boolean) => void (isPathOpen = open),
    setRefused: (refused: boolean) => void (isRefused = refused),
    leave: () => over.abort(),
    state: () => state,
    async opens() {
      await vi.waitFor(() => expect(state).toBe('opening'));
      state = 'open';
      keeper.opened();
    },
    breaks() {
      state = 'closed';
      keeper.lost();
    },
  };
}

describe('a connection that is kept open', () => {
  test('that breaks is made again at once, and ever slower while it is refused', async () => {
    const { clock, keeper, begun, setPath, setRefused, opens, breaks } = createScene();
    setPath(true);
    keeper.start();
    await opens();
    setRefused(true);
    breaks();
    for (const [index, delayMs] of [0, 300, 1_200, 2_700, 4_800, 4_800].entries()) {
      clock.advance(delayMs);
      await vi.waitFor(() => expect(begun).toHaveLength(index + 2));
      // The refusal is heard after a turn of the event loop.
      await vi.waitFor(() => expect(clock.waiting()).toBe(1));
    }
    expect(begun).toEqual([0, 0, 300, 1_500, 4_200, 9_000, 13_800]);
  });

  test('is begun anew when the path is back, though a try from before still hangs', async () => {
    const { keeper, begun, setPath, opens, state } = createScene();
    keeper.start();
    setPath(true);
    keeper.startAnew();
    await opens();
    expect([begun, state()]).toEqual([[0, 0], 'open']);
  });

  test('is begun anew also when it was opening, and the time limit of the old try does not end the new one', async () => {
    const { clock, keeper, begun, setPath, opens, state } = createScene();
    setPath(true);
    keeper.start();
    await vi.waitFor(() => expect(state()).toBe('opening'));
    clock.advance(4_900);
    keeper.startAnew();
    await vi.waitFor(() => expect(state()).toBe('opening'));
    clock.advance(200);
    expect([begun, state()]).toEqual([[0, 4_900], 'opening']);
    await opens();
  });

  test('that does not open in five seconds is tried again', async () => {
    const { clock, keeper, begun, setPath, state } = createScene();
    setPath(true);
    keeper.start();
    await vi.waitFor(() => expect(state()).toBe('opening'));
    clock.advance(5_000);
    await vi.waitFor(() => expect(begun).toEqual([0, 5_000]));
  });

  test('that is said to be lost twice is lost once', async () => {
    const { clock, keeper, begun, setPath, opens, breaks } = createScene();
    setPath(true);
    keeper.start();
    await opens();
    breaks();
    breaks();
    clock.advance(0);
    expect(begun).toEqual([0, 0]);
  });

  test('is left alone in the end', async () => {
    const { clock, keeper, begun, setPath, leave, opens, breaks } = createScene();
    setPath(true);
    keeper.start();
    await opens();
    leave();
    breaks();
    clock.advance(60_000);
    expect([begun.length, clock.waiting()]).toEqual([1, 0]);
  });
});
