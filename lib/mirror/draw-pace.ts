import { afterTask } from '../shared/after-task.ts';

/** What a frame may take without anybody noticing, together with the work for it. */
const QUICK_MS = 25;
const LONGEST_REST_MS = 500;
/** Of the time that the frame took. */
const REST = 2;

export interface DrawPace {
  /** Does `work` now, or together with what else comes while nothing is drawn. Keeps the order. */
  run(work: () => void): void;
  /** Does what waits, now. */
  flush(): void;
}

/**
 * What changes a page is done at once as long as the browser draws it quickly. Where two frames in a row take long, twice the
 * time that the last one took is kept free of changes after it: a large page that comes in pieces would be laid out once for
 * each otherwise. One alone says little: the first of a page is long, and what one looks for comes right after it.
 */
export function createDrawPace(signal: AbortSignal): DrawPace {
  const waiting: (() => void)[] = [];
  let isWatched = false;
  let restUntil = 0;
  let wasLong = false;

  const watch = () => {
    if (isWatched) return;
    isWatched = true;
    // Hidden pages draw nothing, and nothing waits there.
    requestAnimationFrame(() => {
      const startedAt = performance.now();
      afterTask(() => {
        isWatched = false;
        const now = performance.now();
        const took = now - startedAt;
        const isLong = took > QUICK_MS;
        if (isLong && wasLong) restUntil = now + Math.min(REST * took, LONGEST_REST_MS);
        wasLong = isLong;
      });
    });
  };
  const flush = () => {
    if (waiting.length > 0) watch();
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) work();
  };
  return {
    run(work) {
      const rest = restUntil - performance.now();
      if (waiting.length === 0 && rest <= 0) {
        watch();
        return work();
      }
      waiting.push(work);
      if (waiting.length === 1) setTimeout(() => signal.aborted || flush(), rest);
    },
    flush,
  };
}
