import { LIVE_SILENCE_MS } from '../protocol/ink-limits.ts';
import { fadeTimes } from './fading.ts';
import type { InkLog } from './ink-log.ts';

/** When the log has to be ticked next, because something will be gone then; null while nothing goes by itself. */
export function nextGoneAt(log: InkLog): number | null {
  let next = Number.POSITIVE_INFINITY;
  for (const ink of log.values()) {
    for (const { stroke, releasedAt } of ink.settled.values()) {
      next = Math.min(next, fadeTimes({ ...stroke, releasedAt })?.endsAt ?? next);
    }
    for (const stroke of ink.lifted.values()) next = Math.min(next, fadeTimes(stroke)?.endsAt ?? next);
    for (const { heardAt } of ink.live.values()) next = Math.min(next, heardAt + LIVE_SILENCE_MS);
  }
  return Number.isFinite(next) ? next : null;
}
