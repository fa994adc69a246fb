import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, hasText, press } from '../harness/queries.ts';
import { openCall } from '../ink/pair.ts';
import { isTyping, mirrorShows, pressInMirror, shopOf, startCobrowse, takeControl } from './mirror-window.ts';
import { ACROSS, openShareScene } from './share-scene.ts';

test('a page that was allowed is seen live in a window of its own', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  const shop = await shopOf(customer);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'Crane & Kettle');
  await hasText(window, 'status', 'Live');
  await byRole(window, 'toolbar', 'Page tools');
  await shop.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p>changed-now</p>'));
  await mirrorShows(window, 'changed-now');

  // The call's own controls are here, too; when it is over, the window says so.
  await press(window, 'button', 'Exit');
  await byRole(window, 'heading', 'The call has ended');
  await byRole(window, 'button', 'Close window');
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

/** A form with one of each, in the customer's page. */
const FORM = `
  <form id="form">
    <label>Name <input id="who" /></label>
    <label>Size <select id="size"><option>Small</option><option>Medium</option><option>Large</option></select></label>
    <label>Day <input id="day" type="date" /></label>
    <button id="more" type="button">More</button>
    <button id="pay" type="button">Pay now</button>
    <p id="told"></p>
  </form>`;

test.each([['chrome', 'chrome'], ...ACROSS] as const)(
  'in the customer’s page in %s the hand in %s presses, types and chooses, as far as it was allowed',
  async (browser, hand) => {
    const { expert, customer, shop } = await openShareScene(browser, { expert: hand });
    await shop.evaluate((form) => {
      document.body.insertAdjacentHTML('beforeend', form);
      // By script: the shop's policy lets no style attribute through.
      document.querySelector<HTMLElement>('#form')!.style.cssText =
        'position:fixed;inset:80px auto auto 40px;z-index:9;padding:20px;background:#fff;display:grid;gap:12px';
      document.querySelector('#more')?.addEventListener('click', () => {
        document.querySelector('#told')!.textContent = 'more-was-pressed';
      });
    }, FORM);
    const value = (selector: string) =>
      shop.evaluate((selector) => document.querySelector<HTMLInputElement>(selector)?.value, selector);
    const becomes = (selector: string, wanted: string) =>
      waitFor(`${selector} to be ${wanted}`, async () => (await value(selector)) === wanted || null);
    const window = await startCobrowse(expert, customer);
    await mirrorShows(window, 'Pay now');

    // Without a grant a press goes nowhere.
    await pressInMirror(window, '#more');
    await takeControl(window, customer);
    await byRole(window, 'application', 'Page of Carla Customer, controlled by you');
    expect(await shop.evaluate(() => document.querySelector('#told')?.textContent)).toBe('');
    await pressInMirror(window, '#more');
    await mirrorShows(window, 'more-was-pressed');
    await hasText(window, 'status', 'Pressed button “More”.');

    // Typing: keys, an input method, a correction, and the end of it.
    await pressInMirror(window, '#who');
    await isTyping(window);
    await window.keyboard.type('Grüße');
    await becomes('#who', 'Grüße');
    await window.keyboard.press('Backspace');
    await becomes('#who', 'Grüß');
    for (const sign of '日本') await window.keyboard.sendCharacter(sign);
    await becomes('#who', 'Grüß日本');

    // Lists and dates are the expert's own to choose from.
    await pressInMirror(window, '#size');
    await press(window, 'button', 'Large');
    await becomes('#size', 'Large');
    await pressInMirror(window, '#day');
    const day = await byRole(window, 'dialog', 'New value');
    await day.$eval('input', (input) => {
      input.value = '2027-02-03';
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await press(window, 'button', 'Set');
    await becomes('#day', '2027-02-03');

    // What costs money is the customer's to press.
    await pressInMirror(window, '#pay');
    await hasText(window, 'status', 'button “Pay now”: Carla Customer has been asked.');
    await press(window, 'button', 'What was done');
    await byRole(window, 'region', 'What was done');

    // Escape twice gives the page back.
    const glass = await byRole(window, 'application', 'Page of Carla Customer, controlled by you');
    await glass.focus();
    await window.keyboard.press('Escape');
    await window.keyboard.press('Escape');
    await byRole(window, 'button', 'Ask for control');
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
