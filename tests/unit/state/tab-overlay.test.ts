import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import type { ShownStroke } from '../../../lib/annotation/shown-ink.ts';
import type { ToOverlay } from '../../../lib/overlay/serve-overlay.ts';
import type { ShareState } from '../../../lib/state/share-api.ts';
import type { OverlayPage } from '../../../lib/state/overlay-tab.ts';
import { createTabOverlay, type MirroredTab } from '../../../lib/state/tab-overlay.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { FakeStream, FakeTrack } from '../../fakes/fake-media.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const SURFACE = 'screen:person-marta';
const PICTURE = { width: 1_200, height: 800 };

const stroke = (n: number, author = 'person-ravi', surface = SURFACE): ShownStroke => ({
  key: `${author}:${n}`,
  author,
  n,
  surface,
  shape: { tool: 'pen', colour: '#e5484d', width: 9, seed: 1, points: [1, 1, 1] },
  stay: true,
  releasedAt: 1,
  live: false,
  order: n,
});

const sharing = (tabId: number | null): ShareState => ({
  kind: 'on',
  surface: 'tab',
  hasSound: false,
  tabId,
  stream: new FakeStream([new FakeTrack('video', 'tab', PICTURE)]),
});

async function createScene() {
  const { callee, caller } = await createActiveCall();
  const clock = createManualClock();
  const state = signal<ShareState>({ kind: 'off' });
  const shown = signal<readonly ShownStroke[]>([]);
  const mirrored = signal<readonly MirroredTab[]>([]);
  const injected: number[] = [];
  const stop = vi.fn<() => void>();
  let arrive: (page: OverlayPage) => void = () => {};
  // Nobody is there yet when an engine is made.
  const people = signal<readonly { readonly personId: string; readonly name: string }[]>([]);
  const surface = createTabOverlay({
    call: callee.call,
    clock,
    share: { state, stop },
    mirrored,
    shown,
    self: () => 'person-marta',
    others: () => people.value,
    pages: {
      async inject(tabId) {
        injected.push(tabId);
        return true;
      },
      onPage: (run) => (arrive = run),
    },
    words: {
      status: ({ name }) => ({
        label: 'Alongside',
        direction: 'ltr',
        language: 'en',
        tone: 'seen',
        text: `${name} sees this page`,
        buttons: [
          { id: 'stop-sharing', text: 'Stop sharing', label: 'Stop sharing', isMain: true },
          { id: 'hide-part', text: 'Hide', label: 'Hide a part of this page', isMain: false },
        ],
      }),
    },
  });
  people.value = [{ personId: 'person-ravi', name: 'Ravi' }];
  const open = (tabId: number, isTop = true) => {
    const closed = new AbortController();
    const posts: ToOverlay[] = [];
    let say: (message: unknown) => void = () => {};
    arrive({
      tabId,
      isTop,
      post: (message) => posts.push(message),
      onMessage: (run) => (say = run),
      closed: closed.signal,
    });
    return { posts, say: (message: unknown) => say(message), close: () => closed.abort() };
  };
  return { state, shown, mirrored, injected, stop, surface, open, clock, expert: caller.call };
}

describe('the overlay of a shared tab', () => {
  it('is put into the tab that is shared, and only there', async () => {
    const { state, injected, surface, open } = await createScene();
    state.value = sharing(null);
    expect(injected).toEqual([]);
    state.value = sharing(7);
    expect(injected).toEqual([7]);
    expect(open(8).posts).toEqual([{ type: 'stop' }]);
    expect(open(7, false).posts).toEqual([{ type: 'stop' }]);
    expect(surface.value).toBeNull();
    const { posts } = open(7);
    expect(surface.value).toBe(SURFACE);
    expect(posts[0]).toMatchObject({ type: 'status', names: { 'person-ravi': 'Ravi' } });
    expect(posts[0]).toMatchObject({ status: { text: 'Ravi sees this page', buttons: [{ id: 'stop-sharing' }] } });
  });

  it('is told each stroke once, and what has gone', async () => {
    const { state, shown, open } = await createScene();
    shown.value = [stroke(1), stroke(9, 'person-ravi', 'camera:person-marta')];
    state.value = sharing(7);
    const { posts } = open(7);
    expect(posts.at(-1)).toMatchObject({ type: 'ink', keys: ['person-ravi:1'] });
    const second = stroke(2);
    shown.value = [...shown.value, second];
    expect(posts.at(-1)).toEqual({
      type: 'ink',
      changed: [second],
      keys: ['person-ravi:1', 'person-ravi:2'],
      picture: PICTURE,
    });
    shown.value = [second];
    expect(posts.at(-1)).toEqual({ type: 'ink', changed: [], keys: ['person-ravi:2'], picture: PICTURE });
    const before = posts.length;
    shown.value = [second];
    expect(posts).toHaveLength(before);
  });

  it('is put in again when its page was left, and told everything anew', async () => {
    const { state, shown, open, injected, surface, clock } = await createScene();
    shown.value = [stroke(1)];
    state.value = sharing(7);
    const first = open(7);
    clock.advance(500);
    first.close();
    expect([surface.value, injected]).toEqual([null, [7, 7]]);
    const { posts } = open(7);
    expect(posts.at(-1)).toMatchObject({ type: 'ink', keys: ['person-ravi:1'] });
  });

  it('is not asked for without end where the browser does not allow it', async () => {
    const { state, injected, clock } = await createScene();
    state.value = sharing(7);
    for (let round = 0; round < 60; round++) {
      clock.advance(500);
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(injected.length).toBeLessThanOrEqual(12);
  });

  it('goes with the share', async () => {
    const { state, open, surface } = await createScene();
    state.value = sharing(7);
    const { posts } = open(7);
    state.value = { kind: 'off' };
    expect(posts.at(-1)).toEqual({ type: 'stop' });
    expect(surface.value).toBeNull();
  });

  it('a press in the page ends the share; nothing that a page could make up does anything', async () => {
    const { state, open, stop } = await createScene();
    state.value = sharing(7);
    const page = open(7);
    for (const message of [
      null,
      'pressed',
      { type: 'pressed' },
      { type: 'pressed', button: 'pay' },
      { type: 'painted', author: 5, n: 1 },
    ]) {
      page.say(message);
    }
    expect(stop).not.toHaveBeenCalled();
    page.say({ type: 'pressed', button: 'stop-sharing' });
    expect(stop).toHaveBeenCalledOnce();
  });

  it('whoever drew is told that it is painted there', async () => {
    const { state, open, expert } = await createScene();
    const painted: number[] = [];
    expert.on('ink.painted', ({ n }) => painted.push(n));
    state.value = sharing(7);
    const page = open(7);
    page.say({ type: 'painted', author: 'person-ravi', n: 5 });
    page.say({ type: 'painted', author: 'person-marta', n: 6 });
    await vi.waitFor(() => expect(painted).toEqual([5]));
  });
});

describe('the overlay of a mirrored tab', () => {
  const PAGE = 'page:person-marta-1';
  const MIRRORED = [{ browserTabId: 9, surface: PAGE }];

  it('comes with the first ink on it, without border and pill, and goes with the tab', async () => {
    const { shown, mirrored, injected, open, surface } = await createScene();
    mirrored.value = MIRRORED;
    expect(injected).toEqual([]);
    shown.value = [stroke(1, 'person-ravi', PAGE)];
    expect(injected).toEqual([9]);
    const { posts } = open(9);
    expect(posts).toContainEqual({ type: 'status', status: null, names: { 'person-ravi': 'Ravi' } });
    expect(posts.at(-1)).toMatchObject({ type: 'ink', keys: ['person-ravi:1'] });
    expect(surface.value).toBeNull();

    shown.value = [];
    expect(posts.at(-1)).toMatchObject({ type: 'ink', keys: [] });
    mirrored.value = [];
    expect(posts.at(-1)).toEqual({ type: 'stop' });
  });

  it('is the same one when the tab is shared as a picture, too', async () => {
    const { state, shown, mirrored, injected, open } = await createScene();
    state.value = sharing(9);
    mirrored.value = MIRRORED;
    shown.value = [stroke(1), stroke(2, 'person-ravi', PAGE)];
    expect(injected).toEqual([9]);
    expect(open(9).posts.at(-1)).toMatchObject({ type: 'ink', keys: ['person-ravi:1', 'person-ravi:2'] });
  });
});
