import { afterEach, expect, test, vi } from 'vitest';
import { whenIdle } from '../../lib/shared/when-idle.ts';

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
  whenIdle(document, work);
  expect(work).not.toHaveBeenCalled();
  end(5);
  whenIdle(document, work);
  end(50);
  expect(work.mock.calls).toEqual([[5], [16]]);
});

test('on a page that is never idle it has a little all the same', () => {
  const end = stubIdle();
  const work = vi.fn<(budgetMs: number) => void>();
  whenIdle(document, work);
  end(0, true);
  expect(work).toHaveBeenCalledExactlyOnceWith(8);
});

test('hidden pages are not waited for, and done once when they are hidden meanwhile', async () => {
  const end = stubIdle();
  const work = vi.fn<(budgetMs: number) => void>();
  hide(true);
  whenIdle(document, work);
  await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
  hide(false);
  whenIdle(document, work);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
  end(5);
  expect(work).toHaveBeenCalledTimes(2);
});

test('browsers without idle callbacks have tasks', async () => {
  vi.stubGlobal('requestIdleCallback', undefined);
  Reflect.deleteProperty(globalThis, 'requestIdleCallback');
  const work = vi.fn<(budgetMs: number) => void>();
  whenIdle(document, work);
  await vi.waitFor(() => expect(work).toHaveBeenCalledExactlyOnceWith(8));
});
