/**
 * Tells when an element moves or changes its size, without looking at it in every frame: an IntersectionObserver whose root
 * is shrunk to exactly the element's place reports as soon as the element is somewhere else.
 */
export function observePosition(element: Element, run: () => void, signal: AbortSignal): void {
  let watcher: IntersectionObserver | null = null;

  const watch = (threshold: number) => {
    watcher?.disconnect();
    const rootMargin = marginsAround(element);
    if (signal.aborted || rootMargin === null) return;
    let atRest: number | null = null;
    watcher = new IntersectionObserver(
      (entries) => {
        const ratio = entries.at(-1)?.intersectionRatio ?? 0;
        if (atRest !== null) {
          run();
          watch(1);
          return;
        }
        atRest = ratio;
        // Cut by a scroll container it never fills its place: its share of now is the one to watch.
        if (Math.max(ratio, SMALLEST_SHARE) < threshold) watch(Math.max(ratio, SMALLEST_SHARE));
      },
      // The document as root: margins beyond the window count, in frames too.
      { rootMargin, threshold, root: element.ownerDocument },
    );
    watcher.observe(element);
  };
  const resize = new ResizeObserver(() => {
    run();
    watch(1);
  });
  resize.observe(element);

  signal.addEventListener(
    'abort',
    () => {
      watcher?.disconnect();
      resize.disconnect();
    },
    { once: true },
  );
}

const SMALLEST_SHARE = 0.000_1;

function marginsAround(element: Element): string | null {
  const { documentElement } = element.ownerDocument;
  const rect = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = documentElement;
  if (rect.width === 0 || rect.height === 0 || clientWidth === 0 || clientHeight === 0) return null;
  const distances = [rect.top, clientWidth - rect.right, clientHeight - rect.bottom, rect.left];
  return distances.map((distance) => `${-Math.floor(distance)}px`).join(' ');
}
