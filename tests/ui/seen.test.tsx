import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createSeenFeature } from '../../components/seen-feature.tsx';
import type { SharedTabView } from '../../lib/state/cobrowse-share-api.ts';
import { createFakeShare, LIVE_TAB } from '../fakes/fake-share.ts';
import { NOW } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

async function showSeen(tabs: readonly SharedTabView[] = [LIVE_TAB]) {
  const engine = createEngineInCall();
  engine.desk.identity.value = { kind: 'none' };
  const share = createFakeShare();
  share.tabs.value = tabs;
  engine.cobrowseShare = share;
  const askForSite = vi.fn<(...origins: string[]) => Promise<boolean>>(async () => true);
  const features = [createBasicFeature({}), createSeenFeature({ askForSite, playerHref: 'about:blank' })];
  const shown = await showPanel({ engine, features });
  const calls = (name: string) => share.verbs.filter((verb) => verb.name === name).map(({ args }) => args);
  return { ...shown, share, askForSite, calls };
}

const region = () => within(screen.getByRole('region', { name: 'What is seen' }));
const press = (name: string | RegExp) => fireEvent.click(region().getByRole('button', { name }));
const open = () => press('Details');

describe('what is seen', () => {
  it('is not there while nothing is', async () => {
    await showSeen([]);
    expect(screen.queryByRole('region', { name: 'What is seen' })).toBeNull();
  });

  it('says who sees what, in one line', async () => {
    const { share } = await showSeen();
    const now = () => region().getAllByRole('status')[0]?.textContent;
    expect(now()).toBe('Marta Ortega sees “Checkout”');
    const control = { scopes: ['point', 'click'] as const, name: 'Marta Ortega', until: null, preempted: false };
    void act(() => void (share.control.value = control));
    expect(now()).toBe('Marta Ortega may use your page');
    void act(() => void (share.control.value = null));
    void act(() => void (share.tabs.value = [LIVE_TAB, { ...LIVE_TAB, tabId: 2 }]));
    expect(now()).toBe('Marta Ortega sees 2 pages');
    press('Pause sharing');
    expect(now()).toBe('Paused: Marta Ortega sees nothing new');
    expect(region().getByRole('button', { name: 'Pause sharing' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('is taken back by one press, all of it or one page', async () => {
    const { calls } = await showSeen([LIVE_TAB, { ...LIVE_TAB, tabId: 2, title: 'Cart' }]);
    press('Stop sharing');
    expect(calls('stop')).toHaveLength(1);
    open();
    press('Stop sharing: Cart');
    expect(calls('stopTab')).toEqual([[2]]);
  });

  it.each<[SharedTabView['state'], string]>([
    [{ kind: 'live' }, 'Live'],
    [{ kind: 'loading' }, 'Loading…'],
    [{ kind: 'paused', reason: 'customer' }, 'Paused by you'],
    [{ kind: 'paused', reason: 'call-paused' }, 'Paused with the call'],
    [{ kind: 'paused', reason: 'sensitive-page' }, 'Paused by itself: this page looks private'],
    [{ kind: 'unmirrorable', reason: 'pdf' }, 'Can’t be shown: a PDF'],
    [{ kind: 'unmirrorable', reason: 'too-large' }, 'Can’t be shown: the page is too large'],
  ])('tells how a page is: %j', async (state, words) => {
    await showSeen([{ ...LIVE_TAB, state }]);
    open();
    expect(within(region().getByRole('list', { name: 'Shared pages' })).getByText(words)).toBeTruthy();
  });

  it('goes on with a page that paused by itself', async () => {
    const { calls } = await showSeen([{ ...LIVE_TAB, state: { kind: 'paused', reason: 'sensitive-page' } }]);
    open();
    press('Go on');
    expect(calls('resumeTab')).toEqual([[1]]);
  });

  it('hides a part, shows it again, and counts what is masked', async () => {
    const { calls, share } = await showSeen();
    open();
    press('Hide a part of this page');
    expect(calls('pickPart')).toEqual([[1, true]]);
    void act(() => void (share.tabs.value = [{ ...LIVE_TAB, isPicking: true, hiddenCount: 2 }]));
    expect(region().getByText(/Press the part in the page/)).toBeTruthy();
    press('Hide a part of this page');
    expect(calls('pickPart')[1]).toEqual([1, false]);
    expect(region().getByText('2 parts hidden by you')).toBeTruthy();
    press('Show again');
    expect(calls('showHidden')).toEqual([[1]]);
    expect(region().getByText('4 fields or parts masked')).toBeTruthy();
    press('Show what is masked');
    expect(calls('setTinting')).toEqual([[true]]);
  });

  it('offers what is in the page of other sites, in the very task of the press', async () => {
    const { calls, share, askForSite } = await showSeen();
    expect(region().queryByText(/^Parts of it are not seen/)).toBeNull();
    const barredSites = ['https://maps.example', 'https://chat.example'];
    void act(() => void (share.tabs.value = [{ ...LIVE_TAB, barredSites }]));
    expect(region().getByText('Parts of it are not seen: see Details.')).toBeTruthy();
    expect(region().queryByRole('button', { name: 'Show them, too' })).toBeNull();
    open();
    expect(region().queryByText(/^Parts of it are not seen/)).toBeNull();
    expect(
      region().getByText('Not seen by Marta Ortega: the parts of this page from maps.example, chat.example.'),
    ).toBeTruthy();
    askForSite.mockResolvedValueOnce(false);
    press('Show them, too');
    expect(askForSite).toHaveBeenCalledWith(...barredSites);
    press('Show them, too');
    await vi.waitFor(() => expect(calls('enterSites')).toEqual([[1, barredSites]]));
  });

  it('changes how fields are shown, unless the desk wants strict', async () => {
    const { calls, share } = await showSeen();
    open();
    fireEvent.click(region().getByRole('radio', { name: 'Assist' }));
    expect(calls('setMode')).toEqual([[1, 'assist']]);
    void act(() => void (share.tabs.value = [{ ...LIVE_TAB, mayAssist: false }]));
    expect(region().getByRole<HTMLInputElement>('radio', { name: 'Assist' }).disabled).toBe(true);
  });

  it('shows what they see, in the page that draws it for them', async () => {
    await showSeen();
    open();
    press('See what they see');
    const frame = region().getByTitle('What Marta Ortega sees, live');
    expect(frame.getAttribute('src')).toBe('about:blank');
    press('See what they see');
    expect(region().queryByTitle('What Marta Ortega sees, live')).toBeNull();
  });

  it('lists what was done, newest first, in words', async () => {
    const { share } = await showSeen();
    share.log.value = [
      { at: NOW - 2_000, what: 'clicked', label: 'button “Continue”' },
      { at: NOW, what: 'scrolled', label: '' },
    ];
    open();
    const items = within(region().getByRole('list', { name: 'What was done in your page' })).getAllByRole('listitem');
    expect(items.map(({ lastChild }) => lastChild?.textContent)).toEqual([
      'Scrolled the page',
      'Clicked button “Continue”',
    ]);
  });
});

describe('a new site', () => {
  const asking = (origin: string, isBarred = false): SharedTabView => ({
    ...LIVE_TAB,
    title: '',
    state: { kind: 'asking', origin, isBarred },
  });

  it('is not folded away, and is allowed once without the browser', async () => {
    const { calls, askForSite } = await showSeen([asking('https://b.example')]);
    expect(region().getByText('Show b.example to Marta Ortega?')).toBeTruthy();
    press('Once');
    expect(calls('answerSite')).toEqual([[1, 'once']]);
    press('Never');
    expect(calls('answerSite')[1]).toEqual([1, 'never']);
    expect(askForSite).not.toHaveBeenCalled();
  });

  it.each([
    [true, 'session'],
    [false, 'once'],
  ] as const)('for the call asks the browser in the very task of the press (%s)', async (isGiven, answer) => {
    const { calls, askForSite } = await showSeen([asking('https://b.example')]);
    askForSite.mockResolvedValue(isGiven);
    press('For this call');
    expect(askForSite).toHaveBeenCalledWith('https://b.example');
    await vi.waitFor(() => expect(calls('answerSite')).toEqual([[1, answer]]));
  });

  it.each(['Once', 'For this call'])(
    'that the extension may not enter is asked about by the browser, too (%s)',
    async (name) => {
      const { calls, askForSite } = await showSeen([asking('https://b.example', true)]);
      askForSite.mockResolvedValue(false);
      press(name);
      await vi.waitFor(() => expect(askForSite).toHaveBeenCalledWith('https://b.example'));
      askForSite.mockResolvedValue(true);
      press(name);
      await vi.waitFor(() => expect(calls('answerSite')).toEqual([[1, name === 'Once' ? 'once' : 'session']]));
    },
  );

  it('that the browser does not name needs the icon', async () => {
    await showSeen([asking('')]);
    expect(region().getByText(/Press the Alongside icon on it/)).toBeTruthy();
    expect(region().queryByRole('button', { name: 'Once' })).toBeNull();
  });
});

describe('control', () => {
  it('says what, until when, and whose hand goes first; one press ends it', async () => {
    const { share, now, calls } = await showSeen();
    share.control.value = {
      scopes: ['point', 'scroll', 'click'],
      name: 'Marta Ortega',
      until: NOW + 120_000,
      preempted: true,
    };
    open();
    const control = within(region().getByRole('region', { name: 'Control of your page' }));
    expect(control.getByText('Marta Ortega may: point, scroll, click')).toBeTruthy();
    expect(control.getByText('For another 2 min')).toBeTruthy();
    expect(control.getByText('Your own hand goes first')).toBeTruthy();
    void act(() => void (now.value = NOW + 90_000));
    expect(control.getByText('For another 30 sec')).toBeTruthy();
    press('Stop control');
    expect(calls('stopControl')).toHaveLength(1);
  });

  it('asks about what the expert may not press', async () => {
    const { share, calls } = await showSeen();
    const proposal = { key: '1:4', name: 'Marta Ortega', kind: 'pay', label: 'button “Pay”' } as const;
    void act(() => void (share.proposals.value = [proposal]));
    const group = within(screen.getByRole('group', { name: 'Marta Ortega proposes: press button “Pay”' }));
    expect(group.getByText('This pays.')).toBeTruthy();
    fireEvent.click(group.getByRole('button', { name: 'Don’t press' }));
    fireEvent.click(group.getByRole('button', { name: 'Press it' }));
    expect(calls('answerProposal')).toEqual([
      ['1:4', false],
      ['1:4', true],
    ]);
  });
});

describe('an offer', () => {
  const menu = () => fireEvent.click(screen.getByRole('button', { name: 'Options' }));

  it('shows the page before it is shared, in the mode that is chosen', async () => {
    const { calls } = await showSeen([]);
    menu();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Share this page for co-browsing' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Share this page for co-browsing' }));
    expect(dialog.getByText('https://shop.example/checkout')).toBeTruthy();
    fireEvent.click(dialog.getByRole('radio', { name: 'Assist' }));
    fireEvent.click(dialog.getByRole('button', { name: 'Share page' }));
    expect(calls('setOfferMode')).toEqual([['assist']]);
    expect(calls('offerTab')).toHaveLength(1);
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says when there is no page, and when the browser refuses', async () => {
    const { share } = await showSeen([]);
    share.offered.value = null;
    menu();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Share this page for co-browsing' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Share page' }).disabled).toBe(true);
    expect(dialog.getByText(/press the Alongside icon/)).toBeTruthy();
    void act(
      () => void (share.offered.value = { title: 'A', address: 'https://a.example/', mode: 'strict', mayAssist: true }),
    );
    share.offerTab = async () => false;
    fireEvent.click(dialog.getByRole('button', { name: 'Share page' }));
    await vi.waitFor(() => expect(dialog.getByText(/does not let this page be shown/)).toBeTruthy());
  });

  it('is the customer’s: an expert has no such entry', async () => {
    const { engine } = await showSeen([]);
    void act(() => {
      engine.desk.identity.value = {
        kind: 'known',
        personId: 'person-me',
        name: 'Ravi',
        role: 'expert',
        deskName: 'D',
        deskUrl: 'https://desk.example',
      };
    });
    menu();
    expect(screen.queryByRole('menuitem', { name: /Share this page/ })).toBeNull();
  });
});
