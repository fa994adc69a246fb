/** The filter for every incremental event that is no mutation. Numbers are rrweb's sources. */
import { maskCss, maskCssValue } from './masking-css.ts';
import type { AttributeMasking } from './masking-attributes.ts';
import { isToggleType } from './masking-fields.ts';
import { scrubText } from './masking-text.ts';
import { isId, isRecord, type RawNode } from './privacy-build.ts';
import { effectOf, isTextMasked, type PageRules } from './privacy-effect.ts';
import { isToggleShown, maskFieldValue } from './privacy-field-output.ts';
import { isSent } from './privacy-mutation.ts';
import type { TreeNode } from './privacy-tree.ts';

export interface IncrementalContext {
  readonly nodes: ReadonlyMap<number, TreeNode>;
  readonly rules: PageRules;
  readonly masking: AttributeMasking;
}

/** Of a custom element. */
const MAX_NAME_CHARS = 100;

type Filter = (data: RawNode, context: IncrementalContext) => RawNode | null;

/** What of the event's data may leave, or null. Sources that are not named here never leave. */
export function filterIncremental(data: RawNode, context: IncrementalContext): RawNode | null {
  return typeof data.source === 'number' ? (FILTERS.get(data.source)?.(data, context) ?? null) : null;
}

const FILTERS: ReadonlyMap<number, Filter> = new Map<number, Filter>([
  [3, scroll],
  [4, resize],
  [5, input],
  [8, styleRules],
  [13, styleDeclaration],
  [14, selection],
  [15, adoptedSheets],
  [16, definition],
]);

/** The node when the other side sees it as more than a grey box. */
function visibleNode(id: unknown, { nodes, rules }: IncrementalContext): TreeNode | null {
  const node = isId(id) ? nodes.get(id) : undefined;
  return node !== undefined && isSent(node) && effectOf(node, rules).hiddenBy === null ? node : null;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function scroll({ source, id, x, y }: RawNode, context: IncrementalContext): RawNode | null {
  return visibleNode(id, context) !== null && isNumber(x) && isNumber(y) ? { source, id, x, y } : null;
}

function resize({ source, width, height }: RawNode): RawNode | null {
  return isNumber(width) && isNumber(height) ? { source, width, height } : null;
}

function input(data: RawNode, context: IncrementalContext): RawNode | null {
  const node = visibleNode(data.id, context);
  if (node === null || typeof data.text !== 'string') return null;
  const effect = effectOf(node, context.rules);
  if (node.tag === 'input' && isToggleType(node.attributes.type ?? '')) {
    if (!isToggleShown(node, effect)) return null;
    return { source: 5, id: node.id, text: '', isChecked: data.isChecked === true };
  }
  const text = maskFieldValue(node, data.text, effect, context.rules);
  return text === null ? null : { source: 5, id: node.id, text, isChecked: false };
}

function sheetOf(data: RawNode, context: IncrementalContext): { id: number } | { styleId: number } | null {
  if (isId(data.styleId)) return { styleId: data.styleId };
  return isId(data.id) && visibleNode(data.id, context) !== null ? { id: data.id } : null;
}

const indexOf = (value: unknown): number | number[] | undefined =>
  isNumber(value) ? value : Array.isArray(value) && value.every(isNumber) ? value : undefined;

function rulesOf(value: unknown, { masking }: IncrementalContext): RawNode[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isRecord).map(({ rule, index }) => {
    const at = indexOf(index);
    if (typeof rule === 'string') masking.selectors.note(rule);
    return { rule: typeof rule === 'string' ? maskCss(rule, masking) : '', ...(at !== undefined && { index: at }) };
  });
}

function styleRules(data: RawNode, context: IncrementalContext): RawNode | null {
  const sheet = sheetOf(data, context);
  if (sheet === null) return null;
  const adds = rulesOf(data.adds, context);
  const removes = Array.isArray(data.removes)
    ? data.removes.filter(isRecord).flatMap(({ index }) => (indexOf(index) === undefined ? [] : [{ index }]))
    : undefined;
  const text = (name: 'replace' | 'replaceSync') => {
    const value = data[name];
    if (typeof value !== 'string') return {};
    context.masking.selectors.note(value);
    return { [name]: maskCss(value, context.masking) };
  };
  return {
    source: 8,
    ...sheet,
    ...(adds && { adds }),
    ...(removes && { removes }),
    ...text('replace'),
    ...text('replaceSync'),
  };
}

function styleDeclaration(data: RawNode, context: IncrementalContext): RawNode | null {
  const sheet = sheetOf(data, context);
  if (sheet === null || !Array.isArray(data.index) || !data.index.every(isNumber)) return null;
  const { set, remove } = data;
  if (isRecord(set) && typeof set.property === 'string') {
    const value = typeof set.value === 'string' ? maskCssValue(set.property, set.value, context.masking) : null;
    const priority = set.priority === 'important' ? { priority: 'important' } : {};
    return { source: 13, ...sheet, index: data.index, set: { property: set.property, value, ...priority } };
  }
  return isRecord(remove) && typeof remove.property === 'string'
    ? { source: 13, ...sheet, index: data.index, remove: { property: remove.property } }
    : null;
}

/** A selection ends in the texts that it quotes; in a masked one its offsets would tell lengths. */
function selection(data: RawNode, context: IncrementalContext): RawNode | null {
  if (!Array.isArray(data.ranges)) return null;
  const isOpen = (id: unknown) => {
    const node = visibleNode(id, context);
    if (node === null) return false;
    return node.kind === 'text' ? node.isShown : !isTextMasked(effectOf(node, context.rules), context.rules);
  };
  const ranges = data.ranges.filter(isRecord).flatMap(({ start, startOffset, end, endOffset }) => {
    const isSafe = isOpen(start) && isOpen(end) && isNumber(startOffset) && isNumber(endOffset);
    return isSafe ? [{ start, startOffset, end, endOffset }] : [];
  });
  return { source: 14, ranges };
}

function adoptedSheets(data: RawNode, context: IncrementalContext): RawNode | null {
  if (visibleNode(data.id, context) === null || !Array.isArray(data.styleIds)) return null;
  const styles = Array.isArray(data.styles)
    ? data.styles
        .filter(isRecord)
        .flatMap(({ styleId, rules }) => (isId(styleId) ? [{ styleId, rules: rulesOf(rules, context) ?? [] }] : []))
    : undefined;
  return { source: 15, id: data.id, ...(styles && { styles }), styleIds: data.styleIds.filter(isId) };
}

function definition({ source, id, name }: RawNode, context: IncrementalContext): RawNode | null {
  const isName = typeof name === 'string' && name.length <= MAX_NAME_CHARS && scrubText(name) === name;
  return isName && visibleNode(id, context) !== null ? { source, id, name } : null;
}
