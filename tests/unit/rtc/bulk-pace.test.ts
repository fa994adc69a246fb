import { afterEach, expect, test, vi } from 'vitest';
import { type BulkPace, createBulkPace } from '../../../lib/rtc/bulk-pace.ts';

const CHUNK = 16_384;
afterEach(() => vi.useRealTimers());

interface Way {
  /** What the path carries, bytes per ms. */
  readonly rate: number;
  /** There and back with nothing on it. */
  readonly emptyMs: number;
}

/** Sends for so long over a way that keeps all it is given, and tells how long what came waited there at the worst. */
async function sendOver({ rate, emptyMs }: Way, forMs: number) {
  vi.useFakeTimers();
  let freeAt = 0;
  let sent = 0;
  let worstMs = 0;
  const arrive = (bytes: number, run: () => void) => {
    freeAt = Math.max(Date.now(), freeAt) + bytes / rate;
    setTimeout(run, freeAt - Date.now() + emptyMs);
  };
  const start = Date.now();
  const pace = createBulkPace(
    () => arrive(1, pace.echoed),
    new AbortController().signal,
    () => Date.now(),
  );
  let isOver = false;
  const send = async () => {
    while (!isOver) {
      await pace.room();
      // After the first second: the path has to be found out.
      if (Date.now() - start > 1_000) worstMs = Math.max(worstMs, freeAt - Date.now());
      arrive(CHUNK, () => {});
      sent += CHUNK;
      pace.left(CHUNK);
    }
  };
  void send();
  await vi.advanceTimersByTimeAsync(forMs);
  isOver = true;
  return { used: sent / (rate * forMs), worstMs };
}

test.each<[string, Way, { readonly used: number; readonly worstMs: number }]>([
  ['a telephone line', { rate: 125, emptyMs: 20 }, { used: 0.8, worstMs: 80 }],
  ['a good line, far away', { rate: 2_500, emptyMs: 120 }, { used: 0.8, worstMs: 80 }],
  ['a network in the house', { rate: 12_500, emptyMs: 2 }, { used: 0.8, worstMs: 80 }],
])('%s is used, and nothing else has to wait long', async (_, way, { used, worstMs }) => {
  const result = await sendOver(way, 10_000);
  expect(result.used).toBeGreaterThan(used);
  expect(result.worstMs).toBeLessThan(worstMs);
});

async function whenRoom(pace: BulkPace, run: () => void) {
  await pace.room();
  run();
}

test('a side that echoes nothing is sent to all the same, and so is one whose link closes', async () => {
  vi.useFakeTimers();
  const closed = new AbortController();
  for (const end of [() => vi.advanceTimersByTimeAsync(3_000), async () => closed.abort()]) {
    const pace = createBulkPace(() => {}, closed.signal);
    pace.left(CHUNK);
    const done = vi.fn<() => void>();
    void whenRoom(pace, done);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(done).not.toHaveBeenCalled();
    await end();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalled();
  }
});

test('an outage is waited for: the other side has answered before', async () => {
  vi.useFakeTimers();
  const pace = createBulkPace(() => {}, new AbortController().signal);
  await pace.room();
  pace.echoed();
  pace.left(CHUNK);
  const done = vi.fn<() => void>();
  void whenRoom(pace, done);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).not.toHaveBeenCalled();
  pace.echoed();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toHaveBeenCalledOnce();
});
