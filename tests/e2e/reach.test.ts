import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { keepConnections } from './harness/keep-connections.ts';
import { hears } from './harness/media.ts';
import { byRole, fill, gone, press } from './harness/queries.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, guestSeat, onEngine, signIn } from './harness/seat.ts';
import { areInCall, callFromDirectory, isRung, untold } from './journeys/call.ts';

async function expertAtDesk() {
  const scene = createScene();
  const eva = await scene.enter('Eva', { browser: 'chrome', extension: true });
  const desk = await startDesk({ port: 0 });
  scene.onLeave(() => desk.close());
  const expert = await extensionSeat(eva, await eva.openPanel(await eva.open(`${desk.url}/shop`)));
  await signIn(expert, desk.invite('expert', 'Eva'));
  return { scene, desk, expert };
}

test.each([['chrome'], ['firefox']] as const)(
  'a headset (%s) that opened its invitation stays ready, stands in the directory and can be called',
  async (browser) => {
    const { scene, desk, expert } = await expertAtDesk();
    const headset = await scene.enter('Headset 7', { browser, extension: false });
    const page = await headset.open('about:blank');
    await page.evaluateOnNewDocument(keepConnections);
    await page.goto(desk.invite('device', 'Headset 7'));
    await fill(page, 'Name of this device', 'Headset 7');
    await press(page, 'button', 'Make ready');
    const seat = guestSeat(headset, page);
    await callFromDirectory({ expert, customer: seat, tell: untold });
    await Promise.all([hears(expert), hears(seat)]);
    await press(expert.page, 'button', 'Exit');
    await press(expert.page, 'button', 'Save and finish');
    // Still the same device after the page was closed and opened again without its invitation.
    await page.goto(`${desk.url}/ready`);
    await press(expert.page, 'button', 'Call Headset 7');
    await isRung(seat, 'Eva');
    await press(page, 'button', 'Decline');
    await gone(page, 'alertdialog');
  },
);

test('“Hide my address until I answer”: no connection is begun before Answer', async () => {
  const { scene, desk, expert } = await expertAtDesk();
  const carl = await scene.enter('Carl', { browser: 'chrome', extension: true });
  const customer = await extensionSeat(carl, await carl.openPanel(await carl.open(`${desk.url}/shop`)));
  await signIn(customer, desk.invite('device', 'Carl'));
  await onEngine(customer, '(engine) => engine.settings.update({ hideAddressUntilAnswer: true })');
  await press(expert.page, 'button', 'Call Carl');
  await isRung(customer, 'Eva');
  const begun = () => customer.room.evaluate(() => (Reflect.get(globalThis, 'keptConnections') as unknown[]).length);
  expect(await begun()).toBe(0);
  await press(customer.page, 'button', 'Answer');
  await areInCall(expert, customer);
  expect(await begun()).toBeGreaterThan(0);
  await Promise.all([hears(expert), hears(customer)]);
});

test('“Verify connection” shows both people the same three numbers', async () => {
  const { scene, desk, expert } = await expertAtDesk();
  const carl = await scene.enter('Carl', { browser: 'firefox', extension: true });
  const customer = await extensionSeat(carl, await carl.openPanel(await carl.open(`${desk.url}/shop`)));
  await signIn(customer, desk.invite('device', 'Carl'));
  await callFromDirectory({ expert, customer, tell: untold });
  const codes = await Promise.all(
    [expert, customer].map(async ({ page }) => {
      await press(page, 'button', 'Options');
      await press(page, 'menuitem', 'Verify connection');
      const dialog = await byRole(page, 'dialog');
      return dialog.evaluate((element) => (element.textContent ?? '').match(/\d{4}/g));
    }),
  );
  expect(codes[0]).toHaveLength(3);
  expect(codes[0]).toEqual(codes[1]);
});
