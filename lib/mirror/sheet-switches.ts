import type { SafeEvent } from '../cobrowse/mirror-events.ts';
import type { MirrorNodes } from './mirror-nodes.ts';

/**
 * Style sheets that are switched off. The stream says so by `disabled` on what owns the sheet; a style element has no such
 * attribute, so its sheet is told here. A new text makes a new sheet, which is on, at the customer's too.
 */
export interface SheetSwitches {
  /** Called for every node that is built. */
  built(node: Node): void;
  /** Called after every event that was applied. */
  applied(event: SafeEvent): void;
}

export function createSheetSwitches(nodes: () => Pick<MirrorNodes, 'getNode' | 'getMeta'>): SheetSwitches {
  const fresh = new Set<HTMLStyleElement>();
  const turn = (style: HTMLStyleElement) => {
    if (style.sheet !== null) style.sheet.disabled = style.hasAttribute('disabled');
  };
  /** With another text an element is built again, of what is known about it. */
  const noteDown = (style: HTMLStyleElement) => {
    const known = nodes().getMeta(style) as { readonly attributes?: Record<string, unknown> } | null; // rrweb's own
    if (known?.attributes === undefined) return;
    if (style.hasAttribute('disabled')) known.attributes['disabled'] = '';
    else delete known.attributes['disabled'];
  };
  return {
    built(node) {
      if (isStyle(node) && node.hasAttribute('disabled')) fresh.add(node);
    },
    applied({ type, data }) {
      // Built first and put in later: only then has it a sheet.
      for (const style of fresh) turn(style);
      fresh.clear();
      if (type !== 3 || data.source !== 0) return;
      for (const { id, attributes } of data.attributes) {
        const node = 'disabled' in attributes || '_cssText' in attributes ? nodes().getNode(id) : null;
        if (node === null || !isStyle(node)) continue;
        turn(node);
        noteDown(node);
      }
    },
  };
}

/** By its name: it is another document's. Links are built as style elements. */
const isStyle = (node: Node): node is HTMLStyleElement => node.nodeName === 'STYLE';
