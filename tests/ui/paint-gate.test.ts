import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPaintGate } from '../../lib/mirror/paint-gate.ts';

describe('what is costly about a change of the page', () => {
  let frames: FrameRequestCallback[];
  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run));
  });
  afterEach(() => vi.useRealTimers());

  const paint = async () => {
    for (const run of frames.splice(0)) run(performance.now());
    await new Promise((resolve) => setTimeout(resolve));
  };

  test('is done after the page is painted, and what comes meanwhile is done behind it', async () => {
    const gate = createPaintGate(document);
    const done: string[] = [];
    gate.pass(() => done.push('cheap'), false);
    gate.pass(() => done.push('costly'), true);
    gate.pass(() => done.push('behind it'), false);
    expect(done).toEqual(['cheap']);
    await paint();
    await vi.waitFor(() => expect(done).toEqual(['cheap', 'costly', 'behind it']));
    gate.pass(() => done.push('again at once'), false);
    expect(done.at(-1)).toBe('again at once');
  });

  test('is done at once when somebody needs all that happened', async () => {
    const gate = createPaintGate(document);
    const work = vi.fn<() => void>();
    gate.pass(work, true);
    gate.flush();
    expect(work).toHaveBeenCalledOnce();
    await paint();
    expect(work).toHaveBeenCalledOnce();
  });

  test('does not wait for the frames of a hidden page', () => {
    vi.useFakeTimers();
    const gate = createPaintGate(document);
    const work = vi.fn<() => void>();
    gate.pass(work, true);
    // The page is hidden now: its frame never comes.
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledOnce();
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    gate.pass(work, true);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
