import { fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

const key = (name: string, extra: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key: name, ...extra });

describe('keys in a call', () => {
  it('mute, turn the camera on, open the messages and list themselves', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    key('m');
    expect(engine.lastArgs('media.setMuted')).toEqual([true]);
    key('V');
    expect(engine.lastArgs('media.setCamera')).toEqual([true]);
    key('?');
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    key('c');
    expect(screen.getByRole('region', { name: 'Messages' })).toBeTruthy();
  });

  it('let one talk while Space is held, and never longer', async () => {
    const engine = createEngineInCall();
    engine.media.mic.value = 'muted';
    await showPanel({ engine });
    key(' ');
    key(' ', { repeat: true });
    expect(engine.verbs.filter(({ name }) => name === 'media.pushToTalk').map(({ args }) => args[0])).toEqual([true]);
    expect(screen.getByText('Talking while you hold Space').getAttribute('role')).toBe('status');
    fireEvent.keyUp(document.body, { key: ' ' });
    expect(engine.lastArgs('media.pushToTalk')).toEqual([false]);
    key(' ');
    fireEvent.blur(window);
    expect(engine.lastArgs('media.pushToTalk')).toEqual([false]);
  });

  it('leave Space to the button that has the focus', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.keyDown(screen.getByRole('button', { name: 'Mute' }), { key: ' ' });
    expect(engine.lastArgs('media.pushToTalk')).toBeUndefined();
  });

  it('never act while somebody types, with a modifier, or under a dialog', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    key('m', { ctrlKey: true });
    key('m', { metaKey: true });
    fireEvent.click(screen.getByRole('button', { name: 'Message' }));
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Message' }), { key: 'm' });
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Message' }), { key: ' ' });
    key('?');
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'm' });
    expect(engine.lastArgs('media.setMuted')).toBeUndefined();
    expect(engine.lastArgs('media.pushToTalk')).toBeUndefined();
  });

  it('can be switched off, for good', async () => {
    const { engine, choices } = await showPanel({ engine: createEngineInCall() });
    key('?');
    fireEvent.click(screen.getByRole('switch', { name: 'Single keys work during a call' }));
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    key('m');
    expect(engine.lastArgs('media.setMuted')).toBeUndefined();
    expect(choices.get('shortcuts')).toBe('off');
  });
});
