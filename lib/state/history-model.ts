import { signal } from '@preact/signals';
import { newestFirst, withEngagement, withoutEngagement } from '../engagement/engagement-list.ts';
import type { HistoryEntry, HistoryModel } from '../engine/api.ts';
import { HistoryRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export interface History extends HistoryModel {
  /** Adds an engagement, or replaces the one with the same id. */
  save(entry: HistoryEntry): void;
}

export async function createHistoryModel(store: Store): Promise<History> {
  const saved = await store.list('engagements', HistoryRecord);
  const entries = signal<readonly HistoryEntry[]>(newestFirst(saved));
  return {
    entries,
    save(entry) {
      const { kept, dropped } = withEngagement(entries.peek(), entry);
      for (const { engagementId } of dropped) void store.removeFrom('engagements', engagementId);
      entries.value = kept;
      void store.putIn('engagements', entry.engagementId, entry);
    },
    remove(engagementId) {
      entries.value = withoutEngagement(entries.peek(), engagementId);
      void store.removeFrom('engagements', engagementId);
    },
  };
}
