import { signal } from '@preact/signals';
import type { Notice, NoticesModel } from '../engine/api.ts';
import { createId } from '../shared/ids.ts';

/** More than this at once is noise: the oldest goes. */
const MAX_NOTICES = 5;

export interface Notices extends NoticesModel {
  /** Shows a line; one with the same key replaces the older one. */
  show(notice: Omit<Notice, 'id' | 'values'> & { values?: Notice['values'] }): void;
  /** Takes back what no longer holds. */
  clear(key: string): void;
}

export function createNoticesModel(): Notices {
  const list = signal<readonly Notice[]>([]);
  const without = (key: string) => list.peek().filter((notice) => notice.key !== key);
  return {
    list,
    show(notice) {
      list.value = [...without(notice.key), { values: {}, ...notice, id: createId(40) }].slice(-MAX_NOTICES);
    },
    clear(key) {
      if (list.peek().some((notice) => notice.key === key)) list.value = without(key);
    },
    dismiss(id) {
      list.value = list.peek().filter((notice) => notice.id !== id);
    },
  };
}
