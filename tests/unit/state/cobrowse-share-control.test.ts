import { describe, expect, test, vi } from 'vitest';
import type { ControlOutcome } from '../../../lib/protocol/cobrowse-control-messages.ts';
import { CLICKED_TAB } from '../../fakes/fake-pages.ts';
import { createScene, frame, told } from './share-scene.ts';

describe('control', () => {
  const VERB = { type: 'go', to: 'back' } as const;
  const start = async () => {
    const scene = await createScene();
    await scene.allow('cobrowse');
    const agent = scene.pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const control = () =>
      scene.asks({
        kind: 'control',
        tabId: 1,
        frameId: 0,
        epoch: 1,
        payload: { requestId: 3, verb: VERB, seenAtMs: 0 },
      });
    return { ...scene, agent, control };
  };

  test('is refused without a grant', async () => {
    const { control, sees, agent } = await start();
    control();
    expect((await sees('outcome')).payload).toMatchObject({ kind: 'refused', reason: 'no-grant', requestId: 3 });
    expect(agent.told.some(({ type }) => type === 'control')).toBe(false);
  });

  test('is given by scope, carried out in the page, and answered to the expert alone', async () => {
    const { allow, control, sees, agent, seen } = await start();
    expect(await allow('control', ['point', 'navigate'])).toBe('granted');
    const grant = await told(agent, 'grant');
    expect(grant).toMatchObject({ name: 'Ravi', scopes: ['point', 'navigate'] });
    await sees('controlState', ({ scopes }) => scopes.length === 2);
    control();
    expect(await told(agent, 'control')).toMatchObject({ expert: grant.expert, requestId: 3, verb: VERB });
    const done: ControlOutcome = { kind: 'done', requestId: 3, label: '' };
    agent.says(frame('outcome', { ...done, requestId: 4 }, 'somebodyelse'));
    agent.says(frame('outcome', done, grant.expert));
    expect((await sees('outcome')).payload).toEqual(done);
    expect(seen.filter(({ kind }) => kind === 'outcome')).toHaveLength(1);
  });

  test('ends by Escape twice, and with the link', async () => {
    const { allow, agent, model, sees, network } = await start();
    await allow('control', ['click']);
    const { expert } = await told(agent, 'grant');
    agent.says({ type: 'pressed', button: 'stop-control' });
    expect(agent.told).toContainEqual({ type: 'grant', expert, name: 'Ravi', scopes: [] });
    await sees('controlState', ({ scopes }) => scopes.length === 0);
    await allow('control', ['click']);
    expect(model.control.peek()?.scopes).toEqual(['click']);
    network.cut();
    await vi.waitUntil(() => model.control.peek() === null);
  });

  test('proposals wait for the customer, in the page and here', async () => {
    const { allow, agent, model } = await start();
    await allow('control', ['click']);
    const { expert } = await told(agent, 'grant');
    agent.says({ type: 'proposal', requestId: 3, to: 'somebodyelse', proposal: 'pay', label: 'button “Pay”' });
    agent.says({ type: 'proposal', requestId: 4, to: expert, proposal: 'pay', label: 'button “Pay”' });
    expect(model.proposals.peek()).toMatchObject([{ key: '1:4', name: 'Ravi', kind: 'pay' }]);
    expect(await told(agent, 'ask')).toMatchObject({ requestId: 4, text: 'Ravi: button “Pay”' });
    model.answerProposal('1:4', true);
    expect(await told(agent, 'proposal.answer')).toMatchObject({ requestId: 4, expert, yes: true });
    agent.says({ type: 'proposal.over', requestId: 4, to: expert });
    expect(model.proposals.peek()).toEqual([]);
  });
});
