import type { Page } from 'puppeteer';
import type { DeskOptions } from '../../../server/options.ts';
import { startDesk } from '../../../server/start-desk.ts';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { byRole, press } from '../harness/queries.ts';
import { createScene } from '../harness/scene.ts';
import { extensionSeat, onEngine, type Seat, signIn } from '../harness/seat.ts';
import type { BrowserName } from '../ink/pair.ts';
import { callFromDirectory, untold } from '../journeys/call.ts';

export interface ShareScene {
  readonly expert: Seat;
  readonly customer: Seat;
  /** The page that the customer may show; the icon was pressed on it. */
  readonly shop: Page;
  readonly deskUrl: string;
}

/** An expert in Chromium and a customer in either browser, in a call; the customer's shop is lent by the icon. */
export async function openShareScene(
  browser: BrowserName,
  policy: Partial<Pick<DeskOptions, 'masking'>> = {},
): Promise<ShareScene> {
  const scene = createScene();
  const desk = await startDesk({ port: 0, deskName: 'Test desk', ...policy });
  scene.onLeave(() => desk.close());
  const enterExpert = async () => {
    const person = await scene.enter('Eva Expert', { browser: 'chrome', extension: true });
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite('expert', person.name));
    return seat;
  };
  const enterCustomer = async () => {
    const person = await scene.enter('Carla Customer', { browser, extension: true, allowSites: true });
    const shop = await person.open(`${desk.url}/shop`);
    await pressIcon(person, shop);
    const panel = browser === 'chrome' ? await person.extensionPage('sidepanel') : await openPanelWindow(person);
    const customer = await extensionSeat(person, panel);
    await signIn(customer, desk.invite('device', person.name));
    return { customer, shop };
  };
  const [expert, { customer, shop }] = await Promise.all([enterExpert(), enterCustomer()]);
  await callFromDirectory({ expert, customer, tell: untold });
  return { expert, customer, shop, deskUrl: desk.url };
}

/** A test can't reach Firefox's sidebar. The same page beside the shop, which stays in view in its own window. */
async function openPanelWindow({ launched, log }: Seat['person']): Promise<Page> {
  const page = await launched.browser.newPage({ type: 'window' });
  log.watchPage(page, 'sidepanel');
  void page.goto(`${launched.extensionOrigin}/sidepanel.html`, { waitUntil: [] }).catch(() => undefined);
  await waitFor('the panel', async () => (await page.evaluate(() => location.protocol)) === 'moz-extension:' || null);
  return page;
}

/** Reads something of the engine until it is there. */
export const waits = (seat: Seat, what: string, source: string): Promise<unknown> =>
  waitFor(what, async () => {
    const value = await onEngine(seat, source);
    return value === null || value === false ? null : value;
  });

/** Keeps what the expert's screen would be shown, as text, in the expert's engine. */
export const watchMirror = (expert: Seat): Promise<unknown> =>
  onEngine(
    expert,
    `(engine) => {
      globalThis.mirrored = '';
      const text = new TextDecoder();
      engine.cobrowse.attach(
        { show: (m) => { if (m.type === 'stream') globalThis.mirrored += m.frame.kind + text.decode(m.frame.payload); } },
        new AbortController().signal,
      );
    }`,
  );
export const forgetMirror = (expert: Seat): Promise<unknown> => onEngine(expert, `() => { globalThis.mirrored = ''; }`);
const inMirror = (text: string) => `() => globalThis.mirrored.includes(${JSON.stringify(text)})`;
export const mirrors = (expert: Seat, text: string): Promise<unknown> =>
  waits(expert, `${text} in the mirror`, inMirror(text));
export const hasMirrored = (expert: Seat, text: string): Promise<unknown> => onEngine(expert, inMirror(text));

/** The expert asks, and the customer's dialog is there. */
export async function askForPage({ expert, customer }: ShareScene): Promise<void> {
  await onEngine(expert, '(engine) => engine.cobrowse.ask()');
  await byRole(customer.page, 'alertdialog', /asks to see this page/);
}

/** The expert asks, the customer allows by the dialog, and the page is live on both sides. */
export async function shareShop(scene: ShareScene): Promise<void> {
  await watchMirror(scene.expert);
  await askForPage(scene);
  await press(scene.customer.page, 'button', 'Allow');
  await isLive(scene.customer);
  await mirrors(scene.expert, 'Crane & Kettle');
}

export const isLive = (customer: Seat): Promise<unknown> =>
  waits(customer, 'a live tab', `(engine) => engine.cobrowseShare.tabs.peek()[0]?.state.kind === 'live'`);
