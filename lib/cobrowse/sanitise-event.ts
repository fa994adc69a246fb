/**
 * The one gate between the wire and the replayer: an rrweb event from a hostile stream becomes one that can do nothing
 * but show, or a reason. Pure; what it has to know of the mirror comes in the context.
 */
import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/result.ts';
import { type EventContext, looseId } from './event-rules.ts';
import { sanitiseMutation } from './sanitise-mutation.ts';
import { isSafeProperty, sanitiseCss, sanitiseCssValue } from './css-sanitise.ts';
import type { SafeEvent, SafeIncremental, SafeRule } from './mirror-events.ts';
import { isCustomName, isRecord, Refused, type RefusedReason, sanitiseNode } from './sanitise-nodes.ts';
import { IGNORED_SOURCES, IncrementalData, MetaData, SnapshotData } from './schema.ts';

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
    const root = sanitiseNode(node, { parentTag: '', depth: context.hostDepth }, context);
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
      return sanitiseMutation(data, context);
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
    case 16:
      if (!isCustomName(data.name)) throw new Refused('shape');
      return { ...data, id: id(data.id) };
  }
}

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
