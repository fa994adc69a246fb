import type { Page } from 'puppeteer';
import { isTyping, mirrorShows, pressInMirror, shopOf, startCobrowse, takeControl } from '../cobrowse/mirror-window.ts';
import { waitFor } from '../harness/deadline.ts';
import { press } from '../harness/queries.ts';
import type { Call } from './call.ts';

/** The expert asks for the customer's page, the demo shop, and helps in it; resolves to the co-browse window. */
export async function browseTogether({ expert, customer, tell }: Call): Promise<Page> {
  const names = { expert: expert.person.name, customer: customer.person.name };
  const shop = await shopOf(customer);
  const window = await tell(`${names.expert} asks for the page, and ${names.customer} allows it`, () =>
    startCobrowse(expert, customer),
  );
  await tell('the page is live in a window of its own', () => mirrorShows(window, 'Crane & Kettle'));
  await tell(`${names.expert} asks for control, and ${names.customer} allows it`, () => takeControl(window, customer));
  await tell(`${names.expert} searches in the page of ${names.customer}, and both see what is found`, async () => {
    await pressInMirror(window, '#search');
    await isTyping(window);
    await window.keyboard.type('kettle');
    await waitFor('what was found', () =>
      shop.evaluate(() => document.querySelectorAll('#products li').length < 5 || null),
    );
    await mirrorShows(window, await shop.$eval('#news', ({ textContent }) => textContent));
  });
  return window;
}

/** The customer takes the page back. */
export async function stopSharing({ customer, tell }: Call, window: Page): Promise<void> {
  await tell(`${customer.person.name} stops, and nothing is seen any more`, async () => {
    await press(customer.page, 'button', 'Stop sharing');
    await waitFor('an empty window', () => window.evaluate(() => document.querySelector('iframe') === null || null));
  });
}
