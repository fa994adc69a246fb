const EVERY_MS = 33;

/** The customer's pointer, at once after a rest, at most 30 times a second and always its last place. Viewport CSS px. */
export function watchPagePointer(
  document: Document,
  emit: (cursor: { readonly x: number; readonly y: number; readonly pressed: boolean }) => void,
  signal: AbortSignal,
): void {
  let last: { x: number; y: number; pressed: boolean } | null = null;
  let isPlanned = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    isPlanned = false;
    toldAt = performance.now();
    if (last !== null && !signal.aborted) emit(last);
  };
  const take = (event: PointerEvent) => {
    // Pointers that scripts made up, ours among them, are not the customer's hand.
    if (!event.isTrusted) return;
    last = { x: Math.round(event.clientX), y: Math.round(event.clientY), pressed: event.buttons !== 0 };
    if (isPlanned) return;
    const wait = toldAt + EVERY_MS - performance.now();
    if (wait <= 0) return tell();
    isPlanned = true;
    setTimeout(tell, wait);
  };
  for (const type of ['pointermove', 'pointerdown', 'pointerup'] as const) {
    document.addEventListener(type, take, { capture: true, passive: true, signal });
  }
}
