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

const isSheet = (node: unknown): node is HTMLLinkElement & { readonly sheet: CSSStyleSheet } =>
  (node as Node | null)?.nodeName === 'LINK' && (node as HTMLLinkElement).sheet !== null;

/**
 * Tells what has loaded where nothing was told of: the source that a picture shows, and style sheets, which a link may
 * have several of in turn. `cssOf`: a sheet's text; null when the page may not read it. Returns what ends it.
 */
export function tellLoaded(
  document: Document,
  names: Names,
  cssOf: (sheet: CSSStyleSheet) => string | null,
  tell: (event: RecorderEvent) => void,
): () => void {
  const hear = ({ target }: Event) => {
    if (isPicture(target)) {
      if (target.currentSrc !== target.src)
        tell(changeOf([{ id: names.getId(target), attributes: { src: target.currentSrc } }]));
    } else if (isSheet(target)) {
      const css = cssOf(target.sheet);
      const unread = { _cssText: null, rel: 'stylesheet', href: target.href };
      const attributes = css === null ? unread : { _cssText: css };
      tell(changeOf([{ id: names.getId(target), attributes }]));
    }
  };
  document.addEventListener('load', hear, true);
  return () => document.removeEventListener('load', hear, true);
}
