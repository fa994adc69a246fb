import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { ChatItem } from '../../../lib/engine/api.ts';
import { createSessionKeeper } from '../../../lib/engine/session-keeper.ts';
import type { Messages } from '../../../lib/state/messages-model.ts';
import type { SessionRecord } from '../../../lib/store/records.ts';
import { createMemoryStore } from '../../../lib/store/store.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const chatItem = (id: string): ChatItem => ({ id, mine: true, author: 'Ravi', text: id, at: 1, delivery: 'sending' });

const recordOf = (received: number): Omit<SessionRecord, 'chat'> => ({
  sessionId: 'session-1',
  secret: 'secret',
  side: 'caller',
  direction: 'outgoing',
  person: { personId: 'person-1', name: 'Marta', role: 'device' },
  scenario: { id: 'support', name: 'Support' },
  remotePeerId: 'peer-1',
  startedAt: 1,
  aliveAt: 1,
  facts: [],
  delivery: { sent: 0, pending: [], received },
});

/** A keeper over a store whose writes take as long as the test likes. */
function createScene() {
  const memory = createMemoryStore();
  const written: unknown[] = [];
  const waiting: (() => void)[] = [];
  const put = async (_key: string, value: unknown) => {
    written.push(value);
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const removed = vi.fn(memory.remove);
  const items = signal<readonly ChatItem[]>([]);
  const clock = createManualClock();
  const keeper = createSessionKeeper({ ...memory, put, remove: removed }, clock, new AbortController().signal);
  keeper.watch({ items } as Partial<Messages> as Messages);
  const disk = async () => {
    await vi.waitFor(() => expect(waiting).not.toHaveLength(0));
    waiting.splice(0).forEach((resolve) => resolve());
  };
  return { keeper, items, written, removed, disk, clock };
}

test('what is said in one breath is one write, and one more holds all that came while it was under way', async () => {
  const { keeper, items, written, disk } = createScene();
  const first = keeper.save(recordOf(1));
  items.value = [chatItem('a')];
  await disk();
  await first;
  expect(written).toMatchObject([{ delivery: { received: 1 }, chat: [{ id: 'a' }] }]);

  const saves = [keeper.save(recordOf(2))];
  await vi.waitFor(() => expect(written).toHaveLength(2));
  for (const received of [3, 4, 5]) {
    items.value = [...items.peek(), chatItem(`m${received}`)];
    saves.push(keeper.save(recordOf(received)));
  }
  await disk();
  await disk();
  await Promise.all(saves);
  expect(written).toHaveLength(3);
  expect(written[2]).toMatchObject({ delivery: { received: 5 }, chat: [{}, {}, {}, { id: 'm5' }] });
});

test('nothing is confirmed before it is on disk', async () => {
  const { keeper, disk } = createScene();
  const confirmed = vi.fn();
  void keeper.save(recordOf(1)).then(confirmed);
  await Promise.resolve();
  expect(confirmed).not.toHaveBeenCalled();
  await disk();
  await vi.waitFor(() => expect(confirmed).toHaveBeenCalledOnce());
});

test('a session that is over is forgotten after the last write, and not written again', async () => {
  const { keeper, items, written, removed, disk, clock } = createScene();
  void keeper.save(recordOf(1));
  await vi.waitFor(() => expect(written).toHaveLength(1));
  const over = keeper.save(null);
  expect(removed).not.toHaveBeenCalled();
  await disk();
  await over;
  expect(removed).toHaveBeenCalledOnce();
  items.value = [chatItem('late')];
  clock.advance(60_000);
  await Promise.resolve();
  expect(written).toHaveLength(1);
});
