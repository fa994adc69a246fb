import { afterTask } from '../shared/after-task.ts';

/**
 * What the recorder says, in the order in which it was said. Something large gets a task of its own: the recorder has just
 * held up the page to make it.
 */
export interface PageInbox {
  put(run: () => void, size: 'small' | 'large'): void;
  /** Everything that waits, now. */
  drain(): void;
}

export function createPageInbox(): PageInbox {
  const waiting: (() => void)[] = [];
  const drain = () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) run();
  };
  return {
    put(run, size) {
      waiting.push(run);
      if (size === 'large') afterTask(drain);
      else if (waiting.length === 1) drain();
    },
    drain,
  };
}
