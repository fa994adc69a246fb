import * as v from 'valibot';
import { MAX_STILL_INK, MAX_STORED_STILLS } from '../protocol/ink-limits.ts';
import type { FinishedStroke } from '../protocol/ink-messages.ts';
import { StillRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { LocalFrame } from './still-types.ts';

export interface KeptStill {
  readonly id: string;
  readonly file: LocalFrame;
  /** Epoch ms. */
  readonly at: number;
  readonly ink: readonly { readonly author: string; readonly stroke: FinishedStroke }[];
}

/** Where sent and received stills stay, so that messages and history can show them again. */
export interface StillShelf {
  put(still: KeptStill): Promise<void>;
  take(id: string): Promise<KeptStill | null>;
  /** What was said about them is forgotten, and so are they. */
  remove(ids: readonly string[]): Promise<void>;
}

const INDEX = 'still-index';
const Index = v.array(v.string());

/** On disk. A browser that has no room for it goes without: the still is then gone with its call. */
export function createStillShelf(store: Store): StillShelf {
  let writing: Promise<unknown> = Promise.resolve();
  const write = async ({ id, file, at, ink }: KeptStill) => {
    const { bytes, mime, width, height } = file;
    await store.putIn('stills', id, { id, bytes, mime, width, height, at, ink: ink.slice(-MAX_STILL_INK) });
    const known = (await store.get(INDEX, Index)) ?? [];
    const index = [...known.filter((each) => each !== id), id];
    for (const old of index.slice(0, -MAX_STORED_STILLS)) await store.removeFrom('stills', old);
    await store.put(INDEX, index.slice(-MAX_STORED_STILLS));
  };
  const drop = async (ids: readonly string[]) => {
    for (const id of ids) await store.removeFrom('stills', id);
    const known = (await store.get(INDEX, Index)) ?? [];
    await store.put(
      INDEX,
      known.filter((each) => !ids.includes(each)),
    );
  };
  // One after another: the index is read and written.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = writing.then(work).catch(() => undefined);
    writing = done;
    return done;
  };
  return {
    put: (still) => inTurn(() => write(still)),
    remove: (ids) => inTurn(() => drop(ids)),
    async take(id) {
      await writing;
      const record = await store.getFrom('stills', id, StillRecord).catch(() => null);
      if (record === null) return null;
      const { bytes, mime, width, height, at, ink } = record;
      return { id, file: { bytes, mime, width, height }, at, ink };
    },
  };
}
