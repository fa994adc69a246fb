import { effect } from '@preact/signals';
import type { Phase } from '../call/phase.ts';
import type { Desk } from '../state/desk.ts';
import type { History } from '../state/history-model.ts';
import type { Messages } from '../state/messages-model.ts';
import type { CallModel, ChatItem } from './api.ts';
import type { Call } from './create-call.ts';

export interface HistoryParts {
  readonly call: Call;
  readonly desk: Desk;
  readonly history: History;
  readonly messages: Messages;
  /** Takes pictures from disk. */
  readonly forgetStills: (ids: readonly string[]) => void;
}

/** Writes each ended engagement into History, and returns the verb that adds the wrap-up. */
export function keepHistory({ call, desk, history, messages, forgetStills }: HistoryParts): CallModel['wrapUp'] {
  const hasHistory = () => desk.credentials.peek()?.role === 'expert';
  effect(() => {
    const now = call.phase.value;
    if (now.kind === 'ended' && hasHistory()) {
      history.save({ ...entryOf(now), messages: messages.items.peek() });
    }
  });
  // Until it is put away the last call can still be read. Whoever has no History keeps nothing of it.
  effect(() => {
    const { kind } = call.phase.value;
    if (kind === 'active' || kind === 'ended') return;
    if (!hasHistory()) forgetStills(stillsOf(messages.items.peek()));
    messages.restore([]);
  });
  return (outcome, note) => {
    const now = call.phase.peek();
    if (now.kind !== 'ended') return;
    const saved = history.entries.peek().find(({ engagementId }) => engagementId === now.sessionId);
    if (saved) history.save({ ...saved, outcome, note: note.trim() });
    call.dismiss();
  };
}

/** The pictures among messages. */
export const stillsOf = (messages: readonly ChatItem[]): readonly string[] =>
  messages.map(({ stillId }) => stillId).filter((id) => id !== undefined);

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
