import { type ReadonlySignal, signal } from '@preact/signals';
import type { ControlResult } from '../engine/cobrowse-view-api.ts';
import type { ControlOutcome } from '../protocol/cobrowse-control-messages.ts';
import type { ExpertBound } from '../protocol/cobrowse-messages.ts';
import type { Clock } from '../shared/clock.ts';

/** What a window can show of them. */
const MAX_RESULTS = 100;

/** What became of the expert's verbs. */
export interface ControlResults {
  readonly list: ReadonlySignal<readonly ControlResult[]>;
  note(outcome: ControlOutcome): void;
  settle(proposal: ExpertBound<'proposal'>): void;
  clear(): void;
}

export function createControlResults(clock: Clock): ControlResults {
  const list = signal<readonly ControlResult[]>([]);
  return {
    list,
    note(outcome) {
      const { requestId } = outcome;
      const known = list.peek().find((result) => result.requestId === requestId);
      const proposal =
        outcome.kind === 'proposed'
          ? { kind: outcome.proposal, state: known?.proposal?.state ?? 'waiting' }
          : undefined;
      const others = list.peek().filter((result) => result !== known);
      list.value = [...others, { requestId, at: clock.now(), outcome, ...(proposal && { proposal }) }].slice(
        -MAX_RESULTS,
      );
    },
    settle({ requestId, state }) {
      list.value = list
        .peek()
        .map((result) =>
          result.requestId === requestId && result.proposal
            ? { ...result, proposal: { ...result.proposal, state } }
            : result,
        );
    },
    clear() {
      list.value = [];
    },
  };
}
