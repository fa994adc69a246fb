import { effect } from '@preact/signals';
import type { Phase } from '../call/phase.ts';
import type { Clock } from '../shared/clock.ts';
import type { Desk } from '../state/desk.ts';
import type { History } from '../state/history-model.ts';
import type { Messages } from '../state/messages-model.ts';
import type { CallModel } from './api.ts';
import type { Call } from './create-call.ts';

export interface HistoryParts {
  readonly call: Call;
  readonly desk: Desk;
  readonly history: History;
  readonly messages: Messages;
  readonly clock: Clock;
}

/** Writes each ended engagement into History, and returns the verb that adds the wrap-up. */
export function keepHistory({ call, desk, history, messages }: HistoryParts): CallModel['wrapUp'] {
  effect(() => {
    const now = call.phase.value;
    if (now.kind === 'ended' && desk.credentials.peek()?.role === 'expert') {
      history.save({ ...entryOf(now), messages: messages.items.peek() });
    }
  });
  // A new call begins with an empty list; until then the last one can still be read.
  effect(() => {
    const { kind } = call.phase.value;
    if (kind === 'dialling' || kind === 'ringing') messages.restore([]);
  });
  return (outcome, note) => {
    const now = call.phase.peek();
    if (now.kind !== 'ended') return;
    const saved = history.entries.peek().find(({ engagementId }) => engagementId === now.sessionId);
    if (saved) history.save({ ...saved, outcome, note: note.trim() });
    call.dismiss();
  };
}

const entryOf = ({
  sessionId,
  person,
  scenario,
  direction,
  startedAt,
  durationMs,
  reason,
}: Extract<Phase, { kind: 'ended' }>) => ({
  engagementId: sessionId,
  person,
  scenario,
  direction,
  startedAt,
  durationMs,
  reason,
  outcome: null,
  note: '',
});
