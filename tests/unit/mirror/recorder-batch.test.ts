import { expect, test } from 'vitest';
import type { RecorderEvent } from '../../../lib/cobrowse/coalesce-events.ts';
import { createPageInbox } from '../../../lib/mirror/page-inbox.ts';
import { createEventBatch } from '../../../lib/mirror/recorder-batch.ts';

const eventOf = (type: number, name: string): RecorderEvent => ({ type, data: { name }, timestamp: 1 });
const nextTask = () => new Promise((done) => setTimeout(done, 5));

function createRecorded() {
  const sent: string[][] = [];
  const batch = createEventBatch((events) => sent.push(events.map(({ data }) => (data as { name: string }).name)));
  return { sent, batch };
}

test('changes leave with the task that makes them, a snapshot in a task of its own', async () => {
  const { sent, batch } = createRecorded();
  batch.add(eventOf(3, 'a'));
  batch.add(eventOf(3, 'b'));
  await Promise.resolve();
  expect(sent).toEqual([['a', 'b']]);
  batch.add(eventOf(4, 'meta'));
  batch.add(eventOf(2, 'snapshot'));
  batch.add(eventOf(3, 'c'));
  await Promise.resolve();
  expect(sent).toHaveLength(1);
  await nextTask();
  expect(sent).toEqual([
    ['a', 'b'],
    ['meta', 'snapshot', 'c'],
  ]);
});

test('a flush lets nothing wait', () => {
  const { sent, batch } = createRecorded();
  batch.add(eventOf(2, 'snapshot'));
  batch.flush();
  expect(sent).toEqual([['snapshot']]);
});

test('while the way is slow, what waits goes on waiting, and nothing more is asked for', () => {
  const { sent, batch } = createRecorded();
  batch.setLevel(1);
  expect(batch.isFree()).toBe(true);
  batch.add(eventOf(2, 'a'));
  batch.flushIfFree();
  expect([sent, batch.isFree()]).toEqual([[], false]);
  batch.setLevel(0);
  batch.flushIfFree();
  expect([sent, batch.isFree()]).toEqual([[['a']], true]);
});

test('what is large is read later, and what comes after it after that', async () => {
  const read: string[] = [];
  const inbox = createPageInbox();
  const put = (name: string, size: 'small' | 'large') => inbox.put(() => read.push(name), size);
  put('first', 'small');
  put('large', 'large');
  put('last', 'small');
  expect(read).toEqual(['first']);
  await nextTask();
  expect(read).toEqual(['first', 'large', 'last']);
  put('large', 'large');
  inbox.drain();
  expect(read).toHaveLength(4);
});
