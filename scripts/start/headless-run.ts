import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withLimit } from '../../tests/e2e/harness/deadline.ts';
import { createPerson, type Person } from '../../tests/e2e/harness/person.ts';
import { extensionSeat, guestSeat, type Seat, signIn } from '../../tests/e2e/harness/seat.ts';
import { callFromDirectory, exitAndWrapUp, talk, type Tell } from '../../tests/e2e/journeys/call.ts';
import { browseTogether, stopSharing } from '../../tests/e2e/journeys/cobrowse.ts';
import { joinByCode } from '../../tests/e2e/journeys/guest.ts';
import type { StartOptions } from '../tasks/start.ts';
import { ROOT } from '../tools/steps.ts';
import { startDemoDesk } from './demo-desk.ts';

const PICTURES = join(ROOT, 'out');
/** A run that hangs is a run that failed. */
const LIMIT_MS = 300_000;

/** Plays a call between two extensions and one with the guest page; exits 0 only if every step was seen to happen. */
export async function headlessRun({ port, customerBrowser }: StartOptions): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const desk = await startDemoDesk(port);
  console.log(`Desk at ${desk.url}\n`);
  const people: Person[] = [];
  const steps = { seen: 0, failed: 0 };
  const tell: Tell = async (step, run) => {
    const startedAt = performance.now();
    const say = (mark: string) =>
      console.log(`${mark} ${((performance.now() - startedAt) / 1000).toFixed(2).padStart(6)} s  ${step}`);
    try {
      const result = await run();
      steps.seen += 1;
      say('ok    ');
      return result;
    } catch (error) {
      steps.failed += 1;
      say('FAILED');
      throw error;
    }
  };
  const enter = async (name: string, browser: 'chrome' | 'firefox', extension: boolean) => {
    const person = await createPerson(name, { browser, extension, headless: true, allowSites: true });
    people.push(person);
    return person;
  };
  const withPanel = async (name: string, browser: 'chrome' | 'firefox', role: 'expert' | 'device') => {
    const person = await enter(name, browser, true);
    const seat = await extensionSeat(person, await person.openPanelBeside(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite(role, name));
    return seat;
  };

  const play = async () => {
    const expert = await tell('Eva Expert signs in, her panel opened by its icon', () =>
      withPanel('Eva Expert', 'chrome', 'expert'),
    );
    const customer = await tell(`Carla Customer has the extension in ${customerBrowser}`, () =>
      withPanel('Carla Customer', customerBrowser, 'device'),
    );
    console.log('\nExtension to extension');
    const first = { expert, customer, tell };
    await callFromDirectory(first);
    await talk(first);
    await picture('extension', { expert, customer });
    const window = await browseTogether(first);
    await picture('cobrowse', { expert: { ...expert, page: window }, customer });
    await stopSharing(first, window);
    await window.close();
    await exitAndWrapUp(first);

    console.log('\nExtension to guest page');
    const guest = await tell('Gus Guest opens a browser without the extension', async () => {
      const person = await enter('Gus Guest', 'chrome', false);
      return guestSeat(person, await person.open(`${desk.url}/`));
    });
    const second = { expert, customer: guest, tell };
    await joinByCode(second);
    await talk(second);
    await picture('guest', { expert, guest });
    await exitAndWrapUp(second);
  };

  try {
    await withLimit(play(), LIMIT_MS);
  } catch (error) {
    steps.failed = Math.max(1, steps.failed);
    console.error(`\n${String(error)}`);
    await Promise.all(people.map((person) => pictureOfAll(person)));
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await desk.close();
  }
  console.log(`\n${steps.seen} steps seen, ${steps.failed} failed. Pictures are in out/.`);
  // PeerServer's timers can't be stopped.
  process.exit(steps.failed === 0 ? 0 : 1);
}

async function picture(call: string, seats: Readonly<Record<string, Seat>>): Promise<void> {
  for (const [side, { page }] of Object.entries(seats)) {
    await page.screenshot({ path: join(PICTURES, `${call}-${side}.png`) });
  }
}

async function pictureOfAll(person: Person): Promise<void> {
  for (const [index, page] of (await person.launched.browser.pages()).entries()) {
    const path = join(
      PICTURES,
      `failed-${person.name.toLowerCase().replaceAll(' ', '-')}-${index}.png`,
    ) as `${string}.png`;
    await withLimit(page.screenshot({ path }), 2_000).catch(() => undefined);
  }
}
