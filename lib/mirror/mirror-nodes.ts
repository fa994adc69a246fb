/** The part of rrweb's mirror that the player uses: nodes by id and back. */
export interface MirrorNodes {
  getId(node: Node): number;
  getNode(id: number): Node | null;
  getMeta(node: Node): unknown;
  removeNodeFromMap(node: Node): void;
  getIds(): number[];
}

/** The element that contains `node`, through shadow roots and frames; null at the mirror's own document. */
export function parentAcross(node: Node): Node | null {
  if (node.parentNode !== null) return node.parentNode;
  if (isShadowRoot(node)) return node.host;
  return isDocument(node) ? frameOf(node) : null;
}

/** The element that a mirrored document is the content of; null for the mirror's own, which hangs in the player page. */
export function frameOf(inner: Document): Element | null {
  const frame = inner.defaultView?.frameElement ?? null;
  return frame === null || frame.ownerDocument === document ? null : frame;
}

// Nodes belong to another window, so `instanceof` is of no use.
export const isElement = (node: Node): node is Element => node.nodeType === 1;
export const isDocument = (node: Node): node is Document => node.nodeType === 9;
export const isShadowRoot = (node: Node): node is ShadowRoot => node.nodeType === 11 && 'host' in node;
export const isHtmlElement = (node: Node): node is HTMLElement =>
  isElement(node) && 'style' in node && 'hidden' in node;

/** Elements above `node`, up to `max`. */
export function depthOf(node: Node, max: number): number {
  let depth = 0;
  for (let at = parentAcross(node); at !== null && depth <= max; at = parentAcross(at)) depth += 1;
  return depth;
}
