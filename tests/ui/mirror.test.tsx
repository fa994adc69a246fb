import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createCobrowseFeature } from '../../components/cobrowse-feature.tsx';
import { createMirrorView } from '../../components/create-mirror-view.ts';
import { MirrorApp } from '../../components/mirror-app.tsx';
import type { PlayerPort } from '../../components/mirror-player-port.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { inMirror, PAGE, RESULTS, TABS } from '../fakes/fake-mirror.ts';
import { NOW } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel, showView } from './render-view.tsx';

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

/** The window with a page on it, unless the player has not shown any. */
async function showMirror({ hasShown = true } = {}) {
  const engine = createFakeEngine();
  inMirror(engine);
  const mirror = createMirrorView();
  let closed = 0;
  await showView(
    ({ view }) => (
      <MirrorApp engine={engine} view={view} mirror={mirror} features={[]} playerHref="" close={() => (closed += 1)} />
    ),
    { engine },
  );
  await act(() => (hasShown ? mirror.noteShown(1) : undefined));
  return { engine, mirror, closed: () => closed };
}

describe('the co-browse window', () => {
  it('says which page it is, how live, and has its tools and the call’s', async () => {
    await showMirror();
    const address = within(screen.getByRole('region', { name: 'Page and address' }));
    expect(address.getByText('Checkout – Nordlicht')).toBeTruthy();
    expect(address.getByText('shop.example')).toBeTruthy();
    expect(screen.getByText('Live')).toBeTruthy();
    expect(screen.getByText('38 ms')).toBeTruthy();
    const tools = within(screen.getByRole('toolbar', { name: 'Page tools' }));
    for (const name of ['Look back', 'Zoom in', 'Zoom out', 'Actual size', 'Fit to window', 'Resync'])
      expect(tools.getByRole('button', { name })).toBeTruthy();
    for (const name of ['Hand', 'Draw on the page', 'Highlight an element'])
      expect(tools.getByRole('radio', { name })).toBeTruthy();
    expect(screen.getByRole('toolbar', { name: 'Call' })).toBeTruthy();
  });

  it('attaches as the screen, and asks for everything again on Resync', async () => {
    const { engine } = await showMirror();
    expect(engine.lastArgs('cobrowse.attach')).toHaveLength(2);
    fireEvent.click(button('Resync'));
    expect(engine.lastArgs('cobrowse.resync')).toEqual([]);
  });

  it.each([
    ['customer', 'Marta Ortega has paused the page', false],
    ['sensitive-page', 'This page is private', true],
    ['new-origin', 'Marta Ortega is asked about a new site', true],
    ['hidden-tab', 'Marta Ortega is in another tab', true],
    ['overload', 'The page changes too fast to be shown', true],
  ] as const)('says why it is paused: %s', async (reason, words, hasScreen) => {
    const { engine } = await showMirror();
    await act(() => void (engine.cobrowse.pause.value = reason));
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByText('Paused')).toBeTruthy();
    expect(screen.queryAllByRole('button', { name: 'Ask for screen' })).toHaveLength(hasScreen ? 1 : 0);
    expect(screen.getByRole<HTMLButtonElement>('radio', { name: 'Hand' }).disabled).toBe(true);
  });

  it('offers the screen for what can’t be mirrored', async () => {
    const { engine } = await showMirror();
    await act(() => void (engine.cobrowse.page.value = { ...PAGE, unmirrorable: 'pdf' }));
    expect(screen.getByText(/It is a PDF/)).toBeTruthy();
    fireEvent.click(button('Ask for screen'));
    expect(engine.lastArgs('consent.ask')).toEqual(['screen']);
  });

  it('says when the customer looks at something of their browser, and offers the screen beside it', async () => {
    const { engine, mirror } = await showMirror();
    await act(() => mirror.setPickers(['select']));
    expect(screen.queryByRole('button', { name: 'Ask for screen' })).toBeNull();
    await act(() => mirror.setPickers(['file']));
    expect(screen.getByText(/Marta Ortega is choosing a file/).closest('[role="status"]')).toBeTruthy();
    fireEvent.click(button('Ask for screen'));
    expect(engine.lastArgs('consent.ask')).toEqual(['screen']);
  });

  it('says when parts of the page aren’t shown, until one has read it', async () => {
    const { engine, mirror } = await showMirror();
    await act(() => mirror.setBarred(2));
    expect(screen.getByText(/^Parts of this page from other sites .* Marta Ortega/)).toBeTruthy();
    fireEvent.click(button('Ask for screen'));
    expect(engine.lastArgs('consent.ask')).toEqual(['screen']);
    await act(() => mirror.setPickers(['file']));
    expect(screen.queryByText(/^Parts of this page/)).toBeNull();
    await act(() => mirror.setPickers([]));
    fireEvent.click(button('Dismiss'));
    await act(() => mirror.setBarred(3));
    expect(screen.queryByText(/^Parts of this page/)).toBeNull();
  });

  it('says that of pictures and styles, too, of the tab that is shown', async () => {
    const { engine } = await showMirror();
    const [first, second] = [TABS[0]!, { ...TABS[1]!, partial: true }];
    await act(() => void (engine.cobrowse.tabs.value = [first, second]));
    expect(screen.queryByText(/^Parts of this page/)).toBeNull();
    await act(
      () =>
        void (engine.cobrowse.tabs.value = [
          { ...first, active: false },
          { ...second, active: true },
        ]),
    );
    expect(screen.getByText(/^Parts of this page from other sites .* Marta Ortega/)).toBeTruthy();
  });

  it.each([
    [{ kind: 'off' }, 'No page is shared', 'Start co-browse'],
    [{ kind: 'refused', reason: 'refused' }, 'Marta Ortega doesn’t want to share a page', 'Ask again'],
    [{ kind: 'refused', reason: 'timed-out' }, 'Marta Ortega didn’t answer', 'Ask again'],
    [{ kind: 'refused', reason: 'unavailable' }, 'This page can’t be shared', 'Ask again'],
  ] as const)('has a next step without a page: %o', async (state, words, next) => {
    const { engine } = await showMirror();
    await act(() => void (engine.cobrowse.state.value = state));
    expect(screen.getByText(words)).toBeTruthy();
    fireEvent.click(button(next));
    expect(engine.lastArgs('cobrowse.ask')).toEqual([]);
  });

  it('waits, loads, and comes back', async () => {
    const { engine, mirror } = await showMirror({ hasShown: false });
    expect(screen.getByText('Getting the page')).toBeTruthy();
    await act(() => mirror.noteShown(1));
    expect(screen.queryByText('Getting the page')).toBeNull();
    await act(() => {
      const { value } = engine.call.state;
      if (value.kind === 'active') engine.call.state.value = { ...value, reconnectingSince: NOW };
    });
    expect(screen.getAllByText('Reconnecting…').length).toBeGreaterThan(0);
    await act(() => {
      engine.cobrowse.state.value = { kind: 'waiting' };
      engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'cobrowse', state: 'waiting' }];
      const { value } = engine.call.state;
      if (value.kind === 'active') engine.call.state.value = { ...value, reconnectingSince: null };
    });
    expect(screen.getByText('Waiting for Marta Ortega')).toBeTruthy();
  });

  it('asks for control by scope and time, and gives it back', async () => {
    const { engine } = await showMirror();
    fireEvent.click(button('Ask for control'));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Type' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Open links' }));
    fireEvent.click(screen.getByRole('radio', { name: '15 minutes' }));
    fireEvent.click(button('Ask Marta Ortega'));
    expect(engine.lastArgs('cobrowse.askControl')).toEqual([['point', 'scroll', 'click', 'navigate'], 900_000]);

    await act(() => {
      engine.cobrowse.control.value = { scopes: ['click', 'navigate'], preempted: false, endsAt: NOW + 65_000 };
    });
    expect(screen.getByText('You control the page: click, open links', { exact: false })).toBeTruthy();
    expect(screen.getByText('01:05 left')).toBeTruthy();
    fireEvent.click(button('Page back'));
    expect(engine.lastArgs('cobrowse.perform')?.[1]).toEqual({ type: 'go', to: 'back' });
    const glass = screen.getByRole('application', { name: 'Page of Marta Ortega, controlled by you' });
    fireEvent.keyDown(glass, { key: 'Escape' });
    expect(engine.lastArgs('cobrowse.releaseControl')).toBeUndefined();
    fireEvent.keyDown(glass, { key: 'Escape' });
    expect(engine.lastArgs('cobrowse.releaseControl')).toEqual([]);
    await act(() => void (engine.cobrowse.control.value = { scopes: [], preempted: false, endsAt: null }));
    expect(screen.getByRole('alert').textContent).toBe('You no longer control the page.');
  });

  it('tells what became of what was done', async () => {
    const { engine } = await showMirror();
    await act(() => void (engine.cobrowse.results.value = RESULTS));
    expect(
      screen.getByText('button “Pay 214.00”: Marta Ortega has been asked.').closest('[role="status"]'),
    ).toBeTruthy();
    fireEvent.click(button('What was done'));
    const log = within(screen.getByRole('region', { name: 'What was done' }));
    expect(log.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
      'Done: button “Continue”',
      'field “Password”: Passwords are for Marta Ortega alone.',
      'Only Marta Ortega’s own hand can press button “Choose file”. They see where.',
      'button “Pay 214.00”: Marta Ortega has been asked.',
    ]);
    await act(() => {
      engine.cobrowse.results.value = RESULTS.map((each) =>
        each.proposal ? { ...each, proposal: { ...each.proposal, state: 'confirmed' as const } } : each,
      );
    });
    expect(log.getByText('button “Pay 214.00”: Marta Ortega confirmed it.')).toBeTruthy();
  });

  it('follows the customer’s tab, or shows another', async () => {
    const { engine } = await showMirror();
    expect(screen.queryByRole('navigation', { name: 'Shared tabs' })).toBeNull();
    await act(() => void (engine.cobrowse.tabs.value = TABS));
    expect(button('Follow Marta Ortega').getAttribute('aria-pressed')).toBe('true');
    expect(button('My bank (paused)')).toBeTruthy();
    fireEvent.click(button('Delivery terms'));
    expect(engine.lastArgs('cobrowse.follow')).toEqual([2]);
    expect(button('Follow Marta Ortega').getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button('Follow Marta Ortega'));
    expect(engine.lastArgs('cobrowse.follow')).toEqual([null]);
  });

  it('looks back with a slider, while nothing can be done', async () => {
    const { mirror } = await showMirror();
    await act(() => mirror.setPast({ lengthMs: 120_000, atMs: 60_000, playing: false }));
    const slider = screen.getByRole('slider', { name: 'Point in time' });
    expect(slider.getAttribute('aria-valuetext')).toBe('01:00 ago');
    expect(button('Play')).toBeTruthy();
    expect(button('Back to live')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('radio', { name: 'Hand' }).disabled).toBe(true);
  });

  it('works by single keys', async () => {
    const { mirror } = await showMirror();
    fireEvent.keyDown(document.body, { key: 'e' });
    expect(mirror.tool.value).toBe('highlight');
    fireEvent.keyDown(document.body, { key: '1' });
    expect(mirror.zoom.value).toBe(1);
    fireEvent.keyDown(document.body, { key: '+' });
    expect(mirror.zoom.value).toBe(1.1);
    fireEvent.keyDown(document.body, { key: '0' });
    expect(mirror.zoom.value).toBe('fit');
  });

  it('takes a press on the page from the moment it can be highlighted', async () => {
    const { mirror } = await showMirror();
    let hits = 0;
    const nothing = async () => null;
    const port: PlayerPort = {
      post() {},
      focused: nothing,
      locate: nothing,
      async hit() {
        hits += 1;
        return null;
      },
    };
    await act(() => mirror.setPort(port));
    await act(() => mirror.noteShown(1));
    // Not in `act`, which would wait for what runs after painting.
    mirror.setTool('highlight');
    await Promise.resolve();
    fireEvent.click(screen.getByRole('application', { name: /^Highlight an element/ }));
    expect(hits).toBe(1);
  });

  it('says that the call is over, and closes', async () => {
    const { engine, closed } = await showMirror();
    await act(() => engine.call.exit());
    expect(screen.getByRole('heading', { name: 'The call has ended' })).toBe(document.activeElement);
    fireEvent.click(button('Close window'));
    expect(closed()).toBe(1);
  });
});

describe('"Start co-browse" in the panel', () => {
  async function showMenu(role: 'expert' | 'customer' = 'expert') {
    const engine = createEngineInCall();
    const identity = engine.desk.identity.value;
    if (identity.kind === 'known') engine.desk.identity.value = { ...identity, role };
    let opened = 0;
    await showPanel({ engine, features: [createCobrowseFeature({ open: () => (opened += 1) })] });
    const items = () => {
      fireEvent.click(button('Options'));
      const names = screen.queryAllByRole('menuitem').map((each) => each.textContent);
      fireEvent.click(button('Options'));
      return names;
    };
    return { engine, items, opened: () => opened };
  }

  it('asks, can be taken back, opens the window by itself and again', async () => {
    const { engine, items, opened } = await showMenu();
    expect(items()).toEqual(['Start co-browse']);
    fireEvent.click(button('Options'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Start co-browse' }));
    expect(engine.lastArgs('cobrowse.ask')).toEqual([]);

    await act(() => {
      engine.cobrowse.state.value = { kind: 'waiting' };
      engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'cobrowse', state: 'waiting' }];
    });
    expect(items()).toEqual(['Take the co-browse request back']);
    fireEvent.click(button('Options'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Take the co-browse request back' }));
    expect(engine.lastArgs('consent.withdraw')).toEqual(['ask-1']);

    await act(() => void (engine.cobrowse.state.value = { kind: 'live', tabId: 1 }));
    expect(opened()).toBe(1);
    expect(items()).toEqual(['Open the shared page']);
    fireEvent.click(button('Options'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open the shared page' }));
    expect(opened()).toBe(2);
    fireEvent.click(button('Open the shared page'));
    expect(opened()).toBe(3);
  });

  it('is not there for a customer', async () => {
    const { items } = await showMenu('customer');
    expect(items()).toEqual([]);
  });
});
