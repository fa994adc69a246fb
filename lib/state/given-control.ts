import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ControlScope } from '../protocol/cobrowse-control-messages.ts';
import { CONTROL_IDLE_MS } from '../protocol/cobrowse-limits.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { GivenControl } from './cobrowse-share-api.ts';

export interface Hand extends GivenControl {
  /** Names the expert to the agents; a new one for each grant, so that an old one opens nothing. */
  readonly token: string;
}

/** The grant of control: given by the customer alone, ended by anybody, by its time and by idleness. */
export interface ControlGrant {
  readonly hand: ReadonlySignal<Hand | null>;
  give(name: string, scopes: readonly ControlScope[], forMs: number): void;
  /** Somebody used it. */
  touch(): void;
  setPreempted(on: boolean): void;
  end(): void;
}

export function createControlGrant(clock: Clock): ControlGrant {
  const hand = signal<Hand | null>(null);
  let idle = new AbortController();

  const end = () => {
    hand.value = null;
  };
  const touch = () => {
    idle.abort();
    idle = new AbortController();
    if (hand.peek() !== null) clock.after(CONTROL_IDLE_MS, end, idle.signal);
  };
  const until = computed(() => hand.value?.until ?? null);
  effect(() => {
    const at = until.value;
    if (at === null) return undefined;
    const over = new AbortController();
    clock.after(Math.max(0, at - clock.now()), end, over.signal);
    return () => over.abort();
  });

  return {
    hand,
    touch,
    end,
    give(name, scopes, forMs) {
      const until = forMs === 0 ? null : clock.now() + forMs;
      hand.value = { name, scopes, until, preempted: false, token: createId(80) };
      touch();
    },
    setPreempted(preempted) {
      const now = hand.peek();
      if (now !== null && now.preempted !== preempted) hand.value = { ...now, preempted };
    },
  };
}
