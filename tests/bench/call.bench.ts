/**
 * A call between two people with the extension, against stock PeerJS between two plain pages, in the same browsers and in
 * the same run: the two take turns, so that a machine that gets busier meanwhile hurts both.
 *
 *   node tests/bench/call.bench.ts                    (BENCH_DETAILS=1 also prints every single time)
 *   node tests/bench/call.bench.ts calls [pairs]
 *   node tests/bench/call.bench.ts outages [count]    (20 s without a network each)
 */
import { join } from 'node:path';

import { ROOT } from '../../scripts/tools/steps.ts';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from '../e2e/harness/deadline.ts';
import { canMakeNetworks, createFarNetwork, type FarNetwork } from '../e2e/harness/network.ts';
import { createPerson, type Person } from '../e2e/harness/person.ts';
import { type BenchResult, compare, median } from './bench-result.ts';
import { type CallPair, createCallPair } from './call-pair.ts';
import { firstLoadBytes } from './first-load.ts';
import { createStockPair, type StockPair } from './stock-pair.ts';

const ROUND_TRIPS = 100;
const PANELS = 9;
const OUTAGE_MS = 20_000;
/** Whatever is not back by then is not coming. */
const RECOVERY_LIMIT_MS = 60_000;

const enter = (name: string, wrap?: (path: string) => string): Promise<Person> =>
  createPerson(name, { browser: 'chrome', extension: true, headless: true, ...(wrap && { wrap }) });

async function benchCalls(pairs: number): Promise<BenchResult[]> {
  const desk = await startDesk({ port: 0, stunUrls: [] });
  const stock = await createStockPair();
  const people = [await enter('Eva'), await enter('Carla')] as const;
  try {
    const ours = await createCallPair(desk, ...people);
    await stock.open(...people);
    // The stock pages stay behind: a panel goes with its tab.
    for (const person of people) await bringShopToFront(person);
    const times = await takeTurns(pairs, ours, stock);
    await ours.dial();
    await ours.answer();
    const trips = { ours: await ours.roundTrips(ROUND_TRIPS), stock: await stock.roundTrips(ROUND_TRIPS) };
    await ours.end();
    const row = (name: string, one: readonly number[], other: readonly number[]) =>
      compare(name, 'ms', median(one), median(other));
    return [
      row(`call: Answer to first frame at the one who answers, ${pairs} pairs`, times.callee.ours, times.callee.stock),
      row(`call: Answer to first frame at the caller, ${pairs} pairs`, times.caller.ours, times.caller.stock),
      row('call: dialling until linked', times.link.ours, times.link.stock),
      row('call: message and its echo', trips.ours, trips.stock),
      compare('side panel: opened until usable', 'ms', median(await openPanels(people[0])), null),
    ];
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await stock.close();
    await desk.close();
  }
}

async function bringShopToFront({ launched }: Person): Promise<void> {
  const pages = await launched.browser.pages();
  await pages.find((page) => page.url().endsWith('/shop'))?.bringToFront();
}

interface Both {
  readonly ours: number[];
  readonly stock: number[];
}

async function takeTurns(pairs: number, ours: CallPair, stock: StockPair) {
  const both = (): Both => ({ ours: [], stock: [] });
  const times = { callee: both(), caller: both(), link: both() };
  const playOurs = async () => {
    const link = await ours.dial();
    const { callee, caller } = await ours.answer();
    await ours.end();
    return { link, callee, caller };
  };
  const playStock = async () => {
    const link = await stock.connect();
    return { link, ...(await stock.answer()) };
  };
  // The first of each pays for what browsers do only once.
  await playOurs();
  await playStock();
  for (let round = 0; round < pairs; round += 1) {
    for (const kind of round % 2 === 0 ? (['ours', 'stock'] as const) : (['stock', 'ours'] as const)) {
      const { link, callee, caller } = await (kind === 'ours' ? playOurs() : playStock());
      times.link[kind].push(link);
      times.callee[kind].push(callee);
      times.caller[kind].push(caller);
    }
  }
  if (process.env['BENCH_DETAILS'] !== undefined) console.log(JSON.stringify(times));
  return times;
}

/** Ms from the start of loading the panel until “New session” can be pressed. */
async function openPanels({ launched }: Person): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index <= PANELS; index += 1) {
    const page = await launched.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      const observer = new MutationObserver(() => {
        const buttons = [...document.querySelectorAll('button')];
        if (!buttons.some(({ textContent, disabled }) => textContent.includes('New session') && !disabled)) return;
        observer.disconnect();
        Reflect.set(globalThis, 'usableAt', performance.now());
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.goto(`${launched.extensionOrigin}/sidepanel.html`);
    const ms = await waitFor('a usable panel', () => page.evaluate((): unknown => Reflect.get(globalThis, 'usableAt')));
    // The first pays for the code cache.
    if (index > 0) all.push(Number(ms));
    await page.close();
  }
  return all;
}

/** Both calls run through the first outage at the same time; ours runs through the others in the same call, too. */
async function benchOutages(count: number): Promise<BenchResult[]> {
  if (!canMakeNetworks()) {
    console.log('NOT RUN: network namespaces need root; no outage was measured.');
    return [];
  }
  const desk = await startDesk({ port: 0, stunUrls: [] });
  const stock = await createStockPair();
  const network = createFarNetwork();
  const people: Person[] = [];
  try {
    for (const port of [desk.port, ...stock.ports]) await network.forward(port);
    const [far, near] = [await enter('Eva', network.wrap), await enter('Carla')];
    people.push(far, near);
    const ours = await createCallPair(desk, far, near);
    await ours.dial();
    await ours.answer();
    await stock.open(far, near);
    await stock.begin();
    const first = await sitOut(network, ours, stock);
    await stock.end();
    const all = [first.ours];
    while (all.length < count) all.push((await sitOut(network, ours, null)).ours);
    if (process.env['BENCH_DETAILS'] !== undefined) console.log(JSON.stringify(all.map(Math.round)));
    const name = `call: media back at both ends after 20 s without a network, ${count} outages`;
    return [compare(name, 'ms', median(all), first.stock), compare(`${name}, the worst`, 'ms', Math.max(...all), null)];
  } finally {
    await Promise.all(people.map((person) => person.close()));
    network.close();
    await stock.close();
    await desk.close();
  }
}

/** Ms from the return of the path until both see each other again; for stock (null: it does not come back) until the callee does. */
async function sitOut(network: FarNetwork, ours: CallPair, stock: StockPair | null) {
  network.setPath(false);
  const downAt = performance.now();
  await waitFor('the outage to end', async () => performance.now() - downAt > OUTAGE_MS || null, OUTAGE_MS + 5_000);
  const back = await ours.watchForMedia(RECOVERY_LIMIT_MS);
  const before = (await stock?.framesAtCallee()) ?? 0;
  network.setPath(true);
  const upAt = performance.timeOrigin + performance.now();
  const stockBack = async () => {
    if (!stock) return null;
    await waitFor('their frames', async () => (await stock.framesAtCallee()) > before || null, RECOVERY_LIMIT_MS);
    return performance.timeOrigin + performance.now() - upAt;
  };
  const [oursAt, stockMs] = await Promise.all([back(), stockBack().catch(() => null)]);
  return { ours: oursAt - upAt, stock: stockMs };
}

async function benchFirstLoad(): Promise<BenchResult[]> {
  const rows: readonly (readonly [string, string])[] = [
    ['side panel', 'chrome/sidepanel.html'],
    ['guest page', 'guest/index.html'],
    ['stage window', 'chrome/stage.html'],
    ['welcome page', 'chrome/welcome.html'],
    ['options page', 'chrome/options.html'],
  ];
  return Promise.all(
    rows.map(async ([name, path]) =>
      compare(`first load: ${name}`, 'kB gzip', (await firstLoadBytes(join(ROOT, '.output', path))) / 1_000, null),
    ),
  );
}

const PARTS = {
  calls: (pairs = 20) => benchCalls(pairs),
  outages: (count = 5) => benchOutages(count),
  pages: () => benchFirstLoad(),
};

export async function run(): Promise<BenchResult[]> {
  return [...(await PARTS.calls()), ...(await PARTS.outages()), ...(await PARTS.pages())];
}

if (import.meta.main) {
  const [part, count] = process.argv.slice(2);
  const one = Object.entries(PARTS).find(([name]) => name === part)?.[1];
  console.table(await (one ? one(Number(count) || undefined) : run()));
  process.exit(0);
}
