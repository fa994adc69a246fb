import { expect, test, vi } from 'vitest';
import type { HistoryEntry } from '../../../lib/engine/api.ts';
import { MAX_ENGAGEMENTS } from '../../../lib/engagement/engagement-list.ts';
import { createHistoryModel } from '../../../lib/state/history-model.ts';
import { createStillShelf } from '../../../lib/state/still-shelf.ts';
import { createMemoryStore } from '../../../lib/store/store.ts';

const entry = (engagementId: string, startedAt: number): HistoryEntry => ({
  engagementId,
  person: { personId: 'person-marta', name: 'Marta Ortega', role: 'customer' },
  scenario: { id: 'support-1', name: 'Support' },
  direction: 'outgoing',
  startedAt,
  durationMs: 1_000,
  reason: 'exited',
  outcome: null,
  note: '',
  messages: [],
});

test('an engagement that is removed is gone from the disk, and whoever kept more of it is told', async () => {
  const store = createMemoryStore();
  const forgotten = vi.fn();
  const history = await createHistoryModel(store, forgotten);
  history.save(entry('engagement-a', 1));
  history.save(entry('engagement-b', 2));
  history.remove('engagement-a');
  history.remove('engagement-a');
  expect(forgotten.mock.calls.map(([{ engagementId }]) => engagementId)).toEqual(['engagement-a']);
  const again = await createHistoryModel(store, forgotten);
  expect(again.entries.value.map(({ engagementId }) => engagementId)).toEqual(['engagement-b']);
});

test('the oldest engagements make room', async () => {
  const forgotten = vi.fn();
  const history = await createHistoryModel(createMemoryStore(), forgotten);
  for (let index = 0; index <= MAX_ENGAGEMENTS; index += 1) history.save(entry(`engagement-${index}`, index));
  expect(history.entries.value).toHaveLength(MAX_ENGAGEMENTS);
  expect(forgotten.mock.calls.map(([{ engagementId }]) => engagementId)).toEqual(['engagement-0']);
});

test('pictures go with what was said about them', async () => {
  const shelf = createStillShelf(createMemoryStore());
  const file = { bytes: new Uint8Array([1, 2, 3]), mime: 'image/png', width: 4, height: 3 } as const;
  for (const id of ['still-1', 'still-2']) await shelf.put({ id, file, at: 1, ink: [] });
  await shelf.remove(['still-1', 'still-of-nobody']);
  expect([await shelf.take('still-1'), (await shelf.take('still-2'))?.id]).toEqual([null, 'still-2']);
});
