/** From a node id in a verb to an element that may be touched, with everything checked again at the customer. */
import { readDirectives } from '../cobrowse/masking-directives.ts';
import { secretOfFrame } from '../cobrowse/masking-frames.ts';
import { effectOf } from '../cobrowse/privacy-effect.ts';
import type { PrivacyFilter } from '../cobrowse/privacy-filter.ts';
import type { RefusalReason } from '../protocol/cobrowse-control-messages.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { closest, composedAncestors, composedContains, deepElementFromPoint, frameOf } from './composed.ts';
import type { PageNodes } from './page-nodes.ts';

export interface TargetDeps {
  readonly filter: PrivacyFilter;
  readonly nodes: PageNodes;
}

/** The element that a node id stands for, when an expert may do anything with it. */
export function findTarget(id: number, { filter, nodes }: TargetDeps): Result<Element, RefusalReason> {
  const known = filter.node(id);
  if (known === null || filter.sentChildren(id) === null) return fail('unknown-node');
  const node = nodes.find(id);
  if (node === null) return fail('unknown-node');
  if (!node.isConnected) return fail('stale');
  const element = elementOf(node);
  // The page's world found the node: it must at least be what was shown.
  if (element === null || (known.kind === 'element' && element.localName.toLowerCase() !== known.tag))
    return fail('stale');
  const effect = effectOf(known, filter.context.rules);
  if (effect.noControl) return fail('no-control');
  if (effect.hiddenBy !== null) {
    return fail(effect.hiddenBy === 'payment' || effect.hiddenBy === 'captcha' ? 'payment' : 'hidden');
  }
  if (effect.isMaskedByPolicy || effect.site === 'mask') return fail('masked');
  return refuseSecret(known.secret) ?? refuseByPage(element) ?? ok(element);
}

function elementOf(node: Node): Element | null {
  if (node.nodeType === Node.DOCUMENT_NODE) return (node as Document).scrollingElement; // by its nodeType
  return node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement; // by its nodeType
}

type Refusal = { readonly ok: false; readonly reason: RefusalReason };

function refuseSecret(secret: string | null): Refusal | null {
  if (secret === null) return null;
  if (secret === 'password' || secret === 'payment' || secret === 'file') return fail(secret);
  return fail(secret === 'code' || secret === 'token' ? 'password' : 'masked');
}

/** What the page looks like at this very moment, whatever the stream said before. */
export function refuseByPage(element: Element): Refusal | null {
  for (const at of composedAncestors(element)) {
    const { sight, noControl } = readDirectives(attributesOf(at));
    if (noControl) return fail('no-control');
    if (sight === 'hide') return fail('hidden');
    if (sight === 'mask') return fail('masked');
    if (at.localName === 'iframe' && secretOfFrame(at.getAttribute('src') ?? '') !== null) return fail('payment');
  }
  const type = element.getAttribute('type')?.toLowerCase() ?? '';
  if (element.localName === 'input' && (type === 'password' || type === 'file')) return fail(type);
  return null;
}

/** Marks alone; a page with a thousand attributes on an element must not cost more. */
const MARKS = ['class', 'data-cobrowse', 'data-dd-privacy'] as const;

function attributesOf(element: Element): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const name of MARKS) {
    const value = element.getAttribute(name);
    if (value !== null) attributes[name] = value;
  }
  for (const name of element.getAttributeNames()) if (/^(?:data-|surfly)/.test(name)) attributes[name] ??= '';
  return attributes;
}

export interface Spot {
  /** Viewport CSS px of the element's own document. */
  readonly x: number;
  readonly y: number;
  /** What a press there hits: the element, or something inside it. */
  readonly hit: Element;
}

/** Where to press: a fraction of the element's box, scrolled into view when need be, and not covered by anything. */
export function findSpot(element: Element, fx: number, fy: number): Result<Spot, RefusalReason> {
  if (isEmpty(element.getBoundingClientRect())) return fail('off-screen');
  if (!isInView(element, fx, fy)) element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const box = element.getBoundingClientRect();
  const places = [
    { x: box.left + box.width * fx, y: box.top + box.height * fy },
    // A link over two lines has a box whose middle may be none of it.
    ...Array.from(element.getClientRects(), (line) => ({
      x: line.left + line.width / 2,
      y: line.top + line.height / 2,
    })),
  ];
  let isSeen = false;
  for (const { x, y } of places) {
    const hit = deepElementFromPoint(element.ownerDocument, x, y);
    if (hit === null) continue;
    isSeen = true;
    if (isSameTarget(element, hit) && isFrameOpenAt(element.ownerDocument, x, y)) return ok({ x, y, hit });
  }
  return fail(isSeen ? 'covered' : 'off-screen');
}

const isEmpty = (box: DOMRect): boolean => box.width <= 0 || box.height <= 0;

function isInView(element: Element, fx: number, fy: number): boolean {
  const box = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = element.ownerDocument.documentElement;
  const [x, y] = [box.left + box.width * fx, box.top + box.height * fy];
  if (x < 0 || y < 0 || x >= clientWidth || y >= clientHeight) return false;
  const hit = deepElementFromPoint(element.ownerDocument, x, y);
  return hit !== null && isSameTarget(element, hit) && isFrameOpenAt(element.ownerDocument, x, y);
}

const PRESSABLE = /^(?:a|button|label|summary|option|select|input|textarea)$/;
const isPressable = (element: Element): boolean =>
  PRESSABLE.test(element.localName) || element.hasAttribute('role') || element.hasAttribute('onclick');
export const pressableOf = (element: Element): Element | null => closest(element, isPressable);

/** The hit is the target, lies in it, or belongs to the same thing to press. */
function isSameTarget(target: Element, hit: Element): boolean {
  if (composedContains(target, hit)) return true;
  const pressable = pressableOf(target);
  return pressable !== null && composedContains(pressable, hit) && pressable !== target.ownerDocument.body;
}

/** In a frame, nothing of the page around it may lie over the place. */
function isFrameOpenAt(document: Document, x: number, y: number): boolean {
  const frame = frameOf(document);
  if (frame === null) return true;
  const box = frame.getBoundingClientRect();
  const [outerX, outerY] = [box.left + frame.clientLeft + x, box.top + frame.clientTop + y];
  return (
    deepElementFromPoint(frame.ownerDocument, outerX, outerY) === frame &&
    isFrameOpenAt(frame.ownerDocument, outerX, outerY)
  );
}
