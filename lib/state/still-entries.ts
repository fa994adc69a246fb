import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { MAX_STILLS } from '../protocol/ink-limits.ts';
import type { LocalFrame, Still } from './still-types.ts';

/** Addresses under which a view can show a file. */
export interface PictureUrls {
  make(file: LocalFrame): string;
  revoke(url: string): void;
}

export interface StillEntry {
  readonly still: Still;
  readonly file: LocalFrame | null;
  /** The other side has the bytes. */
  readonly isThere: boolean;
}

type Change = Partial<Omit<StillEntry, 'still'>> & { readonly still?: Partial<Still> };

export interface StillEntries {
  readonly stills: ReadonlySignal<readonly Still[]>;
  ids(): readonly string[];
  find(id: string): StillEntry | undefined;
  /** Changes an entry, or makes it. The oldest go when there are too many. */
  put(id: string, change: Change): void;
  /** Gives it a picture instead of the one that it has. */
  setFile(id: string, file: LocalFrame, change: Partial<Still>): void;
  forget(id: string): void;
}

/** The stills of one call in memory. */
export function createStillEntries(urls: PictureUrls, onForget: (id: string, surface: string) => void): StillEntries {
  const entries = signal<ReadonlyMap<string, StillEntry>>(new Map());
  const find = (id: string): StillEntry | undefined => entries.peek().get(id);
  const letGo = (id: string) => {
    const url = find(id)?.still.url;
    if (url) urls.revoke(url);
  };
  const forget = (id: string) => {
    if (find(id) === undefined) return;
    letGo(id);
    const rest = new Map(entries.peek());
    rest.delete(id);
    entries.value = rest;
    onForget(id, surfaceOf(id));
  };
  const put = (id: string, change: Change) => {
    const known = find(id) ?? { still: emptyStill(id), file: null, isThere: false };
    const next = { ...known, ...change, still: { ...known.still, ...change.still } };
    entries.value = new Map(entries.peek()).set(id, next);
    for (const oldest of entries.peek().keys()) {
      if (entries.peek().size <= MAX_STILLS) break;
      forget(oldest);
    }
  };
  return {
    stills: computed(() => [...entries.value.values()].map(({ still }) => still)),
    ids: () => [...entries.peek().keys()],
    find,
    put,
    setFile(id, file, change) {
      letGo(id);
      const { width, height } = file;
      put(id, { file, still: { url: urls.make(file), width, height, progress: 1, ...change } });
    },
    forget,
  };
}

const surfaceOf = (id: string): string => `still:${id}`;

const emptyStill = (id: string): Still => ({
  id,
  surface: surfaceOf(id),
  url: null,
  width: 0,
  height: 0,
  state: 'waiting',
  progress: 0,
  isFull: false,
  reason: null,
  isSending: false,
  isSent: false,
});
