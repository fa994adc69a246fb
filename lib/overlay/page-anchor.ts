import { type AnchorTraits, LIKE_ENOUGH, likeness, pickAnchor, pickFramed } from '../annotation/anchor.ts';
import type { Box, XY } from '../annotation/affine.ts';

/** Enough to tell one row from another, little enough to be read from a page at any time. */
const TEXT_SAMPLE_CHARS = 200;
/** Elements that are compared to find a lost one again. */
const MAX_CANDIDATES = 3_000;

/** The element under a point and its ancestors, through open shadow roots, innermost first. Without `html` and `body`. */
export function elementChain(document: Document, { x, y }: XY): readonly Element[] {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (inner === null || inner === hit) break;
    hit = inner;
  }
  return hit === null ? [] : ancestorsOf(hit);
}

/** An element and what is around it, as one sees it, innermost first. Without `html` and `body`. */
export function ancestorsOf(innermost: Element): readonly Element[] {
  const { documentElement, body } = innermost.ownerDocument;
  const chain: Element[] = [];
  for (let element: Element | null = innermost; element !== null; element = parentOf(element)) {
    if (element === documentElement || element === body) break;
    chain.push(element);
  }
  return chain;
}

/** The parent on screen: slots and shadow hosts included. */
export function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const parent = element.parentNode;
  // Not by `instanceof`: the document may be another window's.
  return parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in parent
    ? (parent as ShadowRoot).host
    : element.parentElement;
}

/** The element that carries a drawing, or null for the document itself. */
export function anchorIn(chain: readonly Element[], drawing: Box): Element | null {
  const connected = chain.filter((element) => element.isConnected);
  return connected[pickAnchor(connected.map(boxOf), drawing)] ?? null;
}

/** The element that a drawn frame was drawn round. */
export function framedBy(document: Document, frame: Box): Element | null {
  const chain = elementChain(document, { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 });
  return chain[pickFramed(chain.map(boxOf), frame)] ?? null;
}

export function boxOf(element: Element): Box {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

/** Which part of the window an element's scroll containers leave of it; null when none of them cuts. */
export function clipOf(element: Element): Box | null {
  const { body, documentElement, defaultView } = element.ownerDocument;
  const view = defaultView ?? window;
  let clip: Box | null = null;
  for (let current: Element | null = element; current !== null; current = parentOf(current)) {
    const { overflowX, overflowY, position } = view.getComputedStyle(current);
    const isRoot = current === documentElement || current === body;
    if (current !== element && !isRoot && (overflowX !== 'visible' || overflowY !== 'visible')) {
      clip = clip === null ? boxOf(current) : intersect(clip, boxOf(current));
    }
    // What is fixed is not cut by what it stands in.
    if (position === 'fixed') break;
  }
  return clip;
}

export function intersect(a: Box, b: Box): Box {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** Removed, `display: none`, hidden or without a size. */
export const isHidden = (element: Element): boolean =>
  !element.isConnected || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

export function traitsOf(element: Element): AnchorTraits {
  const id = element.getAttribute('data-testid') ?? (element.id || element.getAttribute('name')) ?? '';
  const path: number[] = [];
  for (let current: Element | null = element; current?.parentElement; current = current.parentElement) {
    path.push([...current.parentElement.children].indexOf(current));
  }
  return { tag: element.tagName, id: id ?? '', textHash: hash(textSample(element)), path };
}

function textSample(element: Element): string {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (text.length < TEXT_SAMPLE_CHARS && walker.nextNode()) text += (walker.currentNode.nodeValue ?? '').trim();
  return text.slice(0, TEXT_SAMPLE_CHARS);
}

function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index++) value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  return value;
}

/** The element that took the place of one with these traits, when one is like it enough. */
export function findAgain(document: Document, traits: AnchorTraits): Element | null {
  let best: { readonly element: Element; readonly score: number } | null = null;
  const candidates = document.getElementsByTagName(traits.tag);
  for (let index = 0; index < Math.min(candidates.length, MAX_CANDIDATES); index++) {
    const element = candidates.item(index);
    if (element === null) continue;
    const score = likeness(traits, traitsOf(element));
    if (score >= LIKE_ENOUGH && score > (best?.score ?? 0)) best = { element, score };
  }
  return best?.element ?? null;
}
