import { describe, expect, it } from 'vitest';
import { createSnapshotPlan } from '../../../lib/cobrowse/snapshot-plan.ts';
import { OWN_SNAPSHOT_GAP_MS, RESYNC_MAX_MS } from '../../../lib/protocol/cobrowse-limits.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

function createScene() {
  const clock = createManualClock(0);
  const taken: number[] = [];
  let stopped = false;
  const over = new AbortController();
  const plan = createSnapshotPlan({
    clock,
    isStopped: () => stopped,
    take: () => taken.push(clock.now()),
    signal: over.signal,
  });
  return { clock, taken, plan, over, setStopped: (on: boolean) => (stopped = on) };
}

describe('snapshots', () => {
  it('are taken at once, and ever more seldom for somebody who goes on wishing', () => {
    const { clock, taken, plan } = createScene();
    for (let second = 0; second < 40; second += 1) {
      plan.wish();
      clock.advance(1_000);
    }
    expect(taken).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000]);
  });

  it('come at least twice a minute for wishes that never end, and soon again after a rest', () => {
    const { clock, taken, plan } = createScene();
    for (let second = 0; second < 600; second += 1) {
      plan.wish();
      clock.advance(1_000);
    }
    const gaps = taken.slice(1).map((at, index) => at - (taken[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(RESYNC_MAX_MS);
    clock.advance(RESYNC_MAX_MS * 5);
    taken.length = 0;
    const now = clock.now();
    plan.wish();
    clock.advance(0);
    expect(taken).toEqual([now]);
  });

  it('are not kept back when the customer decides, however often', () => {
    const { clock, taken, plan } = createScene();
    for (let times = 0; times < 10; times += 1) {
      plan.wish();
      clock.advance(1_000);
    }
    for (let times = 0; times < 10; times += 1) {
      clock.advance(500);
      const now = clock.now();
      plan.decide();
      clock.advance(0);
      expect(taken.at(-1)).toBe(now);
    }
  });

  it('meet a wish that waits, and several decisions in one breath, by one', () => {
    const { clock, taken, plan } = createScene();
    plan.wish();
    clock.advance(0);
    plan.wish();
    clock.advance(OWN_SNAPSHOT_GAP_MS);
    plan.decide();
    plan.decide();
    clock.advance(0);
    plan.decide();
    clock.advance(OWN_SNAPSHOT_GAP_MS);
    clock.advance(60_000);
    expect(taken).toEqual([0, OWN_SNAPSHOT_GAP_MS, 2 * OWN_SNAPSHOT_GAP_MS]);
  });

  it('are not taken while stopped, nor afterwards by themselves, nor at the end', () => {
    const { clock, taken, plan, over, setStopped } = createScene();
    plan.wish();
    setStopped(true);
    clock.advance(0);
    plan.decide();
    plan.wish();
    setStopped(false);
    clock.advance(60_000);
    expect(taken).toEqual([]);
    plan.decide();
    over.abort();
    clock.advance(60_000);
    expect(taken).toEqual([]);
  });
});
