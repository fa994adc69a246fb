import { startDesk } from '../../../server/start-desk.ts';
import type { LaunchRequest } from '../harness/launch.ts';
import { createScene } from '../harness/scene.ts';
import { extensionSeat, type Seat, signIn } from '../harness/seat.ts';
import { callFromDirectory, untold } from '../journeys/call.ts';

export type BrowserName = 'chrome' | 'firefox';

/** How somebody's browser is started, beyond what everybody's is. */
export type Launch = Pick<LaunchRequest, 'args' | 'display' | 'prefs' | 'wrap'>;

export async function openDesk() {
  const scene = createScene();
  const desk = await startDesk({ port: 0, deskName: 'Test desk' });
  scene.onLeave(() => desk.close());
  const enter = async (
    name: string,
    browser: BrowserName,
    role: 'expert' | 'device',
    request: Launch = {},
  ): Promise<Seat> => {
    const person = await scene.enter(name, { browser, extension: true, ...request });
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite(role, name));
    return seat;
  };
  return { scene, desk, enter };
}

/** Two people with the extension, in a call. */
export async function openCall(
  expertBrowser: BrowserName,
  customerBrowser: BrowserName,
  launch: { readonly expert?: Launch; readonly customer?: Launch } = {},
) {
  const { scene, desk, enter } = await openDesk();
  const [expert, customer] = await Promise.all([
    enter('Eva Expert', expertBrowser, 'expert', launch.expert),
    enter('Carla Customer', customerBrowser, 'device', launch.customer),
  ]);
  await callFromDirectory({ expert, customer, tell: untold });
  return { scene, desk, expert, customer };
}
