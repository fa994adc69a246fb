import { signal } from '@preact/signals';
import type { HistoryEntry, HistoryModel } from '../engine/api.ts';
import { HistoryRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Kept on this machine only; older engagements make room. */
const MAX_ENTRIES = 500;

export interface History extends HistoryModel {
  /** Adds an engagement, or replaces the one with the same id. */
  save(entry: HistoryEntry): void;
}

export async function createHistoryModel(store: Store): Promise<History> {
  const saved = await store.list('engagements', HistoryRecord);
  const newestFirst = (list: readonly HistoryEntry[]) => list.toSorted((a, b) => b.startedAt - a.startedAt);
  const entries = signal<readonly HistoryEntry[]>(newestFirst(saved));
  const without = (id: string) => entries.peek().filter(({ engagementId }) => engagementId !== id);
  return {
    entries,
    save(entry) {
      const all = newestFirst([entry, ...without(entry.engagementId)]);
      for (const { engagementId } of all.slice(MAX_ENTRIES)) void store.removeFrom('engagements', engagementId);
      entries.value = all.slice(0, MAX_ENTRIES);
      void store.putIn('engagements', entry.engagementId, entry);
    },
    remove(engagementId) {
      entries.value = without(engagementId);
      void store.removeFrom('engagements', engagementId);
    },
  };
}
