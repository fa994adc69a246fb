import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from './harness/deadline.ts';
import { hears, hearsNothing, sees } from './harness/media.ts';
import { byRole, gone, hasText } from './harness/queries.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, signIn } from './harness/seat.ts';
import { areInCall } from './journeys/call.ts';

/** More stops than any page has: whoever is not reached by then can't be reached. */
const MAX_STOPS = 80;

/** Moves the focus with `key` until it is on the control, as somebody without a mouse does. */
async function moveTo(page: Page, key: 'Tab' | 'ArrowRight' | 'ArrowDown', role: string, name: string | RegExp) {
  const wanted = await byRole(page, role, name);
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${role} ${String(name)} can't be reached with ${key}`);
}

/** One stop for Tab, arrows inside: the toolbar. */
async function pressInToolbar(page: Page, name: string | RegExp): Promise<void> {
  const toolbar = await byRole(page, 'toolbar', 'Call');
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await toolbar.evaluate((element) => element.contains(document.activeElement))) break;
    await page.keyboard.press('Tab');
  }
  await moveTo(page, 'ArrowRight', 'button', name);
  await page.keyboard.press('Enter');
}

test('a whole call without a mouse: call, answer, see, write, mute, pause, exit, wrap up', async () => {
  const scene = createScene();
  const [eva, carl] = await Promise.all([
    scene.enter('Eva', { browser: 'chrome', extension: true }),
    scene.enter('Carl', { browser: 'chrome', extension: true }),
  ]);
  const desk = await startDesk({ port: 0 });
  scene.onLeave(() => desk.close());
  const seats = await Promise.all(
    (
      [
        [eva, 'expert'],
        [carl, 'device'],
      ] as const
    ).map(async ([person, role]) => {
      const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
      await signIn(seat, desk.invite(role, person.name));
      return seat;
    }),
  );
  const [expert, customer] = seats;
  if (!expert || !customer) throw new Error('two people make a call');

  await moveTo(expert.page, 'Tab', 'button', 'Call Carl');
  await expert.page.keyboard.press('Enter');
  await moveTo(customer.page, 'Tab', 'button', 'Answer');
  await customer.page.keyboard.press('Enter');
  await areInCall(expert, customer);

  await pressInToolbar(customer.page, 'Video');
  await sees(expert, 'Carl camera');
  await pressInToolbar(expert.page, /^Message/);
  const field = await byRole(expert.page, 'textbox', 'Message');
  await waitFor(
    'the message field to have the focus',
    async () => (await field.evaluate((element) => element === document.activeElement)) || null,
  );
  await expert.page.keyboard.type('First line');
  await expert.page.keyboard.down('Shift');
  await expert.page.keyboard.press('Enter');
  await expert.page.keyboard.up('Shift');
  await expert.page.keyboard.type('second line');
  await expert.page.keyboard.press('Enter');
  await pressInToolbar(customer.page, /^Message/);
  await hasText(customer.page, 'log', /First line\s*second line/);
  await customer.page.keyboard.press('Escape');
  await gone(customer.page, 'log');
  await expert.page.keyboard.press('Escape');

  await expert.page.keyboard.press('m');
  await hearsNothing(customer);
  await expert.page.keyboard.press('m');
  await hears(customer);
  await pressInToolbar(expert.page, 'Pause');
  await hasText(customer.page, 'status', 'Paused by Eva');
  await pressInToolbar(expert.page, 'Pause');
  await hears(expert);
  await pressInToolbar(expert.page, 'Exit');
  await gone(customer.page, 'toolbar', 'Call');
  await moveTo(expert.page, 'Tab', 'textbox', 'Note');
  await expert.page.keyboard.type('By keyboard.');
  await moveTo(expert.page, 'Tab', 'button', 'Save and finish');
  await expert.page.keyboard.press('Enter');
  await hasText(expert.page, 'list', 'Carl');
  expect([...eva.log.errors, ...carl.log.errors]).toEqual([]);
});
