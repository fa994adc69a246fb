/**
 * Makes a batch of recorder events smaller without changing what it amounts to: the last scroll position, input and
 * selection stand for all before them, and changes of attributes and texts with nothing but such changes between them
 * become one. No single event is ever left out otherwise: that would corrupt the mirror (reference/cobrowse.md §1.2).
 */
export interface RecorderEvent {
  readonly type: number;
  readonly data: unknown;
  readonly timestamp: number;
}

const INCREMENTAL = 3;
const FULL_SNAPSHOT = 2;
const MUTATION = 0;
/** Sources of which only the last one per node counts. */
const SUPERSEDED: ReadonlySet<number> = new Set([3, 5]);
/** Sources of which only the last one counts. */
const SUPERSEDED_BY_ANY: ReadonlySet<number> = new Set([4, 14]);

interface MutationData {
  readonly source: 0;
  readonly adds: readonly unknown[];
  readonly removes: readonly unknown[];
  readonly texts: readonly { readonly id: number; readonly value: string | null }[];
  readonly attributes: readonly { readonly id: number; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly isAttachIframe?: boolean;
}

export function coalesceEvents(events: readonly RecorderEvent[]): RecorderEvent[] {
  return mergeChanges(dropSuperseded(events));
}

const sourceOf = ({ type, data }: RecorderEvent): number =>
  type === INCREMENTAL && isRecord(data) && typeof data.source === 'number' ? data.source : -1;

/** Goes back from the end, so that the last of its kind is the one that stays. */
function dropSuperseded(events: readonly RecorderEvent[]): RecorderEvent[] {
  const seen = new Set<string>();
  const kept: RecorderEvent[] = [];
  for (const event of events.toReversed()) {
    const source = sourceOf(event);
    if (event.type === FULL_SNAPSHOT) seen.clear();
    const isPerNode = SUPERSEDED.has(source);
    if (isPerNode || SUPERSEDED_BY_ANY.has(source)) {
      const key = isPerNode && isRecord(event.data) ? `${source}:${String(event.data.id)}` : String(source);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    kept.push(event);
  }
  return kept.reverse();
}

function mergeChanges(events: readonly RecorderEvent[]): RecorderEvent[] {
  const out: RecorderEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    const merged = last === undefined ? null : mergeTwo(last, event);
    if (merged === null) out.push(event);
    else out[out.length - 1] = merged;
  }
  return out;
}

/** `first` and `second` as one, when neither changes the tree. */
function mergeTwo(first: RecorderEvent, second: RecorderEvent): RecorderEvent | null {
  if (sourceOf(first) !== MUTATION || sourceOf(second) !== MUTATION) return null;
  const [a, b] = [first.data, second.data];
  if (!isChangeOnly(a) || !isChangeOnly(b)) return null;
  const texts = new Map([...a.texts, ...b.texts].map((text) => [text.id, text]));
  const attributes = new Map(a.attributes.map((change) => [change.id, change.attributes]));
  for (const { id, attributes: later } of b.attributes) {
    const earlier = attributes.get(id);
    const merged = earlier === undefined ? later : mergeAttributes(earlier, later);
    if (merged === null) return null;
    attributes.set(id, merged);
  }
  const data = {
    source: MUTATION,
    adds: [],
    removes: [],
    texts: [...texts.values()],
    attributes: [...attributes].map(([id, changed]) => ({ id, attributes: changed })),
  };
  return { type: INCREMENTAL, data, timestamp: second.timestamp };
}

/** Style changes are differences: two of them add up, but not one with a whole style before it. */
function mergeAttributes(
  earlier: Readonly<Record<string, unknown>>,
  later: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  if (!isRecord(later.style) || earlier.style === undefined) return { ...earlier, ...later };
  if (!isRecord(earlier.style)) return null;
  return { ...earlier, ...later, style: { ...earlier.style, ...later.style } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isChangeOnly = (data: unknown): data is MutationData =>
  isRecord(data) &&
  data.isAttachIframe !== true &&
  [data.adds, data.removes].every((list) => Array.isArray(list) && list.length === 0) &&
  Array.isArray(data.texts) &&
  Array.isArray(data.attributes);
