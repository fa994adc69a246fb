import { afterEach, expect, test, vi } from 'vitest';
import { createIdleTime } from '../../lib/shared/idle-time.ts';

afterEach(() => vi.restoreAllMocks());

const hide = (hidden: boolean) => vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);

/** The browser's idle time, as `end` says. */
function stubIdle() {
  const waiting: IdleRequestCallback[] = [];
  vi.stubGlobal('requestIdleCallback', (run: IdleRequestCallback) => waiting.push(run));
  return (left: number, didTimeout = false) => {
    for (const run of waiting.splice(0)) run({ didTimeout, timeRemaining: () => left });
  };
}

test('work is done in idle time, and no longer than somebody may be kept waiting', () => {
  const end = stubIdle();
  const work = vi.fn<(budgetMs: number) => void>();
  createIdleTime(document).next(work);
  expect(work).not.toHaveBeenCalled();
  end(5);
  createIdleTime(document).next(work);
  end(50);
  expect(work.mock.calls).toEqual([[5], [8]]);
});

test('on a page that is never idle it has a little all the same', () => {
  const end = stubIdle();
  const work = vi.fn<(budgetMs: number) => void>();
  createIdleTime(document).next(work);
  end(0, true);
  expect(work).toHaveBeenCalledExactlyOnceWith(8);
});

test('hidden pages are not waited for, and done once when they are hidden meanwhile', async () => {
  const end = stubIdle();
  const work = vi.fn<(budgetMs: number) => void>();
  hide(true);
  createIdleTime(document).next(work);
  await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
  hide(false);
  createIdleTime(document).next(work);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
  end(5);
  expect(work).toHaveBeenCalledTimes(2);
});

test('browsers without idle callbacks have tasks', async () => {
  vi.stubGlobal('requestIdleCallback', undefined);
  Reflect.deleteProperty(globalThis, 'requestIdleCallback');
  const work = vi.fn<(budgetMs: number) => void>();
  createIdleTime(document).next(work);
  await vi.waitFor(() => expect(work).toHaveBeenCalledExactlyOnceWith(8));
});

test('what is left of a long idle time is used in further turns, until the page does something', async () => {
  let now = 100;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const end = stubIdle();
  const idle = createIdleTime(document);
  const work = vi.fn<(budgetMs: number) => void>();
  const turn = async (ms: number) => {
    now += ms;
    idle.next(work);
    await new Promise((done) => setTimeout(done, 5));
  };
  idle.next(work);
  end(50);
  await turn(16);
  await turn(29);
  expect(work.mock.calls).toEqual([[8], [8], [5]]);
  await turn(5);
  expect(work).toHaveBeenCalledTimes(3);
  end(50);
  expect(work).toHaveBeenCalledTimes(4);
  idle.end();
  await turn(1);
  expect(work).toHaveBeenCalledTimes(4);
  end(2);
  expect(work).toHaveBeenLastCalledWith(2);
});
