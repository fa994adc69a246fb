import { createRewind, REWIND_MS, type Rewind } from '../cobrowse/rewind.ts';
import type { CursorSample, Past } from './rewind-screen.ts';

/** What a tab showed in the last two minutes, with the customer's pointer. */
export interface TabPast {
  readonly note: Rewind['note'];
  point(sample: CursorSample): void;
  tidy(nowMs: number): void;
  take(nowMs: number, look: Pick<Past, 'width' | 'height' | 'rules'>): Past | null;
}

/** A pointer that never rests, for the whole time. */
const MAX_SAMPLES = 10_000;

export function createTabPast(): TabPast {
  const rewind = createRewind();
  let samples: CursorSample[] = [];
  return {
    note: rewind.note,
    point(sample) {
      samples.push(sample);
      if (samples.length > MAX_SAMPLES) samples = samples.slice(-MAX_SAMPLES / 2);
    },
    tidy(nowMs) {
      rewind.tidy(nowMs);
      const first = samples.findIndex(({ atMs }) => atMs > nowMs - REWIND_MS);
      samples = first < 0 ? [] : samples.slice(first);
    },
    take(nowMs, look) {
      const { fromMs, events } = rewind.list(nowMs);
      return events.length === 0 ? null : { fromMs, toMs: nowMs, events, cursor: [...samples], ...look };
    },
  };
}
