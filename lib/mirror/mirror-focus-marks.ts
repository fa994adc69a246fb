import { FOCUS_MARK, FOCUS_VISIBLE_MARK, FOCUS_WITHIN_MARK } from '../cobrowse/state-marks.ts';
import { isElement, parentAcross } from './mirror-nodes.ts';

/** Shows the styles of what has the focus at the customer's, without giving it any here. */
export interface MirrorFocusMarks {
  /** `isVisible`: the page shows it as focused (`:focus-visible`). */
  show(node: Node | null, isVisible: boolean): void;
}

export function createMirrorFocusMarks(): MirrorFocusMarks {
  let marked = new Map<Element, readonly string[]>();
  return {
    show(node, isVisible) {
      const wanted = new Map<Element, readonly string[]>();
      for (let at = node; at !== null; at = parentAcross(at)) {
        if (!isElement(at)) continue;
        const own = at === node ? [FOCUS_MARK, ...(isVisible ? [FOCUS_VISIBLE_MARK] : [])] : [];
        wanted.set(at, [FOCUS_WITHIN_MARK, ...own]);
      }
      for (const [element, marks] of marked) {
        for (const mark of marks) if (!wanted.get(element)?.includes(mark)) element.removeAttribute(mark);
      }
      for (const [element, marks] of wanted) {
        for (const mark of marks) if (!element.hasAttribute(mark)) element.setAttribute(mark, '');
      }
      marked = wanted;
    },
  };
}
