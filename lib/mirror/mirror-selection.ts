import type { MirrorNodes } from './mirror-nodes.ts';

interface RangeEnds {
  readonly start: number;
  readonly startOffset: number;
  readonly end: number;
  readonly endOffset: number;
}

/** Shows what the customer has selected, as a highlight: a real selection would take the expert's focus. */
export interface MirrorSelection {
  show(ranges: readonly RangeEnds[]): void;
}

const NAME = 'alongside-selection';

export function createMirrorSelection(nodes: MirrorNodes): MirrorSelection {
  const dressed = new Set<Window>();

  const rangeOf = ({ start, startOffset, end, endOffset }: RangeEnds): Range | null => {
    const first = nodes.getNode(start);
    const last = nodes.getNode(end);
    const document = first?.ownerDocument;
    if (first === null || last === null || document === null || document === undefined) return null;
    const range = document.createRange();
    try {
      range.setStart(first, startOffset);
      range.setEnd(last, endOffset);
    } catch {
      return null; // the text is shorter by now
    }
    return range;
  };

  return {
    show(ends) {
      for (const window of dressed) highlightsOf(window)?.delete(NAME);
      dressed.clear();
      for (const end of ends) {
        const range = rangeOf(end);
        const window = range?.startContainer.ownerDocument?.defaultView ?? null;
        if (range === null || window === null) continue;
        const highlights = highlightsOf(window);
        if (highlights === null) continue;
        const before = dressed.has(window) ? highlights.get(NAME) : undefined;
        if (before === undefined) highlights.set(NAME, new window.Highlight(range));
        else before.add(range);
        dressed.add(window);
      }
    },
  };
}

type HighlightWindow = Window & typeof globalThis;
const highlightsOf = (window: Window): HighlightRegistry | null =>
  'CSS' in window && 'Highlight' in window ? ((window as HighlightWindow).CSS.highlights ?? null) : null;
