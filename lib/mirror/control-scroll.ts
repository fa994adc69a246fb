import { composedAncestors } from './composed.ts';

/**
 * Scrolls what a wheel over `element` would scroll: the nearest box around it that can move that way. No animation: the
 * other side would see every step of it.
 */
export function scrollFrom(element: Element, dx: number, dy: number): boolean {
  for (const at of composedAncestors(element)) {
    if (!canScroll(at)) continue;
    const before = [at.scrollLeft, at.scrollTop];
    at.scrollBy({ left: dx, top: dy, behavior: 'instant' });
    if (at.scrollLeft !== before[0] || at.scrollTop !== before[1]) return true;
  }
  return false;
}

function canScroll(element: Element): boolean {
  const isLarger = element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth;
  if (!isLarger) return false;
  if (element === element.ownerDocument.scrollingElement) return true;
  const { overflowX, overflowY } = getComputedStyle(element);
  return /auto|scroll|overlay/.test(overflowX + overflowY);
}
