import { describe, expect, it, vi } from 'vitest';
import { drawAttention } from '../../../lib/engine/draw-attention.ts';
import { createFakeEngine } from '../../fakes/fake-engine.ts';
import { createFakeShare, LIVE_TAB } from '../../fakes/fake-share.ts';
import { MARTA, NOW, PUMPS } from '../../fakes/fake-people.ts';

function createScene() {
  const engine = createFakeEngine();
  const cobrowseShare = createFakeShare();
  const inCall = vi.fn<(state: string) => void>();
  const attention = { ring: () => {}, inCall, onCommand: () => {} };
  drawAttention({ ...engine, attention, cobrowseShare });
  engine.call.state.value = {
    kind: 'active',
    person: MARTA,
    scenario: PUMPS,
    startedAt: NOW,
    reconnectingSince: null,
    pause: null,
  };
  return { engine, cobrowseShare, inCall };
}

describe('the badge', () => {
  it('tells a call, a page that is seen, a hand in it, and the end of each', () => {
    const { engine, cobrowseShare, inCall } = createScene();
    expect(inCall).toHaveBeenLastCalledWith('call');
    cobrowseShare.tabs.value = [{ ...LIVE_TAB, state: { kind: 'loading' } }];
    expect(inCall).toHaveBeenLastCalledWith('call');
    cobrowseShare.tabs.value = [LIVE_TAB];
    expect(inCall).toHaveBeenLastCalledWith('seen');
    cobrowseShare.control.value = { scopes: ['click'], name: 'Ravi Shah', until: null, preempted: false };
    expect(inCall).toHaveBeenLastCalledWith('controlled');
    cobrowseShare.control.value = null;
    cobrowseShare.tabs.value = [{ ...LIVE_TAB, state: { kind: 'paused', reason: 'customer' } }];
    expect(inCall).toHaveBeenLastCalledWith('call');
    engine.call.state.value = { kind: 'idle' };
    expect(inCall).toHaveBeenLastCalledWith('none');
  });

  it('tells a shared screen as well', () => {
    const { engine, inCall } = createScene();
    const stream = {} as MediaStream; // nothing plays it
    engine.share.state.value = { kind: 'on', surface: 'tab', hasSound: false, stream, tabId: 1 };
    expect(inCall).toHaveBeenLastCalledWith('seen');
  });
});
