/**
 * Trees of a hostile stream: checked, limited and copied, field by field, in one pass. A tree that breaks a limit or
 * has the wrong shape is refused as a whole (the caller asks for a new snapshot); an element or attribute that is not
 * allowed is made inert, so that every id the stream speaks of later exists.
 */
import { MAX_TREE_DEPTH } from '../protocol/cobrowse-limits.ts';
import { sanitiseCss } from './css-sanitise.ts';
import type { SafeAttributes, SafeElement, SafeNode } from './mirror-events.ts';
import { type AttributeContext, sanitiseAttribute } from './sanitise-attributes.ts';
import { INERT_TAG, INERT_TAGS, RESERVED_CUSTOM } from './sanitise-tables.ts';

export class Refused extends Error {
  readonly reason: RefusedReason;
  constructor(reason: RefusedReason) {
    super(reason);
    this.reason = reason;
  }
}
export type RefusedReason = 'shape' | 'id' | 'text-size' | 'node-count' | 'depth' | 'tag' | 'css-size' | 'count';

export interface NodeContext extends AttributeContext {
  /** A stream's node id as the mirror's (`merge-frames.ts`). */
  mapId(id: number): number;
  /** Nodes that may still be added. */
  budget: { nodes: number };
  /** `rootId` for nodes that name none: null in the top document. */
  readonly defaultRootId: number | null;
  /** Told of every element on the way, for texts and attributes of the same event. */
  onElement(id: number, element: KnownElement): void;
}

export interface KnownElement {
  readonly tagName: string;
  readonly isSvg: boolean;
  /** Elements above it, through shadow roots and frames. */
  readonly depth: number;
}

/** What a node's place means for it. */
export interface Place {
  readonly parentTag: string;
  readonly depth: number;
}

/** A text or a style sheet; 50,000 rules are 5 MB. */
export const MAX_TEXT_CHARS = 16_000_000;
const TAG_NAME = /^[a-z][a-z0-9._-]{0,100}$/;
const CUSTOM_NAME = /^[a-z][a-z0-9._]*-[a-z0-9._-]*$/;

export const isCustomName = (name: string): boolean => CUSTOM_NAME.test(name) && !RESERVED_CUSTOM.has(name);

/** Throws `Refused`. */
export function sanitiseNode(raw: unknown, place: Place, context: NodeContext): SafeNode {
  if (!isRecord(raw)) throw new Refused('shape');
  if (place.depth > MAX_TREE_DEPTH) throw new Refused('depth');
  context.budget.nodes -= 1;
  if (context.budget.nodes < 0) throw new Refused('node-count');
  const id = mappedId(raw.id, context);
  const node = build(raw, id, place, context);
  const rootId = typeof raw.rootId === 'number' ? mappedId(raw.rootId, context) : context.defaultRootId;
  if (rootId !== null && node.type !== 0) node.rootId = rootId;
  if (raw.isShadow === true && node.type !== 0 && node.type !== 1) node.isShadow = true;
  return node;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function mappedId(id: unknown, context: { mapId(id: number): number }): number {
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > 2 ** 31 - 1) throw new Refused('id');
  return context.mapId(id);
}

export function boundedText(value: unknown, maxChars: number): string {
  if (typeof value !== 'string') throw new Refused('shape');
  if (value.length > maxChars) throw new Refused('text-size');
  return value;
}

function build(raw: Record<string, unknown>, id: number, place: Place, context: NodeContext): SafeNode {
  switch (raw.type) {
    case 0: {
      const childNodes = documentChildren(raw, place, context);
      const isQuirky = raw.compatMode === 'BackCompat' && childNodes.length > 0 && childNodes[0]?.type !== 1;
      return { type: 0, id, childNodes, ...(isQuirky && { compatMode: 'BackCompat' }) };
    }
    case 1:
      return {
        type: 1,
        id,
        name: 'html',
        publicId: doctypeText(raw.publicId),
        systemId: doctypeText(raw.systemId),
      };
    case 2:
      return element(raw, id, place, context);
    case 3:
      return { type: 3, id, ...styledText(raw.textContent, place.parentTag, context) };
    // CDATA can't be made in an HTML document; a comment keeps its place.
    case 4:
    case 5:
      return { type: 5, id, textContent: '' };
    default:
      throw new Refused('shape');
  }
}

const doctypeText = (value: unknown): string =>
  typeof value === 'string' && /^[\w+./: -]{0,200}$/.test(value) ? value : '';

/** A text of a style element is CSS; one of an inert element is nothing. */
export function styledText(
  value: unknown,
  parentTag: string,
  { assets }: AttributeContext,
): { textContent: string; isStyle?: true } {
  if (parentTag === 'style')
    return { textContent: sanitiseCss(boundedText(value, MAX_TEXT_CHARS), assets), isStyle: true };
  const textContent = boundedText(value, MAX_TEXT_CHARS);
  return { textContent: parentTag === INERT_TAG ? '' : textContent };
}

/** One doctype, then one element: what a document can hold. */
function documentChildren(raw: Record<string, unknown>, place: Place, context: NodeContext): SafeNode[] {
  const children = childrenOf(raw, { parentTag: '#document', depth: place.depth + 1 }, context);
  const kept: SafeNode[] = [];
  for (const child of children) {
    const allowed =
      child.type === 5 || ((child.type === 1 || child.type === 2) && !kept.some((k) => k.type === child.type));
    if (allowed) kept.push(child);
  }
  return kept;
}

function childrenOf(raw: Record<string, unknown>, place: Place, context: NodeContext): SafeNode[] {
  if (raw.childNodes === undefined) return [];
  if (!Array.isArray(raw.childNodes)) throw new Refused('shape');
  if (raw.childNodes.length > context.budget.nodes) throw new Refused('node-count');
  const children: SafeNode[] = [];
  for (const child of raw.childNodes) {
    const safe = sanitiseNode(child, place, context);
    // A document belongs in a frame, and comes there by an event of its own.
    if (safe.type !== 0) children.push(safe);
  }
  return children;
}

function element(raw: Record<string, unknown>, id: number, place: Place, context: NodeContext): SafeElement {
  if (typeof raw.tagName !== 'string') throw new Refused('shape');
  const lower = raw.tagName.toLowerCase();
  // A name that no browser would make (they come from broken markup) becomes what an unknown element is.
  const known = TAG_NAME.test(lower) ? lower : 'alongside-unknown';
  const tagName = INERT_TAGS.has(known) ? INERT_TAG : known;
  const isSvg = raw.isSVG === true;
  context.onElement(id, { tagName, isSvg, depth: place.depth });
  const attributes = sanitiseAttributes(raw.attributes, { nodeId: id, tagName, isSvg }, context);
  const isInert = tagName === INERT_TAG;
  const childNodes = childrenOf(raw, { parentTag: tagName, depth: place.depth + 1 }, context);
  const node: SafeElement = { type: 2, id, tagName, attributes, childNodes };
  if (isSvg) node.isSVG = true;
  if (raw.needBlock === true) node.needBlock = true;
  if (raw.isShadowHost === true && !isInert) node.isShadowHost = true;
  if (raw.isCustom === true && isCustomName(tagName)) node.isCustom = true;
  return node;
}

function sanitiseAttributes(
  raw: unknown,
  target: { nodeId: number; tagName: string; isSvg: boolean },
  context: NodeContext,
): SafeAttributes {
  if (raw === undefined) return {};
  if (!isRecord(raw)) throw new Refused('shape');
  const safe: SafeAttributes = {};
  for (const name of Object.keys(raw)) {
    const value = raw[name];
    if (value === null || value === false || value === undefined) continue;
    if (typeof value === 'number') {
      if (/^rr_scroll(?:Left|Top)$/.test(name) && Number.isFinite(value)) safe[name] = value;
      continue;
    }
    const text = value === true ? '' : boundedText(value, MAX_TEXT_CHARS);
    const attribute = sanitiseAttribute(target, name, text, context);
    if (attribute !== null) safe[attribute.name] = attribute.value;
  }
  return safe;
}
