import { describe, expect, test, vi } from 'vitest';
import type { ChatItem } from '../../../lib/engine/api.ts';
import { keepHistory } from '../../../lib/engine/keep-history.ts';
import type { Desk } from '../../../lib/state/desk.ts';
import { createHistoryModel } from '../../../lib/state/history-model.ts';
import { createMessagesModel } from '../../../lib/state/messages-model.ts';
import { createMemoryStore } from '../../../lib/store/store.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const picture: ChatItem = {
  ...{ id: 'item-1', mine: true, author: 'Ravi', text: '', at: 1, delivery: 'delivered' },
  stillId: 'still-1',
};

/** A call with a picture among its messages, from the end of one who is an expert or not. */
async function createScene(role: 'expert' | 'device') {
  const { caller } = await createActiveCall();
  const { call } = caller;
  const history = await createHistoryModel(createMemoryStore(), () => undefined);
  const messages = createMessagesModel({ call, clock: createManualClock(), ownName: () => 'Ravi' });
  const forgetStills = vi.fn<(ids: readonly string[]) => void>();
  const desk = { credentials: { peek: () => ({ role }) } } as Partial<Desk> as Desk;
  const wrapUp = keepHistory({ call, desk, history, messages, forgetStills });
  messages.add(picture);
  call.end('exited', true, null);
  await vi.waitFor(() => expect(call.phase.peek().kind).toBe('ended'));
  return { call, history, messages, forgetStills, wrapUp };
}

describe('what is left of a call', () => {
  test('an expert finds it in History, with its pictures', async () => {
    const { history, messages, forgetStills, wrapUp } = await createScene('expert');
    wrapUp('solved', ' Part replaced. ');
    expect(history.entries.peek()).toMatchObject([{ outcome: 'solved', note: 'Part replaced.', messages: [picture] }]);
    expect(messages.items.peek()).toEqual([]);
    expect(forgetStills).not.toHaveBeenCalled();
  });

  test('a customer can look at it until it is put away; then nothing of it is kept', async () => {
    const { call, history, messages, forgetStills } = await createScene('device');
    expect(messages.items.peek()).toMatchObject([{ stillId: 'still-1' }]);
    expect(forgetStills).not.toHaveBeenCalledWith(['still-1']);
    call.dismiss();
    expect(forgetStills).toHaveBeenLastCalledWith(['still-1']);
    expect(messages.items.peek()).toEqual([]);
    expect(history.entries.peek()).toEqual([]);
  });
});
