import { coalesceEvents, type RecorderEvent } from '../cobrowse/coalesce-events.ts';
import { afterTask } from '../shared/after-task.ts';

const FULL_SNAPSHOT = 2;

/** How long events are gathered, by pressure: a frame, then what an eye still takes for live, then what it can bear. */
const GATHER_MS = [16, 100, 400] as const;

export interface EventBatch {
  add(event: RecorderEvent): void;
  setLevel(level: 0 | 1 | 2): void;
  /** Sends what is there, now. */
  flush(): void;
  /** The same, unless the way is slow. */
  flushIfFree(): void;
  /** Whether nothing waits because the way is slow. */
  isFree(): boolean;
  /** Forgets what is there. */
  clear(): void;
}

/** Gathers events and hands them on together: at once after a rest, and never faster than the level allows. */
export function createEventBatch(send: (events: readonly RecorderEvent[]) => void): EventBatch {
  let events: RecorderEvent[] = [];
  let level: 0 | 1 | 2 = 0;
  let sentAt = 0;
  let isPlanned = false;

  const flush = () => {
    if (events.length === 0) return;
    const batch = coalesceEvents(events);
    events = [];
    sentAt = performance.now();
    send(batch);
  };
  const run = () => {
    isPlanned = false;
    flush();
  };
  const runUnlessHeld = () => {
    if (!events.some(({ type }) => type === FULL_SNAPSHOT)) run();
  };
  return {
    add(event) {
      events.push(event);
      // A snapshot has held up the page for long enough: what is to be done about it gets a task of its own.
      if (event.type === FULL_SNAPSHOT) return afterTask(run);
      if (isPlanned) return;
      isPlanned = true;
      const wait = sentAt + GATHER_MS[level] - performance.now();
      // After the task that changes the page, so that all its changes travel together.
      if (wait <= 0) queueMicrotask(runUnlessHeld);
      else setTimeout(run, wait);
    },
    setLevel(next) {
      level = next;
    },
    flush,
    flushIfFree: () => level === 0 && flush(),
    isFree: () => level === 0 || events.length === 0,
    clear() {
      events = [];
    },
  };
}
