import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { startDesktop } from '../harness/desktop.ts';
import { byRole, press } from '../harness/queries.ts';
import { onEngine, type Seat } from '../harness/seat.ts';
import { drag, noInkOn, sameInk } from '../ink/see-ink.ts';
import { openCall } from '../ink/pair.ts';
import { isSharing, noScreen } from './share-states.ts';
import { createTextPage, readsText } from './text-page.ts';

const SCREEN = 'Carla Customer screen';
const CHOOSE_TAB = ['--auto-select-tab-capture-source-by-title=Shared page'];

const noErrors = (...seats: readonly Seat[]) => expect(seats.flatMap(({ person }) => person.log.errors)).toEqual([]);

test('a tab: its small text can be read, another one takes its place without a stop, and its sound is heard', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome', { customer: { args: CHOOSE_TAB } });
  const first = createTextPage('Shared page');
  const shared = await customer.person.open(first.url);
  await press(customer.page, 'button', 'Share screen');
  await isSharing(customer, true);
  await readsText(expert, { label: SCREEN, shared, text: first.text });
  await hasFullSize(expert, shared);

  // Another tab: the chooser takes what has the title now.
  const kinds = `(engine) => { globalThis.shareKinds = []; engine.share.state.subscribe(({ kind }) => globalThis.shareKinds.push(kind)); }`;
  await onEngine(customer, kinds);
  await shared.evaluate(() => (document.title = 'Another title'));
  const second = createTextPage('Shared page');
  const other = await customer.person.open(second.url);
  await press(customer.page, 'button', 'Options');
  await press(customer.page, 'menuitem', 'Share something else');
  await readsText(expert, { label: SCREEN, shared: other, text: second.text });
  expect(await onEngine(customer, '() => globalThis.shareKinds.includes("off")')).toBe(false);
  await isSharing(customer, true);

  await other.evaluate(() => {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    tone.connect(context.destination);
    tone.start();
  });
  const before = await screenSound(expert);
  await waitFor('the tab to be heard', async () => (await screenSound(expert)) - before > 1e-3 || null);

  // Drawn over one's own share, and seen where the other one looks at it.
  await press(customer.page, 'button', 'Enlarge: Your screen');
  await press(customer.page, 'button', 'Annotate');
  await press(customer.page, 'button', 'Keep ink');
  await press(customer.page, 'radio', 'Ellipse');
  await drag(customer.page, 'Your screen', [0.6, 0.7, 0.3, 0.4]);
  await sameInk({ page: expert.page, label: SCREEN }, { page: customer.page, label: 'Your screen' });
  await press(customer.page, 'button', 'Clear mine');
  await noInkOn(expert.page, SCREEN);
  await other.close();
  await noScreen(expert, SCREEN);
  await isSharing(customer, false);
  noErrors(expert, customer);
});

test('a tab that is shared from the panel ends with the tab, at both ends', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  const { url, text } = createTextPage('Any page');
  const tab = await customer.person.open(url);
  await customer.person.openPanel(tab);
  await press(customer.page, 'button', 'Options');
  await press(customer.page, 'menuitem', 'Share this tab');
  await readsText(expert, { label: SCREEN, shared: tab, text });
  await tab.close();
  await noScreen(expert, SCREEN);
  await isSharing(customer, false);
  noErrors(expert, customer);
});

test.each(['chrome', 'firefox'] as const)(
  'the entire screen of a customer in %s, asked for: its small text can be read, and who draws on it is told where that shows; the browser’s own “Stop sharing” ends it',
  async (browser) => {
    const desktop = await startDesktop();
    if (desktop === null) return;
    const { scene, expert, customer } = await openCall('chrome', browser, {
      customer: {
        display: desktop.display,
        args: ['--auto-select-desktop-capture-source=Entire screen', '--start-maximized'],
        // The browser's own chooser takes the first screen.
        prefs: { 'media.navigator.permission.disabled': true },
      },
    });
    scene.onLeave(async () => desktop.close());
    const { url, text } = createTextPage('On screen');
    await press(expert.page, 'button', 'Options');
    await press(expert.page, 'menuitem', 'Ask for screen');
    await byRole(customer.page, 'alertdialog', 'Eva Expert asks to see your screen');
    // Firefox wants a click in the very page: this is it.
    await press(customer.page, 'button', 'Allow');
    await isSharing(customer, true);
    const shown = await customer.person.open(url);
    await shown.bringToFront();
    await readsText(expert, { label: SCREEN, shared: shown, text });
    await press(expert.page, 'button', 'Annotate');
    await waitFor('the word where ink shows', () => says(expert.page, 'sees your drawing in Alongside'));
    await desktop.stopSharing(browser);
    await noScreen(expert, SCREEN);
    await isSharing(customer, false);
    noErrors(expert, customer);
  },
);

/** Waits until the picture of a tab has the tab's own size; encoders like even numbers. */
async function hasFullSize({ page }: Seat, shared: Page): Promise<void> {
  const size = await shared.evaluate(() => [innerWidth * devicePixelRatio, innerHeight * devicePixelRatio] as const);
  await waitFor(`a picture of ${size.join(' × ')}`, () =>
    page.evaluate(
      (label, [width, height]) => {
        const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
        const isNear = (a: number, b: number) => Math.abs(a - b) <= 2;
        return (video && isNear(video.videoWidth, width) && isNear(video.videoHeight, height)) || null;
      },
      SCREEN,
      size,
    ),
  );
}

const says = (page: Page, words: string): Promise<true | null> =>
  page.evaluate((words) => document.body.textContent?.includes(words) || null, words);

/** Energy so far of what is received as the other one's screen sound, the last of the four taps. */
async function screenSound({ room }: Seat): Promise<number> {
  return (await room.evaluate(`(async () => {
    let energy = 0;
    for (const connection of globalThis.keptConnections ?? []) {
      const receiver = connection.getTransceivers()[3]?.receiver;
      if (!receiver || connection.connectionState !== 'connected') continue;
      (await receiver.getStats()).forEach((report) => (energy += report.totalAudioEnergy ?? 0));
    }
    return energy;
  })()`)) as number;
}
