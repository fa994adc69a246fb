import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { keepConnections } from './harness/keep-connections.ts';
import { hears, sees, showsPicture } from './harness/media.ts';
import { byRole, fill, gone, hasText, press } from './harness/queries.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, guestSeat, type Seat, signIn } from './harness/seat.ts';
import { waitFor } from './harness/deadline.ts';
import { areInCall, exitAndWrapUp, isRung, talk, untold } from './journeys/call.ts';
import { joinByCode } from './journeys/guest.ts';

type Browser = 'chrome' | 'firefox';

/** An expert with the extension, and somebody with nothing but a browser, at a desk of their own. */
async function expertAndGuest(guestBrowser: Browser): Promise<{ expert: Seat; customer: Seat; url: string }> {
  const scene = createScene();
  const [ravi, gus] = await Promise.all([
    scene.enter('Ravi', { browser: 'chrome', extension: true }),
    scene.enter('Gus', { browser: guestBrowser, extension: false }),
  ]);
  const desk = await startDesk({ port: 0 });
  scene.onLeave(() => desk.close());
  const expert = await extensionSeat(ravi, await ravi.openPanel(await ravi.open(`${desk.url}/shop`)));
  await signIn(expert, desk.invite('expert', 'Ravi'));
  const page = await gus.open(`${desk.url}/`);
  await page.evaluateOnNewDocument(keepConnections);
  return { expert, customer: guestSeat(gus, page), url: desk.url };
}

test.each([['chrome'], ['firefox']] as const)('a whole call with a guest in %s, joined by a link', async (browser) => {
  const { expert, customer } = await expertAndGuest(browser);
  const call = { expert, customer, tell: untold };
  await joinByCode(call);
  await talk(call);
  await exitAndWrapUp(call);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

test.each([['chrome'], ['firefox']] as const)(
  'a guest in %s who reloads the page is back in the same call, with what was said',
  async (browser) => {
    const { expert, customer } = await expertAndGuest(browser);
    await joinByCode({ expert, customer, tell: untold });
    await press(expert.page, 'button', 'Video');
    await press(customer.page, 'button', /^Message/);
    await fill(customer.page, 'Message', 'Before the reload');
    await press(customer.page, 'button', 'Send');
    await press(expert.page, 'button', /^Message/);
    await hasText(expert.page, 'log', 'Before the reload');
    await customer.page.reload();
    await areInCall(customer);
    await sees(customer, 'Ravi camera');
    await Promise.all([hears(expert), hears(customer)]);
    await press(customer.page, 'button', /^Message/);
    await hasText(customer.page, 'log', 'Before the reload');
    await fill(expert.page, 'Message', 'After the reload');
    await press(expert.page, 'button', 'Send');
    await hasText(customer.page, 'log', 'After the reload');
    expect(await countOf(customer, 'Before the reload')).toBe(1);
  },
);

test('the stage shows the same call while it is open, and closing it leaves the call alone', async () => {
  const { expert, customer } = await expertAndGuest('chrome');
  await joinByCode({ expert, customer, tell: untold });
  await press(customer.page, 'button', 'Video');
  await sees(expert, 'Gus camera');
  await press(expert.page, 'button', 'Options');
  await press(expert.page, 'menuitem', 'Pop out');
  const stage = await expert.person.extensionPage('stage');
  await showsPicture(stage, 'Gus camera');
  await press(stage, 'button', 'Mute');
  await byRole(expert.page, 'button', 'Mute');
  await stage.close();
  await Promise.all([hears(expert), sees(expert, 'Gus camera')]);
});

test('whoever asks for help waits, rings at the expert, and is not lost when that one declines', async () => {
  const { expert, customer } = await expertAndGuest('chrome');
  await fill(customer.page, 'Your name', 'Gus');
  await press(customer.page, 'button', 'Get help');
  await isRung(expert, 'Gus');
  await press(expert.page, 'button', 'Decline');
  await hasText(customer.page, 'status', /You are number 1 in the queue/);
  await press(expert.page, 'button', /^Answer Gus/);
  await areInCall(expert, customer);
  await Promise.all([hears(expert), hears(customer)]);
  await press(customer.page, 'button', 'Leave');
  await gone(expert.page, 'toolbar', 'Call');
});

test('a code that nobody made, or that was used, is answered with what to do', async () => {
  const { expert, customer, url } = await expertAndGuest('chrome');
  await customer.page.goto(`${url}/j/123456789`);
  await fill(customer.page, 'Your name', 'Gus');
  await press(customer.page, 'button', 'Join');
  await hasText(customer.page, 'alert', 'There is no session with this code');
  await joinByCode({ expert, customer, tell: untold });
  const used = customer.page.url();
  await press(expert.page, 'button', 'Exit');
  await gone(customer.page, 'toolbar', 'Call');
  const other = await customer.person.open(used);
  await fill(other, 'Your name', 'Gus again');
  await press(other, 'button', 'Join');
  await hasText(other, 'alert', /has been used|There is no session/);
});

const countOf = (seat: Seat, text: string) =>
  waitFor('the log', async () => {
    const log = await byRole(seat.page, 'log');
    return log.evaluate((element, text) => (element.textContent ?? '').split(text).length - 1, text);
  });
