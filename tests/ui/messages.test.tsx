import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { ChatItem } from '../../lib/engine/api.ts';
import { MAX_CHAT_CHARS } from '../../lib/protocol/limits.ts';
import { NOW, REMOTE_MARTA } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

const theirs: ChatItem = {
  id: 'm1',
  mine: false,
  author: 'Marta Ortega',
  text: 'Look: https://docs.example/p-204',
  at: NOW,
  delivery: 'seen',
};
const mine: ChatItem = { id: 'm2', mine: true, author: 'Ravi Shah', text: 'Thanks', at: NOW, delivery: 'sending' };
const message = () => screen.getByRole('button', { name: 'Message' });
const field = () => screen.getByRole('textbox', { name: 'Message' }) as HTMLTextAreaElement;

describe('messages', () => {
  it('open with the focus where one writes, and give it back', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(message());
    expect(screen.getByRole('region', { name: 'Messages' })).toBeTruthy();
    expect(message().getAttribute('aria-expanded')).toBe('true');
    expect(field()).toBe(document.activeElement);
    expect(engine.lastArgs('messages.setOpen')).toEqual([true]);
    fireEvent.keyDown(field(), { key: 'Escape' });
    expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull();
    expect(engine.lastArgs('messages.setOpen')).toEqual([false]);
    expect(message()).toBe(document.activeElement);
  });

  it('have the focus before the next key can be pressed', async () => {
    await showPanel({ engine: createEngineInCall() });
    // Not by act(), which waits for what comes after painting.
    message().click();
    await Promise.resolve();
    expect(field()).toBe(document.activeElement);
  });

  it('are sent by Return or the button; Shift+Return and a half-composed word are not', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(message());
    const send = screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement;
    expect(send.disabled).toBe(true);
    fireEvent.input(field(), { target: { value: ' One\nTwo ' } });
    expect(engine.lastArgs('messages.typing')).toEqual([]);
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    expect(engine.lastArgs('messages.send')).toBeUndefined();
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(engine.lastArgs('messages.send')).toEqual(['One\nTwo']);
    expect(field().value).toBe('');
    fireEvent.input(field(), { target: { value: 'Three' } });
    fireEvent.click(send);
    expect(engine.lastArgs('messages.send')).toEqual(['Three']);
  });

  it('keep a draft while they are closed', async () => {
    await showPanel({ engine: createEngineInCall() });
    fireEvent.click(message());
    fireEvent.input(field(), { target: { value: 'Half a th' } });
    fireEvent.click(screen.getByRole('button', { name: 'Close messages' }));
    fireEvent.click(message());
    expect(field().value).toBe('Half a th');
  });

  it('that are too long are not sent, and say by how much', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(message());
    fireEvent.input(field(), { target: { value: 'x'.repeat(MAX_CHAT_CHARS + 1) } });
    expect(screen.getByRole('alert').textContent).toBe('1 character too many');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(engine.lastArgs('messages.send')).toBeUndefined();
  });

  it('stand in a log with author, time, delivery and safe links', async () => {
    const engine = createEngineInCall();
    engine.messages.items.value = [theirs, mine];
    await showPanel({ engine });
    fireEvent.click(message());
    const log = screen.getByRole('log', { name: 'Messages' });
    expect(log.tabIndex).toBe(0);
    expect(log.textContent).toContain('Marta Ortega');
    expect(within(log).getByText(/You · .* · sending/)).toBeTruthy();
    const link = (await within(log).findByRole('link', { name: /docs\.example/ })) as HTMLAnchorElement;
    expect(link.href).toBe('https://docs.example/p-204');
    expect(link.rel).toBe('noopener noreferrer nofollow');
    expect(link.target).toBe('_blank');
    void act(() => void (engine.messages.items.value = [theirs, { ...mine, delivery: 'seen' }]));
    expect(within(log).getByText(/You · .* · seen/)).toBeTruthy();
  });

  it('never become markup', async () => {
    const engine = createEngineInCall();
    engine.messages.items.value = [{ ...theirs, text: '<img src=x onerror=alert(1)>' }];
    await showPanel({ engine });
    fireEvent.click(message());
    const log = screen.getByRole('log');
    expect(log.querySelector('img')).toBeNull();
    expect(log.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('tell who is typing', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    fireEvent.click(message());
    void act(() => void (engine.call.people.value = [{ ...REMOTE_MARTA, typing: true }]));
    expect(screen.getByText('Marta Ortega is typing…').getAttribute('role')).toBe('status');
  });

  it('are counted and read out while they are closed', async () => {
    const { engine } = await showPanel({ engine: createEngineInCall() });
    void act(() => {
      engine.messages.items.value = [theirs];
      engine.messages.unread.value = 1;
    });
    expect(message().getAttribute('aria-description')).toBe('1 unread');
    expect(screen.getByText('Marta Ortega: Look: https://docs.example/p-204').getAttribute('role')).toBe('status');
    fireEvent.click(message());
    expect(message().hasAttribute('aria-description')).toBe(false);
  });
});
