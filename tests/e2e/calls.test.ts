import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, guestSeat, signIn } from './harness/seat.ts';
import { callFromDirectory, exitAndWrapUp, talk, untold } from './journeys/call.ts';
import { joinByCode } from './journeys/guest.ts';

const PAIRS = [
  ['chrome', 'chrome'],
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const;

type BrowserName = (typeof PAIRS)[number][0];

async function openScene() {
  const desk = await startDesk({ port: 0, deskName: 'Test desk' });
  const scene = createScene();
  scene.onLeave(() => desk.close());
  const enter = async (name: string, browser: BrowserName, role: 'expert' | 'device') => {
    const person = await scene.enter(name, { browser, extension: true });
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite(role, name));
    return seat;
  };
  const visit = async (name: string, browser: BrowserName) => {
    const person = await scene.enter(name, { browser, extension: false });
    return guestSeat(person, await person.open(`${desk.url}/`));
  };
  return { enter, visit };
}

test.each(PAIRS)('a whole call, expert in %s and customer in %s', async (expertBrowser, customerBrowser) => {
  const { enter } = await openScene();
  const [expert, customer] = await Promise.all([
    enter('Eva Expert', expertBrowser, 'expert'),
    enter('Carla Customer', customerBrowser, 'device'),
  ]);
  const call = { expert, customer, tell: untold };
  await callFromDirectory(call);
  await talk(call);
  await exitAndWrapUp(call);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

// With the expert in Chromium: guest.test.ts.
test('a whole call, expert in firefox and guest page in chrome', async () => {
  const { enter, visit } = await openScene();
  const [expert, customer] = await Promise.all([
    enter('Eva Expert', 'firefox', 'expert'),
    visit('Gus Guest', 'chrome'),
  ]);
  const call = { expert, customer, tell: untold };
  await joinByCode(call);
  await talk(call);
  await exitAndWrapUp(call);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
