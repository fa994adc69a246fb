/** The customer's own hand always comes first. reference/cobrowse.md §5.5. */

export interface HandWatch {
  /** A hand did something in this page. */
  readonly onHand: () => void;
  /** Escape, twice. */
  readonly onEscape: () => void;
}

const TWICE_MS = 700;
/** A mouse that only trembles is no hand at work. */
const MOVE_PX = 4;

/** Listens before the page does, and to nothing that a script made up. */
export function watchHand(view: Window, { onHand, onEscape }: HandWatch, signal: AbortSignal): void {
  let escapedAt = Number.NEGATIVE_INFINITY;
  let movedPx = 0;
  const options = { capture: true, passive: true, signal };
  for (const type of ['pointerdown', 'wheel', 'touchstart'] as const) {
    view.addEventListener(type, ({ isTrusted }) => isTrusted && onHand(), options);
  }
  view.addEventListener(
    'pointermove',
    ({ isTrusted, movementX, movementY }) => {
      if (!isTrusted) return;
      movedPx += Math.abs(movementX) + Math.abs(movementY);
      if (movedPx < MOVE_PX) return;
      movedPx = 0;
      onHand();
    },
    options,
  );
  view.addEventListener(
    'keydown',
    ({ isTrusted, key, timeStamp, repeat }) => {
      if (!isTrusted || repeat) return;
      onHand();
      if (key === 'Escape' && timeStamp - escapedAt < TWICE_MS) onEscape();
      escapedAt = key === 'Escape' ? timeStamp : Number.NEGATIVE_INFINITY;
    },
    options,
  );
}

/** The customer's hand rests when it has done nothing for so long. */
const REST_MS = 500;

/** To be called for each thing that the hand does: tells when it begins to work, and when it rests again. */
export function createHandAtWork(tell: (on: boolean) => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return () => {
    if (timer === undefined) tell(true);
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      tell(false);
    }, REST_MS);
  };
}
