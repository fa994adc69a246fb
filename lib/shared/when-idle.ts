import { afterTask } from './after-task.ts';

/** What one turn may take where nobody tells: half of a frame. */
const TURN_MS = 8;
/** Idle time goes up to 50 ms, in which the page would answer nobody. */
const LONGEST_TURN_MS = 16;
/** A page that is never idle is not waited for any longer. */
const LONGEST_WAIT_MS = 100;

/** Runs `run` once the page has nothing more urgent to do, and tells how many ms it may take. Hidden pages are always idle. */
export function whenIdle(document: Document, run: (budgetMs: number) => void): void {
  if (document.hidden || !('requestIdleCallback' in globalThis)) return afterTask(() => run(TURN_MS));
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
    (deadline) => once(deadline.didTimeout ? TURN_MS : Math.min(deadline.timeRemaining(), LONGEST_TURN_MS)),
    { timeout: LONGEST_WAIT_MS },
  );
}
