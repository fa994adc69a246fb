import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { press } from '../harness/queries.ts';
import { onEngine, type Seat } from '../harness/seat.ts';
import { forgetMirror, hasMirrored, isLive, mirrors, openShareScene, shareShop, waits } from './share-scene.ts';

/** Performs a verb on the first node that was mirrored with this attribute, and waits for its outcome. */
const perform = (seat: Seat, attribute: string, verb: object) =>
  onEngine(
    seat,
    `async (engine, { attribute, verb }) => {
      const at = globalThis.mirrored.lastIndexOf(attribute);
      const nodeId = Number([...globalThis.mirrored.slice(0, at).matchAll(/"id":(\\d+),/g)].at(-1)?.[1]);
      const epoch = Number([...globalThis.mirrored.matchAll(/snapshot\\{/g)].length);
      const requestId = engine.cobrowse.perform({ tabId: 1, frameId: 0, epoch }, { ...verb, nodeId });
      for (let i = 0; i < 100; i += 1) {
        const found = engine.cobrowse.results.peek().find((result) => result.requestId === requestId);
        if (found) return found.outcome;
        await new Promise((done) => setTimeout(done, 50));
      }
      return null;
    }`,
    { attribute, verb },
  );

test.each(['chrome', 'firefox'] as const)(
  'a page in %s is asked for, allowed, seen, controlled, reloaded and taken back',
  async (browser) => {
    const scene = await openShareScene(browser);
    const { expert, customer, shop } = scene;
    const before = await shop.evaluate(() => document.documentElement.outerHTML);
    const said = await shop.evaluateHandle(() => {
      const said: unknown[] = [];
      addEventListener('message', ({ data }) => said.push(data));
      return said;
    });
    await shareShop(scene);
    expect(await said.jsonValue()).toEqual([]);

    // What changes is there; what nobody may see is not.
    await shop.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<p>changed-now</p><input type="password" value="SECRET-password"><button id="e2e">Press me</button>',
      );
      document.querySelector('#e2e')?.addEventListener('click', () => (document.title = 'Pressed'));
    });
    await mirrors(expert, 'changed-now');
    expect(await hasMirrored(expert, 'SECRET')).toBe(false);

    // Control is another question.
    expect(await perform(expert, '"id":"e2e"', { type: 'click', fx: 0.5, fy: 0.5, count: 1 })).toMatchObject({
      kind: 'refused',
      reason: 'no-grant',
    });
    await onEngine(expert, `(engine) => engine.cobrowse.askControl(['point', 'scroll', 'click'], 0)`);
    await press(customer.page, 'button', 'Allow');
    await waits(expert, 'control', `(engine) => engine.cobrowse.control.peek().scopes.length === 3`);
    expect(await perform(expert, '"id":"e2e"', { type: 'click', fx: 0.5, fy: 0.5, count: 1 })).toMatchObject({
      kind: 'done',
    });
    await waitFor('the press', async () => (await shop.title()) === 'Pressed' || null);

    // A script that writes the page anew takes with it all that was in it and all who listened.
    const layers = () => shop.evaluate(() => document.querySelectorAll('[data-alongside-layer]').length);
    expect(await layers()).toBeGreaterThan(0);
    await shop.evaluate(() => {
      document.open();
      document.write('<h1>Written anew</h1>');
      document.close();
    });
    await mirrors(expert, 'Written anew');
    await waitFor('border and pill', async () => (await layers()) > 0 || null);
    await shop.evaluate(() => document.body.append('changed-anew'));
    await mirrors(expert, 'changed-anew');

    // A reload goes on by itself, in a new epoch.
    await forgetMirror(expert);
    await shop.reload();
    await mirrors(expert, 'Crane & Kettle');
    await isLive(customer);

    // The customer takes it back, and nothing is left in the page.
    await press(customer.page, 'button', 'Stop sharing');
    await waits(expert, 'no tab', `(engine) => engine.cobrowse.tabs.peek().length === 0`);
    await waitFor('a clean page', async () => {
      const after = await shop.evaluate(() => document.documentElement.outerHTML);
      return after === before || null;
    });
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
