import type { Page } from 'puppeteer';
import type { DeskOptions } from '../../../server/options.ts';
import { startDesk } from '../../../server/start-desk.ts';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { byRole, press } from '../harness/queries.ts';
import { createScene, type Scene } from '../harness/scene.ts';
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

/** A customer in one browser and an expert in the other, each way round. */
export const ACROSS = [
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const satisfies [customer: BrowserName, expert: BrowserName][];

interface SceneOptions {
  /** The expert's browser; Chromium by default. */
  readonly expert?: BrowserName;
  readonly policy?: Partial<Pick<DeskOptions, 'masking'>>;
  readonly scene?: Scene;
}

/** A customer in that browser and an expert, in a call; the customer's shop is lent by the icon. */
export async function openShareScene(
  browser: BrowserName,
  { expert: expertBrowser = 'chrome', policy = {}, scene = createScene() }: SceneOptions = {},
): Promise<ShareScene> {
  const desk = await startDesk({ port: 0, deskName: 'Test desk', ...policy });
  scene.onLeave(() => desk.close());
  const enterExpert = async () => {
    const person = await scene.enter('Eva Expert', { browser: expertBrowser, extension: true });
    const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
    await signIn(seat, desk.invite('expert', person.name));
    return seat;
  };
  const enterCustomer = async () => {
    const person = await scene.enter('Carla Customer', { browser, extension: true, allowSites: true });
    const shop = await person.open(`${desk.url}/shop`);
    const customer = await extensionSeat(person, await person.openPanelBeside(shop));
    await signIn(customer, desk.invite('device', person.name));
    return { customer, shop };
  };
  const [expert, { customer, shop }] = await Promise.all([enterExpert(), enterCustomer()]);
  await callFromDirectory({ expert, customer, tell: untold });
  return { expert, customer, shop, deskUrl: desk.url };
}

/** Between two tests with the same people: nothing is shared, and the shop is as it was, in front. */
export async function clearShareScene({ expert, customer, shop, deskUrl }: ShareScene): Promise<void> {
  await onEngine(customer, '(engine) => engine.cobrowseShare.stop()');
  await waits(expert, 'no tab', `(engine) => engine.cobrowse.tabs.peek().length === 0`);
  await shop.goto(`${deskUrl}/shop`);
  await pressIcon(customer.person, shop);
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
      globalThis.unwatchMirror?.abort();
      globalThis.unwatchMirror = new AbortController();
      const text = new TextDecoder();
      engine.cobrowse.attach(
        { show: (m) => { if (m.type === 'stream') globalThis.mirrored += m.frame.kind + text.decode(m.frame.payload); } },
        globalThis.unwatchMirror.signal,
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
