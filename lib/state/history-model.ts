import { signal } from '@preact/signals';
import { newestFirst, withEngagement, withoutEngagement } from '../engagement/engagement-list.ts';
import type { HistoryEntry, HistoryModel } from '../engine/api.ts';
import { HistoryRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export interface History extends HistoryModel {
  /** Adds an engagement, or replaces the one with the same id. */
  save(entry: HistoryEntry): void;
}

/** `onForget` is told of each engagement that is removed, or has to make room. */
export async function createHistoryModel(store: Store, onForget: (entry: HistoryEntry) => void): Promise<History> {
  const saved = await store.list('engagements', HistoryRecord);
  const entries = signal<readonly HistoryEntry[]>(newestFirst(saved));
  const forget = (entry: HistoryEntry) => {
    void store.removeFrom('engagements', entry.engagementId);
    onForget(entry);
  };
  return {
    entries,
    save(entry) {
      const { kept, dropped } = withEngagement(entries.peek(), entry);
      entries.value = kept;
      dropped.forEach(forget);
      void store.putIn('engagements', entry.engagementId, entry);
    },
    remove(engagementId) {
      const gone = entries.peek().filter((entry) => entry.engagementId === engagementId);
      entries.value = withoutEngagement(entries.peek(), engagementId);
      gone.forEach(forget);
    },
  };
}
