/**
 * The one gate between the wire and the replayer: an rrweb event from a hostile stream becomes one that can do nothing
 * but show, or a reason. Pure; what it has to know of the mirror comes in the context.
 */
import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/result.ts';
import { isSafeProperty, sanitiseCss, sanitiseCssValue } from './css-sanitise.ts';
import type { SafeEvent, SafeIncremental, SafeMutation, SafeRule, SafeStyle } from './mirror-events.ts';
import { isPicture, sanitiseAttribute } from './sanitise-attributes.ts';
import {
  isRecord,
  type KnownElement,
  mappedId,
  type NodeContext,
  Refused,
  type RefusedReason,
  sanitiseNode,
  styledText,
} from './sanitise-nodes.ts';
import { IGNORED_SOURCES, IncrementalData, MetaData, type MutationData, SnapshotData } from './schema.ts';

export interface EventContext extends NodeContext {
  mapStyleId(id: number): number;
  /** An element of the mirror by its mapped id; null when there is none. */
  elementOf(id: number): KnownElement | null;
  /** The element above a text of the mirror by its mapped id; null when there is none. */
  parentTagOf(id: number): string | null;
}

export type EventFailure = RefusedReason;

/** Null: an event with nothing for the mirror. Never throws. */
export function sanitiseEvent(
  raw: { readonly type: number; readonly data?: unknown; readonly timestamp: number },
  context: EventContext,
): Result<SafeEvent | null, EventFailure> {
  try {
    return ok(readEvent(raw, context));
  } catch (error) {
    if (error instanceof Refused) return fail(error.reason);
    throw error;
  }
}

function readEvent(
  { type, data, timestamp }: { readonly type: number; readonly data?: unknown; readonly timestamp: number },
  context: EventContext,
): SafeEvent | null {
  if (type === 2) {
    const { node, initialOffset } = parse(SnapshotData, data);
    const root = sanitiseNode(node, { parentTag: '', depth: 0 }, context);
    if (root.type !== 0) throw new Refused('shape');
    return { type, timestamp, data: { node: root, initialOffset } };
  }
  if (type === 4) return { type, timestamp, data: parse(MetaData, data) };
  if (type !== 3) return null;
  if (isRecord(data) && typeof data.source === 'number' && IGNORED_SOURCES.has(data.source)) return null;
  return { type, timestamp, data: incremental(parse(IncrementalData, data), context) };
}

function parse<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) throw new Refused('shape');
  return parsed.output;
}

function incremental(data: IncrementalData, context: EventContext): SafeIncremental {
  const id = (value: number) => looseId(value, context);
  switch (data.source) {
    case 0:
      return mutation(data, context);
    case 2:
      return { source: 2, type: data.type, id: id(data.id), x: data.x ?? 0, y: data.y ?? 0 };
    case 3:
    case 5:
      return { ...data, id: id(data.id) };
    case 4:
      return data;
    case 8: {
      const { adds, replace, replaceSync, removes } = data;
      return {
        source: 8,
        ...sheetIds(data, context),
        ...(adds && { adds: adds.map((rule) => safeRule(rule, context)) }),
        ...(removes && { removes }),
        ...(replace !== undefined && { replace: sanitiseCss(replace, context.assets) }),
        ...(replaceSync !== undefined && { replaceSync: sanitiseCss(replaceSync, context.assets) }),
      };
    }
    case 13: {
      const { set, remove, index } = data;
      return {
        source: 13,
        ...sheetIds(data, context),
        index,
        ...(set && isSafeProperty(set.property) && { set: safeDeclaration(set, context) }),
        ...(remove && { remove }),
      };
    }
    case 14:
      return { source: 14, ranges: data.ranges.map((r) => ({ ...r, start: id(r.start), end: id(r.end) })) };
    case 15:
      return {
        source: 15,
        id: id(data.id),
        ...(data.styles && {
          styles: data.styles.map(({ styleId, rules }) => ({
            styleId: context.mapStyleId(styleId),
            rules: rules.map((rule) => safeRule(rule, context)),
          })),
        }),
        styleIds: data.styleIds.map((styleId) => context.mapStyleId(styleId)),
      };
  }
}

const looseId = (id: number, context: EventContext): number => (id < 1 ? id : context.mapId(id));

function sheetIds(
  { id, styleId }: { id?: number | undefined; styleId?: number | undefined },
  context: EventContext,
): { id?: number; styleId?: number } {
  return {
    ...(id !== undefined && { id: looseId(id, context) }),
    ...(styleId !== undefined && styleId > 0 && { styleId: context.mapStyleId(styleId) }),
  };
}

function safeRule(
  { rule, index }: { rule: string; index?: number | number[] | undefined },
  context: EventContext,
): SafeRule {
  return { rule: sanitiseCss(rule, context.assets), ...(index !== undefined && { index }) };
}

function safeDeclaration(
  set: { property: string; value?: string | null | undefined; priority?: string | null | undefined },
  { assets }: EventContext,
): { property: string; value: string | null; priority: string | undefined } {
  return {
    property: set.property,
    value: typeof set.value === 'string' ? sanitiseCssValue(set.value, assets) : null,
    priority: set.priority === 'important' ? 'important' : undefined,
  };
}

function mutation(data: MutationData, context: EventContext): SafeMutation {
  const added = new Map<number, KnownElement>();
  const addedTexts = new Map<number, string>();
  const within: EventContext = {
    ...context,
    onElement(id, element) {
      added.set(id, element);
      context.onElement(id, element);
    },
    elementOf: (id) => added.get(id) ?? context.elementOf(id),
  };
  const adds = data.adds.map(({ parentId, nextId, previousId, node }) => {
    const parent = mappedId(parentId, context);
    const above = within.elementOf(parent);
    const parentTag = above?.tagName ?? '';
    const safe = sanitiseNode(node, { parentTag, depth: (above?.depth ?? 0) + 1 }, within);
    if (safe.type === 3) addedTexts.set(safe.id, parentTag);
    return {
      parentId: parent,
      nextId: typeof nextId === 'number' ? looseId(nextId, context) : null,
      ...(previousId !== undefined && {
        previousId: typeof previousId === 'number' ? looseId(previousId, context) : null,
      }),
      node: safe,
    };
  });
  return {
    source: 0,
    adds,
    removes: data.removes.map(({ id, parentId, isShadow }) => ({
      id: looseId(id, context),
      parentId: looseId(parentId, context),
      ...(isShadow === true && { isShadow: true as const }),
    })),
    texts: data.texts.map(({ id, value }) => {
      const node = looseId(id, context);
      const parentTag = addedTexts.get(node) ?? context.parentTagOf(node) ?? '';
      return { id: node, value: value === null ? null : styledText(value, parentTag, context).textContent };
    }),
    attributes: data.attributes.map(({ id, attributes }) => {
      const nodeId = looseId(id, context);
      return { id: nodeId, attributes: changedAttributes(attributes, nodeId, within) };
    }),
    ...(data.isAttachIframe === true && { isAttachIframe: true as const }),
  };
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
    } else {
      const text = value === true ? '' : value;
      if (typeof text !== 'string') throw new Refused('shape');
      const attribute = sanitiseAttribute({ nodeId, ...element }, name, text, context);
      if (attribute !== null) safe[attribute.name] = attribute.value;
      else if (isPicture(element.tagName, name)) safe[name] = null;
    }
  }
  return safe;
}

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
