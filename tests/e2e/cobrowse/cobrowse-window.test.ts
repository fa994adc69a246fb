import { expect, test } from 'vitest';
import { byRole, hasText, press } from '../harness/queries.ts';
import { openCall } from '../ink/pair.ts';
import { mirrorShows, shopOf, startCobrowse } from './mirror-window.ts';

test('a page that was allowed is seen live in a window of its own', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  const shop = await shopOf(customer);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'Crane & Kettle');
  await hasText(window, 'status', 'Live');
  await byRole(window, 'toolbar', 'Page tools');
  await shop.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p>changed-now</p>'));
  await mirrorShows(window, 'changed-now');
  if (process.env['SHOT']) await window.screenshot({ path: `${process.env['SHOT']}-live.png` as `${string}.png` });

  // The call's own controls are here, too; when it is over, the window says so.
  await press(window, 'button', 'Exit');
  await byRole(window, 'heading', 'The call has ended');
  await byRole(window, 'button', 'Close window');
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
