import { afterTask } from './after-task.ts';

/** What one turn may take: half of a frame. Idle time goes up to 50 ms, in which the page would answer nobody. */
const TURN_MS = 8;
/** A page that is never idle is not waited for any longer. */
const LONGEST_WAIT_MS = 100;

export interface IdleTime {
  /** Runs `run` once the page has nothing more urgent to do, and tells how many ms it may take. Hidden pages are always idle. */
  next(run: (budgetMs: number) => void): void;
  /** The page has begun to do something. */
  end(): void;
}

export function createIdleTime(document: Document): IdleTime {
  /** Browsers give one turn for each time that they are idle, however long it goes on. */
  let idleUntil = 0;

  const next = (run: (budgetMs: number) => void): void => {
    if (document.hidden || !('requestIdleCallback' in globalThis)) return afterTask(() => run(TURN_MS));
    const left = () => idleUntil - performance.now();
    if (left() > 1) return afterTask(() => (left() > 1 ? run(Math.min(left(), TURN_MS)) : next(run)));
    let isDone = false;
    const once = (budgetMs: number) => {
      if (isDone) return;
      isDone = true;
      document.removeEventListener('visibilitychange', wake);
      run(budgetMs);
    };
    const wake = () => afterTask(() => once(TURN_MS));
    document.addEventListener('visibilitychange', wake, { once: true });
    requestIdleCallback(
      (deadline) => {
        idleUntil = deadline.didTimeout ? 0 : performance.now() + deadline.timeRemaining();
        once(deadline.didTimeout ? TURN_MS : Math.min(deadline.timeRemaining(), TURN_MS));
      },
      { timeout: LONGEST_WAIT_MS },
    );
    return undefined;
  };
  return {
    next,
    end() {
      idleUntil = 0;
    },
  };
}
