import { describe, expect, test, vi } from 'vitest';
import { decodeToExpert, type ToExpert } from '../../../lib/cobrowse/wire-payload.ts';
import type { FromAgent } from '../../../lib/protocol/cobrowse-port.ts';
import { CLICKED_TAB } from '../../fakes/fake-pages.ts';
import { createScene, frame, SNAPSHOT, told } from './share-scene.ts';

describe('a shared tab', () => {
  test('begins with a yes, and ends with one press', async () => {
    const { allow, pages, model, sees, callee } = await createScene();
    expect(await allow('cobrowse')).toBe('granted');
    const agent = pages.open(CLICKED_TAB);
    expect(await told(agent, 'start')).toMatchObject({ mode: 'strict', paused: false, epoch: 0 });
    agent.says(SNAPSHOT);
    expect(await sees('snapshot')).toMatchObject({ tabId: 1, frameId: 0, epoch: 1 });
    await sees('tabs', ({ tabs }) => tabs[0]?.state === 'live');
    model.stop();
    await told(agent, 'stop');
    await sees('tabs', ({ tabs }) => tabs.length === 0);
    expect(callee.call.phase.peek().kind).toBe('active');
  });

  test('is not there without the browser’s leave', async () => {
    const { allow, pages, model, onRefused } = await createScene();
    pages.door = 'refused';
    expect(await allow('cobrowse')).toBe('unavailable');
    expect(onRefused).toHaveBeenCalledOnce();
    expect(model.tabs.peek()).toEqual([]);
  });

  test('that was not shared says nothing, whatever its agent sends', async () => {
    const { pages, seen } = await createScene();
    const agent = pages.open(7);
    await Promise.resolve();
    agent.says(SNAPSHOT);
    expect(agent.told).toEqual([]);
    expect(seen.filter(({ kind }) => kind !== 'tabs')).toEqual([]);
  });

  test('goes on after a reload, with epochs that only grow', async () => {
    const { allow, pages, model, clock } = await createScene();
    await allow('cobrowse');
    const first = pages.open(CLICKED_TAB);
    await told(first, 'start');
    first.says({ ...SNAPSHOT, epoch: 5 } as FromAgent);
    first.leave();
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'loading' });
    clock.advance(100);
    await vi.waitUntil(() => pages.injected.length === 2);
    const second = pages.open(CLICKED_TAB);
    expect(await told(second, 'start')).toMatchObject({ epoch: 5 });
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'live' });
  });

  test('names the sites that it could not enter, and enters them when it may; the right is given back in the end', async () => {
    const { allow, pages, model } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const frame = pages.open(CLICKED_TAB, { isTop: false, origin: 'https://maps.example' });
    await told(frame, 'start');
    agent.says({ type: 'barred', sites: ['https://chat.example', ''] });
    frame.says({ type: 'barred', sites: ['https://chat.example', 'https://ads.example'] });
    expect(model.tabs.peek()[0]?.barredSites).toEqual(['https://chat.example', 'https://ads.example']);
    frame.leave();
    expect(model.tabs.peek()[0]?.barredSites).toEqual(['https://chat.example']);
    model.enterSites(1, ['https://chat.example']);
    expect(pages.injected.at(-1)).toBe(CLICKED_TAB);
    model.stop();
    expect(pages.forgotten).toContain('https://chat.example');
  });

  test('names the sites of pictures and styles that may not be read, and has them asked for again when they may', async () => {
    const { allow, pages, model, seen, sees } = await createScene();
    pages.read = async (address) => (address.endsWith('gone') ? null : 'barred');
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const fetch = (kind: 'image' | 'style' | 'font', address: string) =>
      agent.says({ type: 'fetch', hash: 'a'.repeat(64), kind, address });
    fetch('image', 'https://pictures.example/a');
    fetch('style', 'https://styles.example/a');
    fetch('image', 'https://nowhere.example/gone');
    fetch('font', 'https://fonts.example/a');
    const sites = ['https://pictures.example', 'https://styles.example'];
    await vi.waitUntil(() => model.tabs.peek()[0]?.barredSites.length === 2);
    expect(model.tabs.peek()[0]?.barredSites).toEqual(sites);
    await sees('tabs');
    await vi.waitUntil(() => JSON.stringify(seen.at(-1)).includes('"partial":true'));
    expect(JSON.stringify(seen)).not.toContain('styles.example');
    model.enterSites(1, sites);
    expect(await told(agent, 'snapshot')).toEqual({ type: 'snapshot', isOwn: true });
    expect(model.tabs.peek()[0]?.barredSites).toEqual([]);
    // Another page may be without them.
    fetch('image', 'https://pictures.example/a');
    await vi.waitUntil(() => model.tabs.peek()[0]?.barredSites.length === 1);
    agent.leave();
    expect(model.tabs.peek()[0]?.barredSites).toEqual([]);
  });

  test('asks again on a new site: once is for this visit', async () => {
    const { allow, pages, model, sees } = await createScene();
    await allow('cobrowse');
    pages.open(CLICKED_TAB).leave();
    const elsewhere = pages.open(CLICKED_TAB, { origin: 'https://b.example', address: 'https://b.example/x' });
    await vi.waitUntil(() => model.tabs.peek()[0]?.state.kind === 'asking');
    await sees('pause', ({ reason }) => reason === 'new-origin');
    expect(elsewhere.told).toEqual([]);
    model.answerSite(1, 'once');
    await told(elsewhere, 'start');
    elsewhere.leave();
    const back = pages.open(CLICKED_TAB);
    await told(back, 'start');
    back.leave();
    pages.open(CLICKED_TAB, { origin: 'https://b.example' });
    await vi.waitUntil(() => model.tabs.peek()[0]?.state.kind === 'asking');
    model.answerSite(1, 'never');
    expect(model.tabs.peek()).toEqual([]);
  });

  test('gives the rights to sites back that were allowed for the call', async () => {
    const { allow, pages, model } = await createScene();
    await allow('cobrowse');
    pages.open(CLICKED_TAB).leave();
    pages.open(CLICKED_TAB, { origin: 'https://b.example', address: 'https://b.example/' });
    await vi.waitUntil(() => model.tabs.peek()[0]?.state.kind === 'asking');
    model.answerSite(1, 'session');
    expect(pages.forgotten).toEqual([]);
    model.stop();
    expect(pages.forgotten).toEqual(['https://a.example', 'https://b.example']);
  });

  test('of which nothing can be seen stays so, whatever its frames say, until there is something to see', async () => {
    const { allow, pages, model } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const state = () => model.tabs.peek()[0]?.state;
    agent.says({ type: 'unmirrorable', reason: 'too-large' });
    const inner = pages.open(CLICKED_TAB, { isTop: false });
    await told(inner, 'start');
    inner.says(SNAPSHOT);
    expect(state()).toEqual({ kind: 'unmirrorable', reason: 'too-large' });
    agent.says(SNAPSHOT);
    expect(state()).toEqual({ kind: 'live' });
  });

  test('that the extension may not enter any more is asked about, and found when it may', async () => {
    const { allow, pages, model, clock } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    pages.door = 'refused';
    agent.leave();
    await vi.waitUntil(() => {
      clock.advance(1_000);
      return model.tabs.peek()[0]?.state.kind === 'asking';
    });
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'asking', origin: '', isBarred: true });
    // The browser tells where the tab is that the icon was pressed on.
    pages.behind = 'https://a.example';
    model.answerSite(1, 'once');
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(model.tabs.peek()[0]?.state).toMatchObject({ kind: 'asking', origin: 'https://a.example' });
    });
    pages.door = 'gone';
    await vi.waitUntil(() => {
      clock.advance(1_000);
      return model.tabs.peek().length === 0;
    });
  });

  test('is asked about by name where the page has said where it goes; that the browser says no there leaves it to the icon', async () => {
    const { allow, pages, model, clock } = await createScene();
    const asksFor = (origin: string, isBarred: boolean) =>
      vi.waitFor(() => {
        clock.advance(1_000);
        expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'asking', origin, isBarred });
      });
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const frame = pages.open(CLICKED_TAB, { isTop: false, origin: 'https://maps.example' });
    await told(frame, 'start');
    agent.says({ type: 'leaving', origin: 'https://b.example' });
    frame.says({ type: 'leaving', origin: 'https://forged.example' });
    pages.door = 'refused';
    agent.leave();
    await asksFor('https://b.example', true);
    model.answerSite(1, 'once');
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'loading' });
    // It was led on to yet another site.
    await asksFor('', true);
    const elsewhere = pages.open(CLICKED_TAB, { origin: 'https://c.example', address: 'https://c.example/' });
    await asksFor('https://c.example', false);
    expect(elsewhere.told).toEqual([]);
    model.stop();
    expect(pages.forgotten).toContain('https://b.example');
  });

  test('frames of other origins hang where their parent says', async () => {
    const { allow, pages, sees } = await createScene();
    await allow('cobrowse');
    const top = pages.open(CLICKED_TAB);
    const child = pages.open(CLICKED_TAB, { isTop: false, token: 'childtoken1', origin: 'https://c.example' });
    await told(child, 'start');
    top.says({ type: 'child', token: 'childtoken1', epoch: 1, nodeId: 9 });
    expect(await sees('frame')).toMatchObject({ frameId: 1, payload: { parent: { frameId: 0, epoch: 1, nodeId: 9 } } });
    child.leave();
    await sees('frame', ({ parent }) => parent === null);
  });

  test('pauses with the customer, with the call and by itself, and says why', async () => {
    const { allow, pages, model, sees, seen, callee } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    model.setPaused(true);
    expect(await told(agent, 'pause')).toMatchObject({ on: true });
    await sees('pause', ({ reason }) => reason === 'customer');
    agent.says(frame('events', { events: [] }));
    model.setPaused(false);
    callee.call.setPaused(true);
    await sees('pause', ({ reason }) => reason === 'call-paused');
    callee.call.setPaused(false);
    agent.says({ type: 'sensitive', reason: 'payment' });
    await sees('pause', ({ reason }) => reason === 'sensitive-page');
    model.resumeTab(1);
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'live' });
    agent.says({ type: 'sensitive', reason: 'payment' });
    expect(model.tabs.peek()[0]?.state).toEqual({ kind: 'live' });
    expect(seen.filter(({ kind }) => kind === 'events')).toEqual([]);
  });

  test('is not believed to be there by an expert whom an engine without it comes back to', async () => {
    const { network, expert } = await createScene();
    const told: ToExpert[] = [];
    expert.subscribe((channel) =>
      channel?.onFrame((frame) => {
        const decoded = decodeToExpert(frame);
        if (decoded.ok) told.push(decoded.value);
      }),
    );
    network.cut();
    await vi.waitUntil(() => told.some((frame) => frame.kind === 'tabs' && frame.payload.tabs.length === 0));
  });

  test('tells a late screen everything again', async () => {
    const { allow, pages, asks } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    asks({ kind: 'resync', tabId: 0, frameId: 0, epoch: 0, payload: { reason: 'joined', whole: true } });
    await told(agent, 'snapshot');
  });

  test('"See what they see" gets the very frames', async () => {
    const { allow, pages, model } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const own: string[] = [];
    model.watchSent(
      { show: (message) => message.type === 'stream' && own.push(message.frame.kind) },
      new AbortController().signal,
    );
    await told(agent, 'snapshot');
    agent.says(SNAPSHOT);
    expect(own).toContain('snapshot');
  });
});

describe('the page that a yes would show', () => {
  test('is the one the icon was pressed on, with what the rules say of it, as long as somebody looks', async () => {
    const { pages, model, rules, clock } = await createScene();
    rules.value = { own: [{ pages: 'https://a.example/', mode: 'assist' }], desk: [] };
    const looking = new AbortController();
    model.watchOffered(looking.signal);
    await vi.waitUntil(() => model.offered.peek() !== null);
    expect(model.offered.peek()).toEqual({
      title: 'Checkout',
      address: 'https://a.example/checkout',
      mode: 'assist',
      mayAssist: true,
    });
    rules.value = { own: [], desk: [{ pages: 'https://**', mode: 'strict' }] };
    clock.advance(500);
    await vi.waitUntil(() => model.offered.peek()?.mayAssist === false);
    pages.lent = null;
    clock.advance(500);
    await vi.waitUntil(() => model.offered.peek() === null);
    looking.abort();
  });

  test('is shared in the mode that was chosen with the yes, and only its site is', async () => {
    const { allow, pages, model } = await createScene();
    model.setOfferMode('assist');
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    expect(await told(agent, 'start')).toMatchObject({ mode: 'assist' });
    agent.leave();
    const elsewhere = pages.open(CLICKED_TAB, { origin: 'https://b.example', address: 'https://b.example/' });
    await vi.waitUntil(() => model.tabs.peek()[0]?.state.kind === 'asking');
    model.answerSite(1, 'session');
    expect(await told(elsewhere, 'start')).toMatchObject({ mode: 'strict' });
  });

  test('obeys rules that change while it is seen', async () => {
    const { allow, pages, rules } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    expect(await told(agent, 'start')).toMatchObject({ hide: [], mask: [] });
    rules.value = {
      own: [{ pages: 'https://a.example/', allow: ['.city'] }],
      desk: [{ pages: 'https://*.example/', hide: ['.staff'] }],
    };
    expect(await told(agent, 'rules')).toMatchObject({ mode: 'strict', hide: ['.staff'], allow: ['.city'] });
  });

  test('is sent on when the page that shows it to the customer has gone', async () => {
    const { allow, pages, model, sees } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const show = vi.fn<() => void>(() => {
      throw new TypeError("can't access dead object");
    });
    model.watchSent({ show }, new AbortController().signal);
    agent.says(SNAPSHOT);
    agent.says(frame('events', { events: [] }));
    await sees('events');
    expect(show).toHaveBeenCalledOnce();
  });

  test('lends its pictures to the customer’s own screen without sending them', async () => {
    const { allow, pages, model, asks, caller } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const [own, theirs] = ['a'.repeat(64), 'b'.repeat(64)];
    const shown: string[] = [];
    model.watchSent(
      { show: (message) => message.type === 'asset' && shown.push(message.hash) },
      new AbortController().signal,
    );
    const sent: Uint8Array[] = [];
    caller.call.link.peek()?.bulk.onBytes((bytes) => sent.push(bytes));
    model.wantSent(1, [own]);
    expect(await told(agent, 'want')).toEqual({ type: 'want', hashes: [own] });
    asks({ kind: 'want', tabId: 1, frameId: 0, epoch: 1, payload: { hashes: [theirs] } });
    await vi.waitUntil(() => agent.told.filter(({ type }) => type === 'want').length === 2);
    for (const hash of [own, theirs]) agent.says({ type: 'asset', hash, mime: 'image/webp', base64: btoa('picture') });
    await vi.waitUntil(() => sent.length > 0);
    expect(shown).toEqual([own, theirs]);
    expect(sent).toHaveLength(1);
  });

  test('lets nothing of a picture’s file through but the picture', async () => {
    const { allow, pages, model } = await createScene();
    await allow('cobrowse');
    const agent = pages.open(CLICKED_TAB);
    await told(agent, 'start');
    const shown: unknown[] = [];
    model.watchSent(
      { show: (message) => message.type === 'asset' && shown.push(message) },
      new AbortController().signal,
    );
    const [good, bad] = ['a'.repeat(64), 'b'.repeat(64)];
    const { clean } = pages;
    pages.clean = async (mime, file) => (mime === 'image/bad' ? null : clean(mime, file));
    model.wantSent(1, [good, bad]);
    agent.says({ type: 'file', hash: bad, mime: 'image/bad', base64: btoa('!picture') });
    agent.says({ type: 'file', hash: good, mime: 'image/gif', base64: btoa('!picture') });
    await vi.waitUntil(() => shown.length > 0);
    expect(shown).toEqual([
      { type: 'asset', hash: good, mime: 'image/gif', bytes: new TextEncoder().encode('picture') },
    ]);
  });
});
