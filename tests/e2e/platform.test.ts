import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from './harness/deadline.ts';
import { byRole, press } from './harness/queries.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, signIn } from './harness/seat.ts';

async function openPanel() {
  const desk = await startDesk({ port: 0 });
  const scene = createScene();
  scene.onLeave(() => desk.close());
  const expert = await scene.enter('Eva Expert', { browser: 'chrome', extension: true });
  const panel = await expert.openPanel(await expert.open(`${desk.url}/shop?secret=1#part`));
  const seat = await extensionSeat(expert, panel);
  await signIn(seat, desk.invite('expert', 'Eva Expert'));
  return { desk, expert, panel, seat };
}

const showsStatus = (page: Page, status: string) => byRole(page, 'button', `Status: ${status}`);

test('two views show the same engine', async () => {
  const { expert, panel } = await openPanel();
  // The same page that a second window's panel would be.
  const second = await expert.openExtensionPage('sidepanel');
  await showsStatus(second, 'Available');
  await press(second, 'button', /^Status/);
  await press(second, 'menuitemradio', 'Away');
  await Promise.all([showsStatus(second, 'Away'), showsStatus(panel, 'Away')]);
});

test('when the engine’s page goes, it is made again, signed in, and open views find it', async () => {
  const { expert, panel } = await openPanel();
  await showsStatus(panel, 'Available');
  const room = await expert.extensionPage('offscreen');
  await room.evaluate(() => window.close());
  await waitFor('the engine room to go', async () => room.isClosed() || null);
  await expert.extensionPage('offscreen');
  await showsStatus(panel, 'Available');
});

test('of the tab in front only what may be told leaves the background: title and address without query', async () => {
  const { desk, seat } = await openPanel();
  const facts = await seat.room.evaluate(
    `chrome.runtime.sendMessage({ to: 'background', type: 'tab.facts', data: null })`,
  );
  expect(facts).toMatchObject({ address: `${desk.url}/shop` });
});
