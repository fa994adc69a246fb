import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createStillFeature } from '../../components/still-feature.tsx';
import type { ChatItem } from '../../lib/engine/api.ts';
import type { Still } from '../../lib/state/still-types.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { DIRECTORY, HISTORY, NOW, WAITING } from '../fakes/fake-people.ts';
import { showPanel } from './render-view.tsx';

const STILL: Still = {
  id: 'still-9',
  surface: 'still:still-9',
  url: 'data:image/png;base64,iVBORw0KGgo=',
  width: 640,
  height: 480,
  state: 'ready',
  progress: 1,
  isFull: true,
  reason: null,
  isSending: false,
  isSent: true,
};

const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe("the expert's panel between two calls", () => {
  it('sets the own status from a menu, by keyboard alone', async () => {
    const { engine } = await showPanel();
    const status = button('Status: Available');
    status.focus();
    fireEvent.keyDown(status, { key: 'ArrowDown' });
    const menu = screen.getByRole('menu', { name: 'Status' });
    expect(
      within(menu)
        .getAllByRole('menuitemradio')
        .map((item) => item.textContent),
    ).toEqual(['Available', 'Busy', 'Away', 'Offline']);
    expect(within(menu).getByRole('menuitemradio', { name: 'Available' })).toBe(document.activeElement);
    fireEvent.keyDown(document.activeElement ?? menu, { key: 'b' });
    expect(within(menu).getByRole('menuitemradio', { name: 'Busy' })).toBe(document.activeElement);
    fireEvent.click(document.activeElement ?? menu);
    expect(engine.lastArgs('desk.setPresence')).toEqual(['busy']);
    expect(screen.queryByRole('menu')).toBeNull();
    expect(button('Status: Busy')).toBe(document.activeElement);
  });

  it('closes the menu by Escape, and wraps round at its ends', async () => {
    await showPanel();
    const status = button('Status: Available');
    fireEvent.keyDown(status, { key: 'ArrowUp' });
    const menu = screen.getByRole('menu');
    fireEvent.keyDown(menu, { key: 'End' });
    expect(document.activeElement?.textContent).toBe('Offline');
    fireEvent.keyDown(menu, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toBe('Available');
    fireEvent.keyDown(menu, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(status).toBe(document.activeElement);
    expect(status.getAttribute('aria-expanded')).toBe('false');
  });

  it('starts a session and shows its code, link, QR code and time', async () => {
    const { engine, now, copied } = await showPanel();
    fireEvent.click(button('New session'));
    expect(screen.getByRole('status', { name: 'Session code 123 456 789' }).textContent).toBe('123 456 789');
    expect(screen.getByText('Valid for another 9 min 58 sec')).toBeTruthy();
    expect(button('Copy link')).toBe(document.activeElement);
    void act(() => void (now.value = NOW + 568_000));
    expect(screen.getByText('Valid for another 30 sec')).toBeTruthy();
    fireEvent.click(button('Copy link'));
    expect(copied).toEqual(['https://desk.example/j/123456789']);
    expect(screen.getByText('Link copied').getAttribute('role')).toBe('status');
    fireEvent.click(button('Show QR code'));
    expect(await screen.findByRole('img', { name: 'QR code of the link for session 123 456 789' })).toBeTruthy();
    fireEvent.click(button('Cancel'));
    expect(engine.lastArgs('desk.cancelCode')).toEqual([]);
    expect(button('New session')).toBeTruthy();
  });

  it('lists who waits, for what and how long, and answers', async () => {
    const engine = createFakeEngine();
    engine.desk.waiting.value = [
      ...WAITING,
      { ...WAITING[0]!, queueId: 'queue-entry-3', name: 'Li Wei', ringing: true },
    ];
    await showPanel({ engine });
    const items = within(screen.getByRole('list', { name: 'Waiting' })).getAllByRole('listitem');
    expect(items[0]?.textContent).toContain('Marta Ortega');
    expect(items[0]?.textContent).toContain('Pump maintenance · 1 min');
    expect(screen.getByText('3 people are waiting')).toBeTruthy();
    expect((button('Answer Li Wei') as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(button('Answer Jonas Keller'));
    expect(engine.lastArgs('desk.claim')).toEqual(['queue-entry-2']);
  });

  it('finds people in the directory, and calls those who can be called', async () => {
    const engine = createFakeEngine();
    engine.desk.directory.value = DIRECTORY;
    await showPanel({ engine });
    const list = screen.getByRole('list', { name: 'Directory' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByText('Field · Ready')).toBeTruthy();
    const anna = button('Call Anna Lind') as HTMLButtonElement;
    expect(anna.disabled).toBe(true);
    expect(anna.title).toBe('Anna Lind can’t be called now: On a call');
    fireEvent.click(button('Call Headset 7, hall B'));
    expect(engine.lastArgs('desk.callPerson')).toEqual(['device-headset-7']);

    const search = screen.getByRole('searchbox', { name: 'Search directory' });
    fireEvent.input(search, { target: { value: 'contr' } });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([expect.stringContaining('Ravi Shah')]);
    expect(screen.getByText('1 person found')).toBeTruthy();
    fireEvent.input(search, { target: { value: 'zzz' } });
    expect(screen.getByText('Nobody matches “zzz”').getAttribute('role')).toBe('status');
  });

  it('shows earlier calls with what was noted, and forgets one', async () => {
    const engine = createFakeEngine();
    engine.history.entries.value = HISTORY;
    await showPanel({ engine });
    const list = screen.getByRole('list', { name: 'History' });
    const rows = within(list).getAllByRole('button');
    expect(rows[0]?.textContent).toContain('Pump maintenance · 24 min · yesterday');
    expect(rows[1]?.textContent).toContain('missed');
    fireEvent.click(rows[0]!);
    expect(rows[0]?.getAttribute('aria-expanded')).toBe('true');
    expect(within(list).getByText('Solved')).toBeTruthy();
    expect(within(list).getByText('Line 3, valve replaced')).toBeTruthy();
    expect(within(list).getByText('1 message')).toBeTruthy();
    fireEvent.click(button('Remove from history'));
    expect(engine.lastArgs('history.remove')).toEqual(['engagement-1']);
  });

  it('opens a picture of an earlier call', async () => {
    const engine = createFakeEngine();
    const [entry] = HISTORY;
    if (!entry) throw new Error('There is an earlier call');
    const shown: ChatItem = {
      id: 'm9',
      mine: false,
      author: 'Marta Ortega',
      text: '',
      at: 0,
      delivery: 'seen',
      stillId: 'still-9',
    };
    engine.history.entries.value = [{ ...entry, messages: [shown] }];
    engine.stills.stills.value = [STILL];
    await showPanel({ engine, features: [createStillFeature({ canFreeze: true })] });
    fireEvent.click(within(screen.getByRole('list', { name: 'History' })).getAllByRole('button')[0]!);
    fireEvent.click(screen.getByText('1 message'));
    fireEvent.click(await screen.findByRole('button', { name: 'Open the picture' }));
    const dialog = await screen.findByRole('dialog', { name: 'Picture from Marta Ortega' });
    // The call is over: there is nobody to send it back to.
    expect(within(dialog).queryByRole('button', { name: 'Draw on it' })).toBeNull();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says what is empty, and that the desk is away', async () => {
    const engine = createFakeEngine();
    engine.desk.state.value = { kind: 'offline', reason: 'unreachable', final: false };
    await showPanel({ engine });
    expect(screen.getByText('Nobody is waiting')).toBeTruthy();
    expect(screen.getByText('Your calls will be listed here')).toBeTruthy();
    expect(screen.getByText('Can’t reach the desk. Trying again by itself.').closest('[role="status"]')).toBeTruthy();
    const start = button('New session') as HTMLButtonElement;
    expect(start.disabled).toBe(true);
    expect(start.title).toBe('Can’t reach the desk. Trying again by itself.');
  });

  it('says what to do when the desk will not have us, or refused something', async () => {
    const engine = createFakeEngine();
    engine.desk.state.value = { kind: 'offline', reason: 'protocol-too-old', final: true };
    engine.desk.error.value = 'already-claimed';
    await showPanel({ engine });
    expect(screen.getByText(/too old for the desk. Update it/)).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe('A colleague was faster.');
  });

  it('leads to the welcome page when the microphone is not granted', async () => {
    await showPanel({ isMicGrantMissing: true });
    expect(screen.getByRole('link', { name: 'Allow microphone and camera' }).getAttribute('href')).toBe(
      '/welcome.html',
    );
  });

  it('shows news in a live region, with what can be done', async () => {
    const engine = createFakeEngine();
    const pressed: string[] = [];
    engine.notices.list.value = [
      {
        id: 'n1',
        tone: 'warning',
        key: 'noticeSoundBlocked',
        values: {},
        action: { key: 'noticeSoundBlockedAction', run: () => pressed.push('sound') },
      },
    ];
    await showPanel({ engine });
    const news = screen.getByRole('region', { name: 'News' });
    expect(news.getAttribute('aria-live')).toBe('polite');
    fireEvent.click(within(news).getByRole('button', { name: 'Turn sound on' }));
    expect(pressed).toEqual(['sound']);
    fireEvent.click(within(news).getByRole('button', { name: 'Dismiss' }));
    expect(news.childElementCount).toBe(0);
  });
});

describe("the customer's panel between two calls", () => {
  it('leads to the welcome page before anything is set up', async () => {
    const engine = createFakeEngine();
    engine.desk.identity.value = { kind: 'none' };
    engine.settings.current.value = { ...engine.settings.current.value, deskUrl: '' };
    await showPanel({ engine });
    expect(screen.getByRole('link', { name: 'Set up Alongside' }).getAttribute('href')).toBe('/welcome.html');
    expect(screen.queryByRole('button', { name: /Status/ })).toBeNull();
  });

  it('joins by a code, and says what is missing or wrong', async () => {
    const engine = createFakeEngine();
    engine.desk.identity.value = { kind: 'none' };
    await showPanel({ engine });
    const code = screen.getByRole('textbox', { name: 'Session code' }) as HTMLInputElement;
    fireEvent.input(code, { target: { value: '12345' } });
    fireEvent.click(button('Join'));
    expect(screen.getByRole('alert').textContent).toBe('The code has nine digits.');
    expect(code.getAttribute('aria-invalid')).toBe('true');
    fireEvent.input(code, { target: { value: '123-456 789 0' } });
    expect(code.value).toBe('123 456 789');
    fireEvent.click(button('Join'));
    expect(engine.lastArgs('desk.join')).toEqual(['123456789', 'Ravi Shah']);
    void act(() => void (engine.desk.error.value = 'expired-code'));
    expect(screen.getByRole('alert').textContent).toBe('This code is too old. Ask your helper for a new one.');
  });

  it('asks for a name once: also before the desk has said what one can be helped with', async () => {
    const engine = createFakeEngine();
    engine.desk.identity.value = { kind: 'none' };
    engine.settings.current.value = { ...engine.settings.current.value, name: '' };
    const scenarios = engine.desk.scenarios.value;
    engine.desk.scenarios.value = [];
    await showPanel({ engine });
    const fields = () => screen.getAllByRole<HTMLInputElement>('textbox', { name: 'Your name' });
    fireEvent.input(fields()[0]!, { target: { value: 'Gus' } });
    void act(() => void (engine.desk.scenarios.value = scenarios));
    expect(fields().map(({ value }) => value)).toEqual(['Gus', 'Gus']);
    fireEvent.click(button('Get help'));
    expect(engine.lastArgs('desk.getHelp')).toEqual([scenarios[0]?.id, 'Gus']);
  });

  it('asks for help, waits in the queue, and can leave it', async () => {
    const engine = createFakeEngine();
    engine.desk.identity.value = { kind: 'none' };
    engine.settings.current.value = { ...engine.settings.current.value, name: '' };
    await showPanel({ engine });
    const topic = screen.getByRole('combobox', { name: 'What is it about?' });
    fireEvent.change(topic, { target: { value: 'checkout-help' } });
    fireEvent.click(button('Get help'));
    expect(screen.getByRole('alert').textContent).toContain('say who you are');
    fireEvent.input(screen.getAllByRole('textbox', { name: 'Your name' })[0]!, { target: { value: 'Marta' } });
    fireEvent.click(button('Get help'));
    expect(engine.lastArgs('desk.getHelp')).toEqual(['checkout-help', 'Marta']);
    expect(screen.getByText('You are number 2 in the queue').getAttribute('role')).toBe('status');
    fireEvent.click(button('Cancel'));
    expect(engine.lastArgs('desk.cancelHelp')).toEqual([]);
    expect(button('Get help')).toBeTruthy();
  });
});
