import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';

const LOOK_EVERY_MS = 500;

/**
 * A script may open and write its document anew: all that was in it goes, and whoever listened in it, in whatever world,
 * hears nothing more (HTML: document open steps). `onWritten` is called then; who has heard it ends `signal`.
 */
export function watchForWriting(document: Document, clock: Clock, onWritten: () => void, signal: AbortSignal): void {
  const name = createId();
  let root = document.documentElement;
  let isHeard = false;
  document.addEventListener(name, () => (isHeard = true), { signal });
  clock.every(
    LOOK_EVERY_MS,
    () => {
      if (document.documentElement === root) return;
      root = document.documentElement;
      isHeard = false;
      document.dispatchEvent(new CustomEvent(name));
      if (!isHeard) onWritten();
    },
    signal,
  );
}
