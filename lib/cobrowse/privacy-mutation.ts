/**
 * The filter for one mutation: follows it in the tree, sends what may leave, and covers what the change has turned into
 * a secret although it was sent before.
 */
import { isAskedFor } from './masking-attributes.ts';
import { maskCssValue } from './masking-css.ts';
import { readDirectives } from './masking-directives.ts';
import { type Builder, buildTree, isId, isRecord, keepAttribute, type RawNode } from './privacy-build.ts';
import { coverNode, type Cover } from './privacy-cover.ts';
import { type Effect, effectOf } from './privacy-effect.ts';
import { optionName } from './privacy-field-output.ts';
import { isField } from './privacy-fields.ts';
import { type OutputContext, type OutNode, outputAttribute, outputTree } from './privacy-output.ts';
import { maskTextNode, numberPartsShown } from './privacy-text.ts';
import { attach, childrenOf, detach, isPlace, shadowOf, subtreeOf, type TreeNode } from './privacy-tree.ts';

export interface MutationContext extends OutputContext {
  readonly builder: Builder;
  judgeField(node: TreeNode): void;
  /** Fields that the other side has as they are. */
  shownFields(): Iterable<TreeNode>;
  /** Something was masked or hidden and may now be shown; only a new snapshot has it. */
  wantSnapshot(): void;
}

export interface OutMutation extends Cover {
  readonly source: 0;
  readonly adds: { parentId: number; nextId: number | null; node: OutNode }[];
  isAttachIframe?: true;
}

export const createMutation = (): OutMutation => ({ source: 0, removes: [], adds: [], texts: [], attributes: [] });

export const isEmptyMutation = ({ removes, adds, texts, attributes }: OutMutation): boolean =>
  removes.length + adds.length + texts.length + attributes.length === 0;

/** What of a mutation may leave. Order as in rrweb: removes, adds, then texts and attributes of nodes that were there. */
export function filterMutation(data: RawNode, context: MutationContext): OutMutation {
  const out = createMutation();
  if (data.isAttachIframe === true) out.isAttachIframe = true;
  for (const removal of listOf(data.removes)) if (isTimely(removal, context)) remove(removal, out, context);
  for (const id of idsOf(listOf(data.adds))) remove({ id }, out, context);
  // Attributes come first: what they hide or mask must not leave with the same event's texts and new nodes.
  const changes = applyAttributes(listOf(data.attributes), out, context);
  const added = insertAll(listOf(data.adds), context);
  const texts: TreeNode[] = [];
  for (const { node } of added) {
    for (const inner of subtreeOf(node)) {
      if (isField(inner)) context.judgeField(inner);
      else if (inner.kind === 'text') texts.push(inner);
    }
  }
  const apart = { ...context, apart: new Set(added.map(({ node }) => node)) };
  for (const { node, parentId, nextId } of added) {
    const parent = node.parent;
    if (parent === null) continue;
    const outNode = isSent(parent) ? outputTree(node, effectOf(parent, context.rules), apart) : null;
    if (outNode !== null) out.adds.push({ parentId, nextId, node: outNode });
  }
  for (const text of texts) coverNumbers(text, out);
  for (const text of listOf(data.texts)) changeText(text, out, context);
  for (const change of changes) sendAttributes(change, out, context);
  coverNewSecrets(out, context);
  return out;
}

const listOf = (value: unknown): readonly RawNode[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Whether the other side has this node. A hidden element counts: it is there as a grey box. */
export function isSent(node: TreeNode): boolean {
  for (let at: TreeNode | null = node; at !== null; at = at.parent) if (at.isDropped) return false;
  return true;
}

/**
 * Each document and shadow root has an observer of its own, so a node that moved between two of them may be added in its
 * new place before it is removed from the old one. Then the addition ends its old place, and the removal comes too late.
 */
function isTimely({ id, parentId }: RawNode, { builder }: MutationContext): boolean {
  const parent = isId(id) ? builder.nodes.get(id)?.parent : undefined;
  return (parent?.kind === 'shadow' ? parent.parent : parent)?.id === parentId;
}

function* idsOf(adds: readonly RawNode[]): Generator<unknown> {
  const waiting: unknown[] = adds.map(({ node }) => node);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isRecord(node)) continue;
    yield node.id;
    if (Array.isArray(node.childNodes)) for (const child of node.childNodes) waiting.push(child);
  }
}

function remove(removal: RawNode, out: OutMutation, { builder, rules }: MutationContext): void {
  const node = isId(removal.id) ? builder.nodes.get(removal.id) : undefined;
  if (node?.parent == null) return;
  const host = node.parent.kind === 'shadow' ? node.parent.parent : node.parent;
  if (host !== null && isSent(node) && !effectOf(node, rules).isUnderHidden) {
    const isShadow = node.parent.kind === 'shadow' ? ({ isShadow: true } as const) : {};
    out.removes.push({ parentId: host.id, id: node.id, ...isShadow });
  }
  forget(node, builder);
}

function forget(node: TreeNode, builder: Builder): void {
  detach(node);
  for (const inner of subtreeOf(node)) builder.nodes.delete(inner.id);
}

interface Insertion {
  readonly node: TreeNode;
  readonly parentId: number;
  readonly nextId: number | null;
}

/** Inserts what has a known parent, again and again, because a parent may come after its child. */
function insertAll(adds: readonly RawNode[], context: MutationContext): Insertion[] {
  const inserted: Insertion[] = [];
  for (let left = adds; left.length > 0;) {
    const waiting: RawNode[] = [];
    for (const add of left) {
      const parent = isId(add.parentId) ? context.builder.nodes.get(add.parentId) : undefined;
      const insertion = parent === undefined ? null : insert(parent, add, context.builder);
      if (insertion !== null) inserted.push(insertion);
      else if (parent === undefined) waiting.push(add);
    }
    if (waiting.length === left.length) break;
    left = waiting;
  }
  return inserted;
}

function insert(parent: TreeNode, add: RawNode, builder: Builder): Insertion | null {
  const node = buildTree(add.node, 0, builder);
  if (node === null) return null;
  const isShadow = isRecord(add.node) && add.node.isShadow === true;
  // A frame has one document. Nobody tells that the one before has gone.
  if (node.kind === 'document') for (const before of [...childrenOf(parent)]) forget(before, builder);
  const next = isId(add.nextId) ? (builder.nodes.get(add.nextId) ?? null) : null;
  attach(isShadow ? shadowOf(parent) : parent, node, next);
  let shown = node.next;
  while (shown !== null && shown.isDropped) shown = shown.next;
  return { node, parentId: parent.id, nextId: shown?.id ?? null };
}

function changeText(change: RawNode, out: OutMutation, context: MutationContext): void {
  const node = isId(change.id) ? context.builder.nodes.get(change.id) : undefined;
  if (node === undefined || node.kind !== 'text') return;
  const text = typeof change.value === 'string' ? change.value : '';
  node.text = text.slice(0, 160);
  if (!isSent(node)) return;
  const effect = effectOf(node, context.rules);
  if (effect.hiddenBy !== null) return;
  out.texts.push({ id: node.id, value: maskTextNode(node, text, effect, context) });
  coverNumbers(node, out);
}

interface Change {
  readonly node: TreeNode;
  readonly raw: RawNode;
  readonly before: Effect;
}

function applyAttributes(list: readonly RawNode[], out: OutMutation, context: MutationContext): readonly Change[] {
  const changes: Change[] = [];
  for (const { id, attributes: raw } of list) {
    const node = isId(id) ? context.builder.nodes.get(id) : undefined;
    if (node?.kind !== 'element' || !isRecord(raw)) continue;
    changes.push({ node, raw, before: effectOf(node, context.rules) });
  }
  for (const { node, raw } of changes) {
    for (const name of Object.keys(raw)) keepAttribute(node.attributes, node.tag, name, raw[name]);
    node.directives = readDirectives(node.attributes);
    context.builder.onNode(node, raw._cssText);
    if (isField(node)) context.judgeField(node);
  }
  for (const { node, before } of changes) {
    const after = effectOf(node, context.rules);
    if (!isSent(node) || after.isUnderHidden || before.isUnderHidden) continue;
    if (showsLess(before, after)) coverNode({ node, effect: after }, out, context.rules);
    if (showsLess(after, before)) context.wantSnapshot();
  }
  return changes;
}

function sendAttributes({ node, raw }: Change, out: OutMutation, context: MutationContext): void {
  const effect = effectOf(node, context.rules);
  if (!isSent(node) || isPlace(node) || effect.hiddenBy !== null) return;
  const attributes = outputChange(node, raw, effect, context);
  if (Object.keys(attributes).length > 0) out.attributes.push({ id: node.id, attributes });
}

const showsLess = (before: Effect, after: Effect): boolean =>
  (before.hiddenBy === null && after.hiddenBy !== null) ||
  (before.site !== 'mask' && after.site === 'mask') ||
  (before.site === 'allow' && after.site !== 'allow') ||
  (!before.isMaskedByPolicy && after.isMaskedByPolicy) ||
  (!before.isEditable && after.isEditable);

function outputChange(node: TreeNode, raw: RawNode, effect: Effect, context: MutationContext): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of Object.keys(raw)) {
    const value = raw[name];
    if (name === 'style' && isRecord(value)) out.style = outputStyle(value, context);
    else if (typeof value === 'string' || typeof value === 'number' || value === true) {
      const masked = outputAttribute({ node, effect }, name, value, context);
      // A value that may not leave must still end the one before it.
      out[name] = masked === true ? '' : masked;
    } else out[name] = node.tag === 'option' && name === 'value' ? optionName(node) : null;
    if (out[name] === null && !/^[a-z][a-z-]{0,30}$/.test(name)) delete out[name];
  }
  return out;
}

function outputStyle(style: RawNode, { masking }: MutationContext): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const property of Object.keys(style)) {
    if (!/^-{0,2}[a-z_][\w-]*$/i.test(property)) continue;
    const value = style[property];
    if (typeof value === 'string') out[property] = maskCssValue(property, value, masking);
    else if (Array.isArray(value) && typeof value[0] === 'string') {
      out[property] = [maskCssValue(property, value[0], masking), value[1] === 'important' ? 'important' : ''];
    } else out[property] = false;
  }
  return out;
}

function coverNumbers(node: TreeNode, out: OutMutation): void {
  for (const part of numberPartsShown(node)) {
    part.isShown = false;
    out.texts.push({ id: part.id, value: '••••' });
  }
}

/** A label that came later, or a name that changed, may have told what a field was all along. */
function coverNewSecrets(out: OutMutation, context: MutationContext): void {
  for (const field of context.shownFields()) {
    context.judgeField(field);
    if (field.secret !== null) coverNode({ node: field, effect: effectOf(field, context.rules) }, out, context.rules);
  }
}

/** What attributes that were there before match of selectors that came after them. */
export function askedAnew(news: ReadonlySet<string>, context: MutationContext): OutMutation {
  const out = createMutation();
  const asked = new Set([...news].filter(isAskedFor));
  for (const node of asked.size > 0 ? context.builder.nodes.values() : []) {
    for (const [name, value] of Object.entries(node.attributes)) {
      if (!asked.has(name) || !isSent(node) || isPlace(node)) continue;
      const effect = effectOf(node, context.rules);
      const masked = effect.hiddenBy === null ? outputAttribute({ node, effect }, name, value, context) : null;
      if (masked !== null) out.attributes.push({ id: node.id, attributes: { [name]: masked } });
    }
  }
  return out;
}
