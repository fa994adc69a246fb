import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDrawPace, type DrawPace } from '../../lib/mirror/draw-pace.ts';

let frames: FrameRequestCallback[];
let now: number;
beforeEach(() => {
  frames = [];
  now = 1_000;
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** The browser draws for so long. */
async function draw(ms: number): Promise<void> {
  for (const run of frames.splice(0)) run(now);
  now += ms;
  await new Promise((done) => setTimeout(done, 5));
}

test('what is drawn quickly is done at once', async () => {
  const pace = createDrawPace(new AbortController().signal);
  const work = vi.fn<() => void>();
  for (let count = 1; count < 4; count += 1) {
    pace.run(work);
    expect(work).toHaveBeenCalledTimes(count);
    await draw(20);
  }
});

test('one long frame says nothing', async () => {
  const pace = createDrawPace(new AbortController().signal);
  const work = vi.fn<() => void>();
  for (const [index, ms] of [60, 10, 300, 10].entries()) {
    pace.run(work);
    expect(work).toHaveBeenCalledTimes(index + 1);
    await draw(ms);
  }
});

/** Two frames that take long, with a change before each. */
async function drawLong(pace: DrawPace, ms: number): Promise<void> {
  for (const frame of [ms, ms]) {
    pace.run(() => {});
    await draw(frame);
  }
}

test('after two long frames changes are gathered for twice as long, and done together in their order', async () => {
  const pace = createDrawPace(new AbortController().signal);
  const done: string[] = [];
  await drawLong(pace, 60);
  for (const name of ['a', 'b', 'c']) pace.run(() => done.push(name));
  expect(done).toEqual([]);
  now += 120;
  await vi.waitFor(() => expect(done).toEqual(['a', 'b', 'c']));
  pace.run(() => done.push('at once'));
  expect(done.at(-1)).toBe('at once');
});

test('nothing waits for a hidden page, or when everything is asked for', async () => {
  const pace = createDrawPace(new AbortController().signal);
  const work = vi.fn<() => void>();
  pace.run(work);
  pace.run(work);
  expect(work).toHaveBeenCalledTimes(2);
  await draw(500);
  await drawLong(pace, 500);
  pace.run(work);
  expect(work).toHaveBeenCalledTimes(2);
  pace.flush();
  expect(work).toHaveBeenCalledTimes(3);
});

test('nothing is done when it is over', async () => {
  const over = new AbortController();
  const pace = createDrawPace(over.signal);
  const work = vi.fn<() => void>();
  await drawLong(pace, 30);
  pace.run(work);
  over.abort();
  now += 60;
  await new Promise((done) => setTimeout(done, 90));
  expect(work).not.toHaveBeenCalled();
});
