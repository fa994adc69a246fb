import { startDesk } from '../../../server/start-desk.ts';
import { createScene } from '../harness/scene.ts';
import { extensionSeat, type Seat, signIn } from '../harness/seat.ts';
import { callFromDirectory, untold } from '../journeys/call.ts';

export type BrowserName = 'chrome' | 'firefox';

export async function openDesk() {
  const scene = createScene();
  const desk = await startDesk({ port: 0, deskName: 'Test desk' });
  scene.onLeave(() => desk.close());
  const enter = async (name: string, browser: BrowserName, role: 'expert' | 'device'): Promise<Seat> => {
    const person = await scene.enter(name, { browser, extension: true });
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite(role, name));
    return seat;
  };
  return { scene, desk, enter };
}

/** Two people with the extension, in a call. */
export async function openCall(expertBrowser: BrowserName, customerBrowser: BrowserName) {
  const { enter } = await openDesk();
  const [expert, customer] = await Promise.all([
    enter('Eva Expert', expertBrowser, 'expert'),
    enter('Carla Customer', customerBrowser, 'device'),
  ]);
  await callFromDirectory({ expert, customer, tell: untold });
  return { expert, customer };
}
