import { createPerson, type Person } from '../../tests/e2e/harness/person.ts';
import { extensionSeat, signIn } from '../../tests/e2e/harness/seat.ts';
import type { StartOptions } from '../tasks/start.ts';
import { startDemoDesk } from './demo-desk.ts';

const EXPERT = { left: 0, top: 0, width: 1000, height: 860 };
const CUSTOMER = { left: 700, top: 60, width: 1000, height: 860 };

/** Opens the two windows and keeps desk and browsers running until Ctrl-C, or until both windows have been closed. */
export async function openWindows({ port, customerBrowser, fakeDevices }: StartOptions): Promise<void> {
  const desk = await startDemoDesk(port);
  const people: Person[] = [];
  const enter = async (name: string, role: 'expert' | 'device', browser: 'chrome' | 'firefox') => {
    const window = role === 'expert' ? EXPERT : CUSTOMER;
    const person = await createPerson(name, {
      ...{ browser, extension: true, headless: false, realDevices: !fakeDevices, window },
    });
    people.push(person);
    // The expert starts on the page where microphone and camera are allowed, the customer in a shop.
    const front = role === 'expert' ? await person.extensionPage('welcome') : await person.open(`${desk.url}/shop`);
    const panel = await person.openPanel(front);
    await signIn(await extensionSeat(person, panel), desk.invite(role, name));
    // The empty tab that every browser starts with.
    for (const page of await person.launched.browser.pages()) if (page.url() === 'about:blank') await page.close();
    await front.bringToFront();
    return person;
  };

  const over = untilSignal();
  try {
    await enter('Eva Expert', 'expert', 'chrome');
    await enter('Carla Customer', 'device', customerBrowser);
    console.log(whatToTry(desk.url, desk.invite('expert', 'Colleague'), desk.invite('device', 'Headset 1')));
    await Promise.race([over, Promise.all(people.map(isClosed))]);
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await desk.close();
  }
  // PeerServer's timers can't be stopped.
  process.exit(0);
}

const whatToTry = (url: string, expertLink: string, deviceLink: string): string => `
Desk          ${url}
Guest page    ${url}/          (any browser, no extension)
Demo shop     ${url}/shop
Another expert signs in with   ${expertLink}
A headset becomes ready at     ${deviceLink}

Try first: in Eva's panel, press "Call Carla Customer" in the directory, and "Answer" in Carla's panel.
Then: "New session" in Eva's panel, and open the link in any browser.
In Carla's window, the icon opens the panel. Ctrl-C ends everything.`;

const untilSignal = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });

const isClosed = ({ launched }: Person): Promise<void> =>
  new Promise((done) => launched.browser.once('disconnected', () => done()));
