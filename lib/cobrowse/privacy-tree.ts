/**
 * The customer's side's own copy of what the recorder says about the page: who is whose child, and the few attributes
 * that decide on masking. The recorder runs in the page's world and may be made to lie; a decision about what leaves is
 * made on this tree alone. Nodes that are not sent stay in it, so that places among siblings can be worked out.
 */
import { type Directives, readDirectives } from './masking-directives.ts';
import { isColourScheme } from './masking-attributes.ts';
import type { FieldSecret } from './masking-fields.ts';

export type NodeKind = 'document' | 'doctype' | 'element' | 'text' | 'shadow' | 'other';

export interface TreeNode {
  /** 0 for a shadow root, which rrweb gives no id. */
  readonly id: number;
  readonly kind: NodeKind;
  /** Lower-case; '' unless an element. */
  readonly tag: string;
  readonly isSvg: boolean;
  parent: TreeNode | null;
  previous: TreeNode | null;
  next: TreeNode | null;
  first: TreeNode | null;
  last: TreeNode | null;
  shadow: TreeNode | null;
  /** By lower-case name; without long values and without what people typed. */
  attributes: Record<string, string>;
  directives: Directives;
  /** The beginning of a text node's text. */
  text: string;
  /** Never sent, nor anything below it. */
  isDropped: boolean;
  /** rrweb left its content out (`needBlock`). */
  isBlocked: boolean;
  /** Once a secret, always one. */
  secret: FieldSecret | null;
  isHiddenByCustomer: boolean;
  /** The other side has this field's value, or this text, as it is. */
  isShown: boolean;
}

export interface NodeFacts {
  readonly id: number;
  readonly kind: NodeKind;
  readonly tag: string;
  readonly isSvg: boolean;
  readonly attributes: Record<string, string>;
  readonly text: string;
  readonly isBlocked: boolean;
}

/** Elements that are neither shown nor of use in a mirror. */
const DROPPED_TAGS: ReadonlySet<string> = new Set(
  'base applet param frame frameset noframes source track portal fencedframe webview datalist metadata desc'.split(' '),
);
/** Of these only the place is told, without which style sheets would count wrong (`:first-child`). */
const PLACES = /^(?:script|noscript|template)$/;
export const isPlace = ({ tag }: { readonly tag: string }): boolean => PLACES.test(tag);
/**
 * What another program may show (a PDF). Nothing of it can be read; its place is told, as a frame, and not what stands in
 * it for browsers that can't show it.
 */
export const isFile = ({ tag }: { readonly tag: string }): boolean => /^(?:embed|object)$/.test(tag);

export function createNode(facts: NodeFacts): TreeNode {
  return {
    ...facts,
    parent: null,
    previous: null,
    next: null,
    first: null,
    last: null,
    shadow: null,
    directives: readDirectives(facts.attributes),
    isDropped:
      facts.kind === 'other' ||
      DROPPED_TAGS.has(facts.tag) ||
      isUselessLink(facts) ||
      (facts.tag === 'meta' && !isColourScheme(facts.attributes.name ?? '')) ||
      isOwnLayer(facts) ||
      (facts.tag === 'title' && facts.isSvg),
    secret: null,
    isHiddenByCustomer: false,
    isShown: false,
  };
}

export const isSheetLink = (rel: string | undefined): boolean => /\bstylesheet\b/i.test(rel ?? '');

/** A link is sent for its style sheet only, and for the one that it may become (`rel="preload" as="style"`). */
const isUselessLink = ({ tag, attributes: { _csstext, rel, as } }: NodeFacts): boolean =>
  tag === 'link' && _csstext === undefined && as !== 'style' && !isSheetLink(rel);

/** Our own border, pill and ink over the page (lib/overlay). */
const isOwnLayer = ({ attributes }: NodeFacts): boolean => attributes['data-alongside-layer'] !== undefined;

/** Puts `node` among the children of `parent` before `next`, or last. */
export function attach(parent: TreeNode, node: TreeNode, next: TreeNode | null): void {
  const before = next !== null && next.parent === parent ? next : null;
  node.parent = parent;
  if (isPlace(parent) || isFile(parent)) node.isDropped = true;
  node.next = before;
  node.previous = before === null ? parent.last : before.previous;
  if (node.previous === null) parent.first = node;
  else node.previous.next = node;
  if (before === null) parent.last = node;
  else before.previous = node;
}

export function detach(node: TreeNode): void {
  const { parent, previous, next } = node;
  if (parent !== null) {
    if (parent.shadow === node) parent.shadow = null;
    if (parent.first === node) parent.first = next;
    if (parent.last === node) parent.last = previous;
  }
  if (previous !== null) previous.next = next;
  if (next !== null) next.previous = previous;
  node.parent = null;
  node.previous = null;
  node.next = null;
}

/** The shadow root of an element, made when it has none yet. */
export function shadowOf(host: TreeNode): TreeNode {
  if (host.shadow === null) {
    const facts = { id: 0, kind: 'shadow', tag: '', isSvg: false, attributes: {}, text: '', isBlocked: false } as const;
    host.shadow = createNode({ ...facts, attributes: {} });
    host.shadow.parent = host;
  }
  return host.shadow;
}

export function* childrenOf(node: TreeNode): Generator<TreeNode> {
  for (let child = node.first; child !== null; child = child.next) yield child;
}

/** `node` and all below it, parents first; shadow roots and frames' documents too. */
export function* subtreeOf(node: TreeNode): Generator<TreeNode> {
  const stack = [node];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    yield top;
    for (let child = top.last; child !== null; child = child.previous) stack.push(child);
    if (top.shadow !== null) stack.push(top.shadow);
  }
}

export function* ancestorsOf(node: TreeNode): Generator<TreeNode> {
  for (let parent = node.parent; parent !== null; parent = parent.parent) yield parent;
}

/** The text below a node, at most `maxChars` of it; without what stands in elements called `except`. */
export function textOf(node: TreeNode, maxChars: number, except: string | null = null): string {
  let text = '';
  for (const inner of subtreeOf(node)) {
    if (inner.kind === 'text') {
      if (inner.parent?.tag !== except) text += inner.text;
    } else if (inner.kind === 'element' && text !== '' && !text.endsWith(' ')) text += ' ';
    if (text.length > maxChars) break;
  }
  return text.slice(0, maxChars);
}
