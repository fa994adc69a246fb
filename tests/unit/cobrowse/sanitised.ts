import type { AssetBook } from '../../../lib/cobrowse/asset-ref.ts';
import type { EventContext } from '../../../lib/cobrowse/event-rules.ts';
import { sanitiseEvent } from '../../../lib/cobrowse/sanitise-event.ts';

export const EVIL = 'http://evil.example';
export const HERE = 'a'.repeat(64);
export const AWAY = 'b'.repeat(64);
export const PIXEL = 'data:image/png;base64,AA==';

export interface Known {
  readonly tagName?: string;
  readonly isSvg?: boolean;
  readonly parent?: number;
}

export function createContext(known: Readonly<Record<number, Known>> = {}, nodes = 1_000) {
  const deferred: string[] = [];
  let unknown = 0;
  const assets: AssetBook = {
    addressOf: (hash) => (hash === HERE ? 'blob:here' : null),
    deferAttribute: (hash, { nodeId, attribute }) => deferred.push(`${hash.slice(0, 1)} ${nodeId} ${attribute}`),
    deferProperty: () => {},
    deferFont: () => {},
  };
  const context: EventContext = {
    assets,
    reserved: new Set(['appendChild', 'body']),
    budget: { nodes },
    defaultRootId: null,
    hostDepth: 0,
    mapId: (id) => id,
    mapStyleId: (id) => id,
    onElement: () => {},
    has: (id) => id in known,
    onUnknown: () => {
      unknown += 1;
    },
    parentOf: (id) => (known[id]?.parent === undefined ? null : { id: known[id].parent, isShadow: false }),
    elementOf: (id) => {
      const element = known[id];
      return element === undefined ? null : { tagName: element.tagName ?? '', isSvg: element.isSvg ?? false, depth: 1 };
    },
    parentTagOf: (id) => known[known[id]?.parent ?? -1]?.tagName ?? null,
  };
  return { context, deferred, unknown: () => unknown };
}

export const run = (data: unknown, known?: Readonly<Record<number, Known>>, type = 3) => {
  const { context } = createContext(known);
  return sanitiseEvent({ type, data, timestamp: 1 }, context);
};

/** An element of a snapshot, after the sanitiser. */
export function element(tagName: string, attributes: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  const { context, deferred } = createContext();
  const node = { type: 2, id: 3, tagName, attributes, childNodes: [], ...more };
  const data = { node: { type: 0, id: 1, childNodes: [node] }, initialOffset: { top: 0, left: 0 } };
  const result = sanitiseEvent({ type: 2, data, timestamp: 1 }, context);
  if (!result.ok || result.value?.type !== 2 || result.value.data.node.type !== 0) throw new Error('refused');
  const [child] = result.value.data.node.childNodes;
  if (child?.type !== 2) throw new Error('not an element');
  return { ...child, deferred };
}
export const attributesOf = (tagName: string, attributes: Record<string, unknown>, more?: Record<string, unknown>) =>
  element(tagName, attributes, more).attributes;
