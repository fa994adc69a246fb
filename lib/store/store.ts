import { type IDBPDatabase, openDB } from 'idb';
import * as v from 'valibot';

/** Small things by key and past engagements by id. What is read is decoded; what no schema fits is as good as not there. */
export interface Store {
  get<T>(key: string, schema: v.GenericSchema<unknown, T>): Promise<T | null>;
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  list<T>(collection: Collection, schema: v.GenericSchema<unknown, T>): Promise<readonly T[]>;
  getFrom<T>(collection: Collection, id: string, schema: v.GenericSchema<unknown, T>): Promise<T | null>;
  putIn(collection: Collection, id: string, value: unknown): Promise<void>;
  removeFrom(collection: Collection, id: string): Promise<void>;
}

export type Collection = 'engagements' | 'stills';

const VALUES = 'values';
const COLLECTIONS: readonly Collection[] = ['engagements', 'stills'];

/**
 * IndexedDB. Resolves to a store in memory where the browser has none (some private windows), or does not answer for
 * `patienceMs`: Chromium (156) was seen not to, for good, where a page had hardly opened when the tab went on to the next, for
 * that name alone. One of another name, from `spareName`, is tried then.
 */
export async function openStore(databaseName: string, patienceMs: number, spareName?: () => string): Promise<Store> {
  try {
    const opening = openDatabase(databaseName);
    const opened = await Promise.race([opening, silence(patienceMs)]);
    if (opened !== null) return toStore(opened);
    void opening.then(
      (late) => late.close(),
      () => undefined,
    );
    if (spareName !== undefined) return await openStore(spareName(), patienceMs);
  } catch {
    // There is none.
  }
  return createMemoryStore();
}

const openDatabase = (name: string): Promise<IDBPDatabase> =>
  openDB(name, 1, {
    upgrade(database) {
      for (const store of [VALUES, ...COLLECTIONS]) database.createObjectStore(store);
    },
  });

const silence = (forMs: number): Promise<null> => new Promise((done) => setTimeout(() => done(null), forMs));

function toStore(database: IDBPDatabase): Store {
  return {
    get: async (key, schema) => decoded(schema, await database.get(VALUES, key)),
    put: async (key, value) => void (await database.put(VALUES, value, key)),
    remove: (key) => database.delete(VALUES, key),
    list: async (collection, schema) => decodedAll(schema, await database.getAll(collection)),
    getFrom: async (collection, id, schema) => decoded(schema, await database.get(collection, id)),
    putIn: async (collection, id, value) => void (await database.put(collection, value, id)),
    removeFrom: (collection, id) => database.delete(collection, id),
  };
}

/** The fake side, and the fallback: forgets everything with its page. */
export function createMemoryStore(): Store {
  const values = new Map<string, unknown>();
  const collections = new Map(COLLECTIONS.map((name) => [name, new Map<string, unknown>()]));
  const copy = (value: unknown): unknown => structuredClone(value);
  return {
    get: async (key, schema) => decoded(schema, copy(values.get(key))),
    put: async (key, value) => void values.set(key, copy(value)),
    remove: async (key) => void values.delete(key),
    list: async (collection, schema) =>
      decodedAll(schema, [...(collections.get(collection)?.values() ?? [])].map(copy)),
    getFrom: async (collection, id, schema) => decoded(schema, copy(collections.get(collection)?.get(id))),
    putIn: async (collection, id, value) => void collections.get(collection)?.set(id, copy(value)),
    removeFrom: async (collection, id) => void collections.get(collection)?.delete(id),
  };
}

function decoded<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}

const decodedAll = <T>(schema: v.GenericSchema<unknown, T>, values: readonly unknown[]): readonly T[] =>
  values.map((value) => decoded(schema, value)).filter((value): value is Awaited<T> & T => value !== null);
