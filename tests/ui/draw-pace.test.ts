import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDrawPace } from '../../lib/mirror/draw-pace.ts';

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

test('after a long frame changes are gathered for twice as long, and done together in their order', async () => {
  const pace = createDrawPace(new AbortController().signal);
  const done: string[] = [];
  pace.run(() => done.push('first'));
  await draw(60);
  for (const name of ['a', 'b', 'c']) pace.run(() => done.push(name));
  expect(done).toEqual(['first']);
  now += 120;
  await vi.waitFor(() => expect(done).toEqual(['first', 'a', 'b', 'c']));
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
  pace.run(work);
  expect(work).toHaveBeenCalledTimes(2);
  pace.flush();
  expect(work).toHaveBeenCalledTimes(3);
});

test('nothing is done when it is over', async () => {
  const over = new AbortController();
  const pace = createDrawPace(over.signal);
  const work = vi.fn<() => void>();
  pace.run(() => {});
  await draw(30);
  pace.run(work);
  over.abort();
  now += 60;
  await new Promise((done) => setTimeout(done, 90));
  expect(work).not.toHaveBeenCalled();
});
