import type { RecorderEvent } from '../cobrowse/coalesce-events.ts';

/** rrweb's mirror, as far as it names nodes. */
export interface Names {
  getId(node: Node): number;
  getNode(id: number): Node | null;
}

interface Attributes {
  readonly id: number;
  readonly attributes: Readonly<Record<string, string | null>>;
}

const INCREMENTAL = 3;
const INPUT = 5;

const changeOf = (attributes: readonly Attributes[]): RecorderEvent => ({
  type: INCREMENTAL,
  data: { source: 0, adds: [], removes: [], texts: [], attributes: attributes.filter(({ id }) => id > 0) },
  timestamp: Date.now(),
});

/** Not by `instanceof`: it may be a frame's. */
const isMultiple = (node: unknown): node is HTMLSelectElement =>
  (node as Node | null)?.nodeName === 'SELECT' && (node as HTMLSelectElement).multiple;
const isPicture = (node: unknown): node is HTMLImageElement => (node as Node | null)?.nodeName === 'IMG';

const choicesOf = ({ options }: HTMLSelectElement, names: Names): RecorderEvent =>
  changeOf(
    [...options].map((option) => ({ id: names.getId(option), attributes: { selected: option.selected ? '' : null } })),
  );

/** A list of which several may be chosen has no one value: its choices are told instead. */
export function withChoices(event: RecorderEvent, names: Names): RecorderEvent {
  const data = event.data as { readonly source?: number; readonly id?: number }; // rrweb's
  const node = event.type === INCREMENTAL && data.source === INPUT ? names.getNode(data.id ?? 0) : null;
  return isMultiple(node) ? choicesOf(node, names) : event;
}

/** Tells which of its sources a picture shows, once that is loaded. Returns what ends it. */
export function tellSources(document: Document, names: Names, tell: (event: RecorderEvent) => void): () => void {
  const hear = ({ target }: Event) => {
    if (isPicture(target) && target.currentSrc !== target.src)
      tell(changeOf([{ id: names.getId(target), attributes: { src: target.currentSrc } }]));
  };
  document.addEventListener('load', hear, true);
  return () => document.removeEventListener('load', hear, true);
}
