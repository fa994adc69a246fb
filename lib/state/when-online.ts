import type { ReadonlySignal } from '@preact/signals';
import type { DeskState } from '../engine/api.ts';
import type { Clock } from '../shared/clock.ts';

/** A phone on a bad network needs this long to reach a desk; then a person wants to know. */
const ONLINE_TIMEOUT_MS = 15_000;

/** Resolves with null once the desk is there, or with the reason why it will not be. */
export function whenOnline(state: ReadonlySignal<DeskState>, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const finish = (reason: string | null) => {
      over.abort();
      resolve(reason);
    };
    clock.after(ONLINE_TIMEOUT_MS, () => finish('unreachable'), over.signal);
    const release = state.subscribe((now) => {
      if (over.signal.aborted) return;
      if (now.kind === 'online') finish(null);
      if (now.kind === 'offline' && now.final) finish(now.reason);
    });
    if (over.signal.aborted) release();
    else over.signal.addEventListener('abort', () => release(), { once: true });
  });
}
