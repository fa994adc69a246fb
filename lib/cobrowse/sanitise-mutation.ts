/** Mutations of a hostile stream. What they say about nodes that the mirror doesn't have is left out and counted. */
import { isSafeProperty, sanitiseCssValue } from './css-sanitise.ts';
import type { SafeAdd, SafeMutation, SafeStyle } from './mirror-events.ts';
import { isPicture, sanitiseAttribute } from './sanitise-attributes.ts';
import { type EventContext, looseId } from './event-rules.ts';
import { isRecord, type KnownElement, mappedId, Refused, sanitiseNode, styledText } from './sanitise-nodes.ts';
import type { MutationData } from './schema.ts';

/** Throws `Refused`. */
export function sanitiseMutation(data: MutationData, context: EventContext): SafeMutation {
  const within = withAdded(context);
  const removed = new Set(data.removes.map(({ id }) => looseId(id, context)));
  const coming = new Set(data.adds.flatMap(({ node }) => idsIn(node)).map((id) => mappedId(id, context)));
  const isKnown = (id: number) => context.has(id) || coming.has(id);
  /** A text or an attribute of a node that goes with this event needs no word; any other unknown one does. */
  const isChanged = (id: number) => {
    if (id < 1 || (!isKnown(id) && removed.has(id))) return false;
    if (!isKnown(id)) context.onUnknown();
    return isKnown(id);
  };
  return {
    source: 0,
    removes: removals(data, context, coming),
    adds: data.adds.flatMap((add) => addition(add, within, isKnown)),
    texts: data.texts.flatMap(({ id, value }) => {
      const node = looseId(id, context);
      if (!isChanged(node)) return [];
      const parentTag = within.parentTagOf(node) ?? '';
      return [{ id: node, value: value === null ? null : styledText(value, parentTag, context).textContent }];
    }),
    attributes: data.attributes.flatMap(({ id, attributes }) => {
      const nodeId = looseId(id, context);
      return isChanged(nodeId) ? [{ id: nodeId, attributes: changedAttributes(attributes, nodeId, within) }] : [];
    }),
    ...(data.isAttachIframe === true && { isAttachIframe: true as const }),
  };
}

/** The ids of a node and of all below it, whatever they are. */
function idsIn(node: unknown): unknown[] {
  const ids: unknown[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (!isRecord(at)) continue;
    ids.push(at.id);
    if (Array.isArray(at.childNodes)) for (const child of at.childNodes) waiting.push(child);
  }
  return ids;
}

/**
 * Each document and shadow root has an observer of its own, so a node that moved between two of them can be added in its
 * new place before it is removed from the old one: the late removal is left out, and what is built again goes first.
 */
function removals(data: MutationData, context: EventContext, coming: ReadonlySet<number>): SafeMutation['removes'] {
  const removes: SafeMutation['removes'] = [];
  const gone = new Set<number>();
  for (const { id, parentId, isShadow } of data.removes) {
    const node = looseId(id, context);
    if (!context.has(node)) context.onUnknown();
    if (context.parentOf(node)?.id !== looseId(parentId, context) || gone.has(node)) continue;
    gone.add(node);
    removes.push({ id: node, parentId: looseId(parentId, context), ...(isShadow === true && { isShadow: true }) });
  }
  for (const id of coming) {
    const parent = gone.has(id) ? null : context.parentOf(id);
    if (parent !== null) removes.push({ id, parentId: parent.id, ...(parent.isShadow && { isShadow: true }) });
  }
  return removes;
}

/** The same context, which also knows what the event itself has added. */
function withAdded(context: EventContext): EventContext & { addText(id: number, parentTag: string): void } {
  const elements = new Map<number, KnownElement>();
  const texts = new Map<number, string>();
  return {
    ...context,
    onElement: (id, element) => elements.set(id, element),
    elementOf: (id) => elements.get(id) ?? context.elementOf(id),
    parentTagOf: (id) => texts.get(id) ?? context.parentTagOf(id),
    addText: (id, parentTag) => texts.set(id, parentTag),
  };
}

function addition(
  { parentId, nextId, node }: MutationData['adds'][number],
  context: ReturnType<typeof withAdded>,
  isKnown: (id: number) => boolean,
): SafeAdd[] {
  const parent = mappedId(parentId, context);
  const above = context.elementOf(parent);
  const safe = sanitiseNode(node, { parentTag: above?.tagName ?? '', depth: (above?.depth ?? 0) + 1 }, context);
  // A document has no place but in a frame's element.
  if (!isKnown(parent) || (safe.type === 0 && above?.tagName !== 'iframe')) {
    context.onUnknown();
    return [];
  }
  const next = typeof nextId === 'number' && nextId > 0 ? context.mapId(nextId) : null;
  const isLost = next !== null && !isKnown(next);
  if (isLost) context.onUnknown();
  const adds: SafeAdd[] = [];
  flatten({ parentId: parent, nextId: isLost ? null : next, node: safe }, above?.tagName ?? '', context, adds);
  return adds;
}

/** The replayer builds what is added node by node, the last children first, because each names the one that it precedes. */
function flatten(add: SafeAdd, parentTag: string, context: ReturnType<typeof withAdded>, adds: SafeAdd[]): void {
  const { node } = add;
  if (node.type === 3) context.addText(node.id, parentTag);
  // A frame's document is built whole.
  if (node.type !== 2 || node.childNodes.length === 0) return void adds.push(add);
  adds.push({ ...add, node: { ...node, childNodes: [] } });
  const next: { light: number | null; shadow: number | null } = { light: null, shadow: null };
  for (const child of node.childNodes.toReversed()) {
    const side = 'isShadow' in child && child.isShadow ? 'shadow' : 'light';
    flatten({ parentId: node.id, nextId: next[side], node: child }, node.tagName, context, adds);
    next[side] = child.id;
  }
}

/** Attributes of an unknown element are dropped; the replayer's own "not found" tells that it is one. */
function changedAttributes(
  raw: unknown,
  nodeId: number,
  context: EventContext,
): Record<string, string | SafeStyle | null> {
  if (!isRecord(raw)) throw new Refused('shape');
  const element = context.elementOf(nodeId);
  const safe: Record<string, string | SafeStyle | null> = {};
  if (element === null) return safe;
  for (const name of Object.keys(raw)) {
    const value = raw[name];
    if (name === 'style' && isRecord(value)) {
      safe.style = changedStyle(value, context);
    } else if (value === null) {
      if (isRemovable(name)) safe[name] = null;
      if (isPicture(element.tagName, name)) safe[withoutPrefix(name)] = null;
    } else {
      const text = value === true ? '' : value;
      if (typeof text !== 'string') throw new Refused('shape');
      const attribute = sanitiseAttribute({ nodeId, ...element }, name, text, context);
      if (attribute !== null) safe[attribute.name] = attribute.value;
      else if (isPicture(element.tagName, name)) safe[withoutPrefix(name)] = null;
    }
  }
  return safe;
}

/** Pictures are named by `href` alone. */
const withoutPrefix = (name: string): string => name.replace(/^xlink:/i, '');

const isRemovable = (name: string): boolean =>
  /^[a-zA-Z_:][\w:.-]*$/.test(name) && !name.toLowerCase().startsWith('data-alongside');

function changedStyle(raw: Record<string, unknown>, { assets }: EventContext): SafeStyle {
  const safe: SafeStyle = {};
  for (const property of Object.keys(raw)) {
    if (!isSafeProperty(property)) continue;
    const value = raw[property];
    if (value === false) safe[property] = false;
    else if (typeof value === 'string') safe[property] = sanitiseCssValue(value, assets);
    else if (Array.isArray(value) && typeof value[0] === 'string') {
      safe[property] = [sanitiseCssValue(value[0], assets), value[1] === 'important' ? 'important' : ''];
    } else throw new Refused('shape');
  }
  return safe;
}
