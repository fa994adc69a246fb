import type { SafeEvent, SafeIncremental, SafeNode } from '../cobrowse/mirror-events.ts';

type Adoption = SafeIncremental & { source: 15 };

/** Which constructed style sheets each shadow root has, so that they can be given to its host when that is built again. */
export interface AdoptedSheets {
  note(adoption: Adoption): void;
  /** The event that dresses `node` again; null when it is no shadow host or had none. */
  of(node: SafeNode): SafeEvent | null;
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
    of(node) {
      if (node.type !== 2 || node.isShadowHost !== true) return null;
      const styleIds = sheets.get(node.id);
      return styleIds === undefined
        ? null
        : { type: 3, timestamp: 0, data: { source: 15, id: node.id, styleIds: [...styleIds] } };
    },
    clear: () => sheets.clear(),
  };
}
