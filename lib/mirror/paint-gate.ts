import { afterTask } from '../shared/after-task.ts';

/** A frame of a slow display, and then some; hidden pages have no frames at all. */
const LONGEST_WAIT_MS = 100;

export interface PaintGate {
  /** Runs `work` now, unless it is costly or something costly waits: then behind it, once the page has been painted. */
  pass(work: () => void, isCostly: boolean): void;
  /** Whether something waits. */
  isHolding(): boolean;
  /** Runs what waits, now. */
  flush(): void;
}

/** Lets the page show what it has changed before costly work about that begins. Keeps the order. */
export function createPaintGate(document: Document): PaintGate {
  const waiting: (() => void)[] = [];
  let planned = new AbortController();

  const flush = () => {
    planned.abort();
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) work();
  };
  const plan = () => {
    planned = new AbortController();
    const { signal } = planned;
    const run = () => signal.aborted || flush();
    requestAnimationFrame(() => signal.aborted || afterTask(run));
    const timer = setTimeout(run, LONGEST_WAIT_MS);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  return {
    pass(work, isCostly) {
      if (waiting.length === 0 && (!isCostly || document.hidden)) return work();
      waiting.push(work);
      if (waiting.length === 1) plan();
    },
    isHolding: () => waiting.length > 0,
    flush,
  };
}
