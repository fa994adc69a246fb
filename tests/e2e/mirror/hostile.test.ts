import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { hostileDrawing, hostileStream } from './lab/hostile-stream.ts';
import { type Lab, openLab } from './lab/lab.ts';
import { type LabServer, serve } from './lab/serve.ts';

let lab: Lab;
let trap: LabServer;
beforeAll(async () => {
  lab = await openLab();
});
beforeEach(async () => {
  trap = await serve(null);
});
afterEach(() => trap.close());
afterAll(() => lab.close());

/** Whatever would have been asked for has been by now: an absence can only be waited for. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let i = 0; i < 30; i += 1) await new Promise((done) => setTimeout(done, 50));
  });

describe.each(['chrome', 'firefox'] as const)('a hostile stream in %s', (name) => {
  test('does harm where nothing stands against it', async () => {
    const { snapshot, events } = hostileStream(trap.origin, 'without what breaks rrweb');
    const stage = await lab.stage(name);
    await stage.evaluate((all) => globalThis.stage.feedPlain(all), [...snapshot, ...events]);
    await waitFor('requests', async () => (new Set(trap.requests).size > 20 ? true : null));
    await stage.close();
  });

  test('asks nobody for anything and runs nothing in the player', async () => {
    const { snapshot, events } = hostileStream(trap.origin);
    const stage = await lab.stage(name);
    await stage.evaluate((first) => globalThis.stage.feed('snapshot', 1, first), snapshot);
    for (const event of events) await stage.evaluate((one) => globalThis.stage.feed('events', 1, [one]), event);
    await waitFor('the page to be shown', () =>
      stage.evaluate(
        () => (globalThis.stage.mirror()?.contentDocument?.querySelectorAll('*').length ?? 0) > 60 || null,
      ),
    );
    await settled(stage);
    expect(trap.requests).toEqual([]);
    expect(trap.connections()).toBe(0);
    expect(await stage.title()).toBe('Stage');
    expect(await stage.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    const inside = await stage.evaluate(() => {
      const frame = globalThis.stage.mirror();
      return { sandbox: frame?.getAttribute('sandbox'), title: frame?.ownerDocument.title };
    });
    expect(inside).toEqual({ sandbox: 'allow-same-origin', title: 'Mirror' });
    await stage.close();
  });

  test('asks nobody for anything by the sanitiser alone, without a policy', async () => {
    const { snapshot, events } = hostileStream(trap.origin);
    const stage = await lab.stage(name);
    await stage.evaluate((first) => globalThis.stage.feedBare('snapshot', 1, first), snapshot);
    for (const event of events) await stage.evaluate((one) => globalThis.stage.feedBare('events', 1, [one]), event);
    const count = await stage.evaluate(
      () =>
        document.querySelector<HTMLIFrameElement>('body > .replayer-wrapper iframe')?.contentDocument?.images.length,
    );
    expect(count).toBeGreaterThan(5);
    await settled(stage);
    expect(trap.requests).toEqual([]);
    expect(trap.connections()).toBe(0);
    expect(await stage.title()).toBe('Stage');
    await stage.close();
  });

  test('a drawing of which parts are used is drawn, and asks nobody for anything', async () => {
    const hash = 'a'.repeat(64);
    const el = (id: number, tagName: string, attributes: object, childNodes: readonly unknown[]) => ({
      ...{ type: 2, id, tagName, attributes, childNodes },
      ...(/^(?:svg|use)$/.test(tagName) && { isSVG: true }),
    });
    const use = el(5, 'use', { href: `asset:${hash}#part`, width: '40', height: '40' }, []);
    const html = el(2, 'html', {}, [el(3, 'body', {}, [el(4, 'svg', { width: '40', height: '40' }, [use])])]);
    const snapshot = [
      { type: 4, timestamp: 1, data: { href: 'https://a.example/', width: 300, height: 200 } },
      {
        type: 2,
        timestamp: 1,
        data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } },
      },
    ];
    const stage = await lab.stage(name);
    await stage.evaluate((first) => globalThis.stage.feed('snapshot', 1, first), snapshot);
    await stage.evaluate(
      (hash, text) =>
        globalThis.stage.post({ type: 'asset', hash, mime: 'image/svg+xml', bytes: new TextEncoder().encode(text) }),
      hash,
      hostileDrawing(trap.origin),
    );
    const box = () =>
      stage.evaluate(() => {
        const use = globalThis.stage.mirror()?.contentDocument?.querySelector('use');
        return use ? use.getBBox().width : 0;
      });
    await waitFor('the part to be drawn', async () => (await box()) === 40 || null);
    await settled(stage);
    expect(trap.requests).toEqual([]);
    expect(trap.connections()).toBe(0);
    expect(await stage.title()).toBe('Stage');
    await stage.close();
  });
});
