import { IDBFactory } from 'fake-indexeddb';
import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemoryStore, openStore, type Store } from '../../../lib/store/store.ts';
import 'fake-indexeddb/auto';

const PATIENCE_MS = 30_000;
const Note = v.object({ text: v.string() });
const note = (text: string) => ({ text });

afterEach(() => vi.unstubAllGlobals());

/** One suite for the real store and for the one in memory: whoever passes it may stand in for the other. */
describe.each([
  ['IndexedDB', () => openStore(`suite-${crypto.randomUUID()}`, PATIENCE_MS)],
  ['memory', async () => createMemoryStore()],
])('a store in %s', (_, create: () => Promise<Store>) => {
  test('gives back what was put, until it is removed', async () => {
    const store = await create();
    expect(await store.get('a', Note)).toBeNull();
    await store.put('a', note('one'));
    await store.put('a', note('two'));
    await store.put('b', note('three'));
    expect(await store.get('a', Note)).toEqual(note('two'));
    await store.remove('a');
    await store.remove('a');
    expect(await store.get('a', Note)).toBeNull();
    expect(await store.get('b', Note)).toEqual(note('three'));
  });

  test('keeps collections apart from values and from each other', async () => {
    const store = await create();
    await store.put('1', note('a value'));
    await store.putIn('engagements', '1', note('a call'));
    await store.putIn('stills', '1', note('a still'));
    expect(await store.list('engagements', Note)).toEqual([note('a call')]);
    await store.removeFrom('engagements', '1');
    expect(await store.list('engagements', Note)).toEqual([]);
    expect(await store.list('stills', Note)).toEqual([note('a still')]);
    expect(await store.get('1', Note)).toEqual(note('a value'));
  });

  test('replaces what has the same id, and lists each once', async () => {
    const store = await create();
    for (const text of ['x', 'y', 'z']) await store.putIn('engagements', text, note(text));
    await store.putIn('engagements', 'y', note('new'));
    const texts = (await store.list('engagements', Note)).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['new', 'x', 'z']);
  });

  test('has what no schema fits as good as not at all', async () => {
    const store = await create();
    await store.put('a', { text: 1 });
    await store.put('b', 'just a word');
    await store.putIn('engagements', 'old', { title: 'from another version' });
    await store.putIn('engagements', 'good', note('fits'));
    expect(await store.get('a', Note)).toBeNull();
    expect(await store.get('b', Note)).toBeNull();
    expect(await store.list('engagements', Note)).toEqual([note('fits')]);
  });

  test('keeps a copy: what happens to the value afterwards changes nothing', async () => {
    const store = await create();
    const value = { text: 'before' };
    await store.put('a', value);
    value.text = 'after';
    const read = await store.get('a', Note);
    expect(read).toEqual(note('before'));
    if (read) read.text = 'changed by a reader';
    expect(await store.get('a', Note)).toEqual(note('before'));
  });

  test('keeps bytes and lists as they are', async () => {
    const store = await create();
    const Bytes = v.object({ bytes: v.instance(Uint8Array), list: v.array(v.number()) });
    const value = { bytes: Uint8Array.of(0, 1, 255), list: [3, 1, 2] };
    await store.put('a', value);
    expect(await store.get('a', Bytes)).toEqual(value);
  });
});

test('IndexedDB is found again by its name, and only by it', async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  await (await openStore('mine', PATIENCE_MS)).put('a', note('kept'));
  expect(await (await openStore('mine', PATIENCE_MS)).get('a', Note)).toEqual(note('kept'));
  expect(await (await openStore('other', PATIENCE_MS)).get('a', Note)).toBeNull();
});

test('without IndexedDB, as in some private windows, memory does', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const store = await openStore('anything', PATIENCE_MS);
  await store.put('a', note('for now'));
  expect(await store.get('a', Note)).toEqual(note('for now'));
});

describe('where IndexedDB never answers', () => {
  const leaveUnanswered = (isSilent: (name: string) => boolean) => {
    const real = new IDBFactory();
    vi.stubGlobal('indexedDB', {
      open: (name: string, version: number) => (isSilent(name) ? new IDBOpenDBRequest() : real.open(name, version)),
    });
  };

  test('another name does', async () => {
    leaveUnanswered((name) => name === 'first');
    await (await openStore('first', 10, () => 'second')).put('a', note('kept'));
    expect(await (await openStore('second', PATIENCE_MS)).get('a', Note)).toEqual(note('kept'));
  });

  test.each([undefined, () => 'second'])('by no name, memory does', async (spareName) => {
    leaveUnanswered(() => true);
    const store = await openStore('first', 10, spareName);
    await store.put('a', note('for now'));
    expect(await store.get('a', Note)).toEqual(note('for now'));
  });
});
