import type { SafeEvent, SafeIncremental, SafeNode } from '../cobrowse/mirror-events.ts';

type Adoption = SafeIncremental & { source: 15 };

/** Which constructed style sheets each shadow root has, so that they can be given to its host when that is built again. */
export interface AdoptedSheets {
  note(adoption: Adoption): void;
  /** The events that dress again the shadow hosts in `node`, which is one perhaps. */
  within(node: SafeNode): Generator<SafeEvent>;
  clear(): void;
}

const MAX_HOSTS = 20_000;

export function createAdoptedSheets(): AdoptedSheets {
  const sheets = new Map<number, number[]>();
  return {
    note({ id, styleIds }) {
      sheets.delete(id);
      if (styleIds.length > 0 && sheets.size < MAX_HOSTS) sheets.set(id, styleIds);
    },
    *within(node) {
      if (sheets.size === 0) return;
      for (const host of hostsIn(node)) {
        const styleIds = sheets.get(host.id);
        if (styleIds !== undefined)
          yield { type: 3, timestamp: 0, data: { source: 15, id: host.id, styleIds: [...styleIds] } };
      }
    },
    clear: () => sheets.clear(),
  };
}

function* hostsIn(node: SafeNode): Generator<SafeNode> {
  if (node.type === 2 && node.isShadowHost === true) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* hostsIn(child);
}
