import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import type { IncomingAsk } from '../../lib/engine/api.ts';
import type { OfferedPage } from '../../lib/state/cobrowse-share-api.ts';
import { createFakeShare, OFFERED } from '../fakes/fake-share.ts';
import { NOW, RAVI } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

const ask = (part: Partial<IncomingAsk> = {}): IncomingAsk => ({
  id: 'ask-1',
  kind: 'camera',
  from: RAVI,
  scopes: [],
  forMs: 0,
  expiresAt: NOW + 27_000,
  ...part,
});

async function showAsk(part: Partial<IncomingAsk> = {}) {
  const engine = createEngineInCall();
  engine.consent.incoming.value = [ask(part)];
  return showPanel({ engine });
}

describe('a consent to show a page', () => {
  async function showPageAsk(offered: OfferedPage | null = OFFERED) {
    const engine = createEngineInCall();
    const share = createFakeShare();
    share.offered.value = offered;
    engine.cobrowseShare = share;
    engine.consent.incoming.value = [ask({ kind: 'cobrowse' })];
    await showPanel({ engine });
    return { engine, share };
  }

  it('names the page, and what of it stays hidden', async () => {
    await showPageAsk();
    const dialog = within(screen.getByRole('alertdialog', { name: 'Ravi Shah asks to see this page' }));
    expect(dialog.getByText('Checkout')).toBeTruthy();
    expect(dialog.getByText('https://shop.example/checkout')).toBeTruthy();
    expect(dialog.getByText(/Passwords and card numbers stay hidden/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Don’t allow' })).toBe(document.activeElement);
  });

  it('is strict until the customer chooses', async () => {
    const { engine, share } = await showPageAsk();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Strict' }).checked).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: 'Assist' }));
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    expect(share.verbs.filter(({ name }) => name === 'setOfferMode')).toEqual([
      { name: 'setOfferMode', args: ['assist'] },
    ]);
    expect(engine.lastArgs('consent.answer')).toEqual(['ask-1', true]);
  });

  it('says when the desk wants strict', async () => {
    const { share } = await showPageAsk({ ...OFFERED, mayAssist: false });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Assist' }).disabled).toBe(true);
    expect(screen.getByText(/Your desk allows strict only/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    expect(share.verbs).toContainEqual({ name: 'setOfferMode', args: ['strict'] });
  });

  it('can’t be given before the icon was pressed on a page, and says so', async () => {
    const { share } = await showPageAsk(null);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Allow' }).disabled).toBe(true);
    expect(screen.getByText(/press the Alongside icon/)).toBeTruthy();
    void act(() => void (share.offered.value = OFFERED));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Allow' }).disabled).toBe(false);
    expect(screen.queryByText(/press the Alongside icon/)).toBeNull();
  });

  it('asks for the site in the very task of the press where the browser wants it, whatever it answers', async () => {
    const engine = createEngineInCall();
    engine.cobrowseShare = createFakeShare();
    engine.consent.incoming.value = [ask({ kind: 'cobrowse' })];
    const keepSite = vi.fn<(url: string) => Promise<boolean>>(async () => false);
    await showPanel({ engine, keepSite });
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    expect(keepSite).toHaveBeenCalledWith('https://shop.example/checkout');
    await vi.waitFor(() => expect(engine.lastArgs('consent.answer')).toEqual(['ask-1', true]));
  });

  it('stops looking for the page when it is answered', async () => {
    const { engine, share } = await showPageAsk();
    const [signal] = share.verbs.find(({ name }) => name === 'watchOffered')?.args ?? [];
    void act(() => void (engine.consent.incoming.value = []));
    expect((signal as AbortSignal).aborted).toBe(true);
  });
});

describe('a consent', () => {
  it.each<[Partial<IncomingAsk>, string, RegExp]>([
    [{ kind: 'camera' }, 'Ravi Shah asks to see your camera', /Your camera’s picture is sent to Ravi Shah/],
    [{ kind: 'screen' }, 'Ravi Shah asks to see your screen', /You choose next which screen/],
    [{ kind: 'cobrowse' }, 'Ravi Shah asks to see this page', /sees this tab and nothing else/],
    [{ kind: 'control', scopes: ['point', 'click'] }, 'Ravi Shah asks to control this page', /point, click/],
    [{ kind: 'record' }, 'Ravi Shah asks to record', /are recorded at Ravi Shah’s side/],
  ])('says who asks for what: %j', async (part, title, what) => {
    await showAsk(part);
    const dialog = screen.getByRole('alertdialog', { name: title });
    expect(within(dialog).getByText(what)).toBeTruthy();
    expect(within(dialog).getByText(/Until the call ends/)).toBeTruthy();
  });

  it('has the focus on the safe answer', async () => {
    const { engine } = await showAsk();
    expect(screen.getByRole('button', { name: 'Don’t allow' })).toBe(document.activeElement);
    fireEvent.click(screen.getByRole('button', { name: 'Don’t allow' }));
    expect(engine.lastArgs('consent.answer')).toEqual(['ask-1', false]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('is allowed by one press, in the very task of that press', async () => {
    const { engine } = await showAsk({ kind: 'screen' });
    const allow = screen.getByRole('button', { name: 'Allow' });
    let seen: unknown;
    allow.addEventListener('click', () => queueMicrotask(() => (seen ??= engine.lastArgs('consent.answer'))));
    fireEvent.click(allow);
    await Promise.resolve();
    expect(seen).toEqual(['ask-1', true]);
  });

  it('takes Escape for a no', async () => {
    const { engine } = await showAsk();
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    expect(engine.lastArgs('consent.answer')).toEqual(['ask-1', false]);
  });

  it('counts down to the no of silence', async () => {
    const { now, engine } = await showAsk({ forMs: 600_000 });
    expect(screen.getByText('No answer in 27 sec means no')).toBeTruthy();
    expect(screen.getByText(/For 10 min, or until you stop it/)).toBeTruthy();
    void act(() => void (now.value = NOW + 20_000));
    expect(screen.getByText('No answer in 7 sec means no')).toBeTruthy();
    void act(() => void (engine.consent.incoming.value = []));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('comes one at a time, and gives the focus back', async () => {
    const engine = createEngineInCall();
    await showPanel({ engine });
    const mute = screen.getByRole('button', { name: 'Mute' });
    mute.focus();
    void act(() => void (engine.consent.incoming.value = [ask(), ask({ id: 'ask-2', kind: 'record' })]));
    expect(screen.getAllByRole('alertdialog')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    expect(screen.getByRole('alertdialog', { name: 'Ravi Shah asks to record' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Don’t allow' })).toBe(document.activeElement);
    fireEvent.click(screen.getByRole('button', { name: 'Don’t allow' }));
    expect(mute).toBe(document.activeElement);
  });
});
