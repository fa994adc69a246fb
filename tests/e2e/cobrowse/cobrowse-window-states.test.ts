import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, hasText, press } from '../harness/queries.ts';
import { onEngine } from '../harness/seat.ts';
import { openCall } from '../ink/pair.ts';
import { mirrorShows, shopOf, startCobrowse } from './mirror-window.ts';

test('tabs, pauses, another page and the end are each said, with what can be done', async () => {
  const { expert, customer, desk } = await openCall('chrome', 'chrome');
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'Crane & Kettle');

  await onEngine(customer, '(engine) => engine.cobrowseShare.setPaused(true)');
  await hasText(window, 'status', 'Carla Customer has paused the page');
  await onEngine(customer, '(engine) => engine.cobrowseShare.setPaused(false)');
  await hasText(window, 'status', 'Live');

  // Another page of the same site comes by itself.
  const shop = await shopOf(customer);
  await shop.goto(`${desk.url}/shop/cart.html`);
  await waitFor('the other address', async () => {
    const address = await byRole(window, 'region', 'Page and address');
    return (await address.evaluate((node) => node.textContent ?? '')).includes('/shop/cart.html') || null;
  });

  // A second tab: the strip appears, the customer's own tab is followed, and another one can be chosen.
  const second = await customer.person.open(`${desk.url}/shop`);
  await second.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<p>second-tab</p>'));
  await customer.person.openPanel(second);
  await onEngine(customer, '(engine) => engine.cobrowseShare.offerTab()');
  await byRole(window, 'navigation', 'Shared tabs');
  await mirrorShows(window, 'second-tab');
  await shop.bringToFront();
  await waitFor('the first tab to be followed', async () => {
    const address = await byRole(window, 'region', 'Page and address');
    return (await address.evaluate((node) => node.textContent ?? '')).includes('/shop/cart.html') || null;
  });

  await onEngine(customer, '(engine) => engine.cobrowseShare.stop()');
  await hasText(window, 'status', 'No page is shared');
  await press(window, 'button', 'Start co-browse');
  await hasText(window, 'status', 'Waiting for Carla Customer');
  await press(customer.page, 'button', 'Don’t allow');
  await hasText(window, 'status', 'Carla Customer doesn’t want to share a page');
  expect(expert.person.log.errors).toEqual([]);
});

test('Firefox looks at a page in Chromium', async () => {
  const { expert, customer } = await openCall('firefox', 'chrome');
  const shop = await shopOf(customer);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'Crane & Kettle');
  await shop.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p>changed-now</p>'));
  await mirrorShows(window, 'changed-now');
  await hasText(window, 'status', 'Live');
  await press(window, 'button', 'Exit');
  await byRole(window, 'heading', 'The call has ended');
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
