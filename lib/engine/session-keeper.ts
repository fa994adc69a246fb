import { effect } from '@preact/signals';
import { RESUME_WINDOW_MS } from '../protocol/limits.ts';
import type { Clock } from '../shared/clock.ts';
import type { Messages } from '../state/messages-model.ts';
import { SessionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Call } from './create-call.ts';

const KEY = 'session';
/** A quiet call is written down as alive this often. */
const ALIVE_MS = 20_000;

export interface SessionKeeper {
  /** Stores the session with its messages; null forgets it. */
  readonly save: (record: Omit<SessionRecord, 'chat'> | null) => Promise<void>;
  /** Goes on with a session from before a reload or a crash, once, when a hub is there to do it with. */
  resume(call: Call, messages: Messages): Promise<void>;
  /** Messages are stored with the session from now on. */
  watch(messages: Messages): void;
}

/** Keeps the running session on disk, so that closing the page under it does not end it. */
export function createSessionKeeper(store: Store, clock: Clock, until: AbortSignal): SessionKeeper {
  let messages: Messages | null = null;
  let last: Omit<SessionRecord, 'chat'> | null = null;
  let resumed = false;

  let underWay: Promise<void> = Promise.resolve();
  let planned: Promise<void> | null = null;

  const put = () =>
    last
      ? store.put(KEY, { ...last, aliveAt: clock.now(), chat: [...(messages?.items.peek() ?? [])] })
      : store.remove(KEY);
  /** One write at a time; the next one holds all that was said until it begins. Resolves when that is on disk. */
  const write = (): Promise<void> => {
    planned ??= underWay
      .catch(() => undefined)
      .then(() => {
        planned = null;
        underWay = put();
        return underWay;
      });
    return planned;
  };

  return {
    save(record) {
      last = record;
      return write();
    },
    async resume(call, into) {
      if (resumed) return;
      resumed = true;
      const record = await store.get(KEY, SessionRecord);
      if (!record) return;
      if (clock.now() - record.aliveAt > RESUME_WINDOW_MS) return store.remove(KEY);
      last = record;
      into.restore(record.chat);
      call.resume(record);
    },
    watch(model) {
      messages = model;
      clock.every(ALIVE_MS, () => last && void write(), until);
      effect(() => {
        if (model.items.value.length > 0 && last) void write();
      });
    },
  };
}
