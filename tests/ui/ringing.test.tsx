import { act, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { CallState } from '../../lib/engine/api.ts';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import { FACTS, MARTA, NOW, PUMPS, RAVI, REMOTE_MARTA } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

const button = (name: string) => screen.getByRole('button', { name }) as HTMLButtonElement;

function createRingingEngine(): FakeEngine {
  const engine = createFakeEngine();
  engine.call.state.value = {
    kind: 'ringing',
    person: MARTA,
    scenario: PUMPS,
    linked: true,
    since: NOW - 12_000,
    answering: false,
  };
  engine.call.people.value = [{ ...REMOTE_MARTA, facts: FACTS }];
  return engine;
}

describe('somebody rings', () => {
  it('says who, for what, and for how long it still rings', async () => {
    const { now } = await showPanel({ engine: createRingingEngine() });
    const dialog = screen.getByRole('alertdialog', { name: 'Incoming call from Marta Ortega' });
    expect(dialog.textContent).toContain('Pump maintenance · asks for help');
    expect(dialog.textContent).toContain('Hall B, line 3');
    expect(screen.getByText('Rings for another 18 sec')).toBeTruthy();
    void act(() => void (now.value = NOW + 10_000));
    expect(screen.getByText('Rings for another 8 sec')).toBeTruthy();
  });

  it('takes the focus itself, so that a Return meant for something else answers nothing', async () => {
    const { engine } = await showPanel({ engine: createRingingEngine() });
    expect(screen.getByRole('alertdialog')).toBe(document.activeElement);
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Enter' });
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    expect(engine.verbs).toEqual([]);
  });

  it('is answered, and opens the call', async () => {
    const { engine } = await showPanel({ engine: createRingingEngine() });
    fireEvent.click(button('Answer'));
    expect(engine.lastArgs('call.answer')).toEqual([]);
    expect(screen.getByRole('toolbar', { name: 'Call' })).toBeTruthy();
  });

  it('is declined', async () => {
    const { engine } = await showPanel({ engine: createRingingEngine() });
    fireEvent.click(button('Decline'));
    expect(engine.lastArgs('call.decline')).toEqual([]);
  });

  it('waits for the connection after Answer', async () => {
    const engine = createRingingEngine();
    if (engine.call.state.value.kind === 'ringing')
      engine.call.state.value = { ...engine.call.state.value, answering: true };
    await showPanel({ engine });
    expect(button('Answer').disabled).toBe(true);
    expect(screen.getByText('Connecting…')).toBeTruthy();
  });
});

describe('calling somebody', () => {
  it('says when it rings there, and can be given up', async () => {
    const engine = createFakeEngine();
    engine.call.state.value = { kind: 'dialling', person: RAVI, linked: false, since: NOW };
    await showPanel({ engine });
    expect(screen.getByRole('heading', { name: 'Calling Ravi Shah' })).toBe(document.activeElement);
    expect(screen.getByRole('status').textContent).toBe('Calling…');
    void act(() => void (engine.call.state.value = { kind: 'dialling', person: RAVI, linked: true, since: NOW }));
    expect(screen.getByRole('status').textContent).toBe('Ringing');
    fireEvent.click(button('Cancel'));
    expect(engine.lastArgs('call.cancel')).toEqual([]);
  });
});

type Ended = Extract<CallState, { kind: 'ended' }>;

describe('after a call', () => {
  it.each<[Ended['reason'], boolean, RegExp]>([
    ['exited', false, /Marta Ortega ended the call/],
    ['exited', true, /You ended the call/],
    ['left', false, /Marta Ortega left the call/],
    ['declined', false, /Marta Ortega declined/],
    ['cancelled', false, /hung up before you answered/],
    ['missed', false, /Nobody answered within 30 seconds/],
    ['missed', true, /You missed a call from Marta Ortega/],
    ['busy', false, /is in another call/],
    ['unavailable', false, /can’t be reached now/],
    ['lost', false, /connection was lost for too long/],
    ['version', false, /different versions of Alongside. Update it, or reload the page/],
    ['untrusted', false, /could not prove who it is/],
    ['answered-elsewhere', false, /A colleague answered/],
  ])('says how it ended: %s, mine %s', async (reason, mine, sentence) => {
    const engine = createFakeEngine();
    engine.call.state.value = {
      kind: 'ended',
      person: MARTA,
      reason,
      mine,
      durationMs: 0,
      engagementId: 'engagement-1',
    };
    await showPanel({ engine });
    expect(screen.getByText(sentence).getAttribute('role')).toBe('status');
    expect(screen.queryByRole('form', { name: 'Wrap-up' })).toBeNull();
    fireEvent.click(button('Done'));
    expect(engine.lastArgs('call.dismiss')).toEqual([]);
  });

  it('lets a customer go on without a form', async () => {
    const engine = createEngineInCall();
    engine.call.state.value = {
      kind: 'ended',
      person: RAVI,
      reason: 'exited',
      mine: false,
      durationMs: 252_000,
      engagementId: null,
    };
    await showPanel({ engine });
    expect(screen.getByText(/It lasted 4 min 12 sec/)).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Note' })).toBeNull();
  });

  it('lets an expert finish without a note', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(button('Exit'));
    expect(screen.getByRole('form', { name: 'Wrap-up' })).toBeTruthy();
    fireEvent.click(button('Finish without a note'));
    expect(engine.lastArgs('call.dismiss')).toEqual([]);
  });
});
