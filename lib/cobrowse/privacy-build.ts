import { MAX_TREE_DEPTH } from '../protocol/cobrowse-limits.ts';
import { attach, createNode, type NodeKind, shadowOf, type TreeNode } from './privacy-tree.ts';

/** A node as the recorder says it is; nothing about it is certain. */
export type RawNode = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is RawNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31;

export interface Builder {
  /** The tree's nodes by id. */
  readonly nodes: Map<number, TreeNode>;
  /** What each new node was made of, until it has been sent. */
  readonly raw: Map<TreeNode, RawNode>;
  /** `css`: what has just been told of a style sheet. */
  onNode(node: TreeNode, css: unknown): void;
}

/** What people typed, and what is long: neither is kept. */
const MAX_KEPT_CHARS = 400;
const KEPT_TEXT_CHARS = 160;
const KINDS: readonly NodeKind[] = ['document', 'doctype', 'element', 'text', 'other', 'other'];

/** Builds `raw` and all below it; null when it is no node, is known already or lies too deep. */
export function buildTree(raw: unknown, depth: number, builder: Builder): TreeNode | null {
  if (!isRecord(raw) || !isId(raw.id) || depth > MAX_TREE_DEPTH || builder.nodes.has(raw.id)) return null;
  const kind = typeof raw.type === 'number' ? (KINDS[raw.type] ?? 'other') : 'other';
  const tag = kind === 'element' && typeof raw.tagName === 'string' ? raw.tagName.toLowerCase() : '';
  const node = createNode({
    id: raw.id,
    kind,
    tag,
    isSvg: raw.isSVG === true,
    attributes: kind === 'element' ? keepAttributes(tag, raw.attributes) : {},
    text: kind === 'text' && typeof raw.textContent === 'string' ? raw.textContent.slice(0, KEPT_TEXT_CHARS) : '',
    isBlocked: raw.needBlock === true,
  });
  builder.nodes.set(raw.id, node);
  builder.raw.set(node, raw);
  builder.onNode(node, isRecord(raw.attributes) ? raw.attributes._cssText : undefined);
  if (Array.isArray(raw.childNodes)) {
    for (const child of raw.childNodes) {
      const built = buildTree(child, depth + 1, builder);
      if (built !== null) attach(isRecord(child) && child.isShadow === true ? shadowOf(node) : node, built, null);
    }
  }
  return node;
}

function keepAttributes(tag: string, raw: unknown): Record<string, string> {
  const kept: Record<string, string> = {};
  if (!isRecord(raw)) return kept;
  for (const name of Object.keys(raw)) keepAttribute(kept, tag, name, raw[name]);
  return kept;
}

/** Remembers an attribute, or forgets it when it has gone. */
export function keepAttribute(kept: Record<string, string>, tag: string, rawName: string, value: unknown): void {
  const name = rawName.toLowerCase();
  if (value === null || value === undefined || value === false) delete kept[name];
  else if (name === '_csstext') kept[name] = '';
  else if (name !== 'value' || tag === 'option') {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    kept[name] = isPlain ? String(value).slice(0, MAX_KEPT_CHARS) : '';
  }
}
