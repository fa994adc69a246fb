import type { Box } from '../protocol/player-messages.ts';
import { frameOf, isElement } from './mirror-nodes.ts';

/** The element at a point of the mirror's viewport, through open shadow roots and frames; null outside. */
export function deepElementFromPoint(document: Document, x: number, y: number): Element | null {
  let root: DocumentOrShadowRoot = document;
  let found: Element | null = null;
  let [left, top] = [x, y];
  for (;;) {
    const element: Element | null = root.elementFromPoint(left, top);
    if (element === null || element === found) return found;
    found = element;
    if (element.shadowRoot !== null) {
      root = element.shadowRoot;
      continue;
    }
    const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null; // by its name
    if (inner === null) return found;
    const box = contentBox(element);
    left -= box.x;
    top -= box.y;
    root = inner;
  }
}

/** A node's border box in the mirror's viewport; null when it has none. A text has its parent's. */
export function boxOf(node: Node): Box | null {
  const element = isElement(node) ? node : node.parentElement;
  if (element === null) return null;
  const rect = element.getBoundingClientRect();
  const box = { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
  for (let frame = frameOf(element.ownerDocument); frame !== null; frame = frameOf(frame.ownerDocument)) {
    const content = contentBox(frame);
    box.x += content.x;
    box.y += content.y;
  }
  return box.width > 0 || box.height > 0 ? box : null;
}

/** Where the content of a frame's element begins. */
function contentBox(frame: Element): { x: number; y: number } {
  const rect = frame.getBoundingClientRect();
  return { x: rect.x + frame.clientLeft, y: rect.y + frame.clientTop };
}

/** Where a point lies inside a box, 0..1. */
export const fractionIn = (box: Box, x: number, y: number): { fx: number; fy: number } => ({
  fx: box.width > 0 ? clamp((x - box.x) / box.width) : 0.5,
  fy: box.height > 0 ? clamp((y - box.y) / box.height) : 0.5,
});

/** Where the content of a frame's element begins in the mirror's viewport. */
export function contentOrigin(frame: Element): { readonly x: number; readonly y: number } {
  const box = boxOf(frame) ?? { x: 0, y: 0 };
  return { x: box.x + frame.clientLeft, y: box.y + frame.clientTop };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
