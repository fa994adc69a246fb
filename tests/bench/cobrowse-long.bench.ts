/**
 * What a mirrored page costs: the slow-down of a page in a framework benchmark, and the memory of a long session. Ours and
 * rrweb as in cobrowse.bench.ts.
 *
 *   node tests/bench/cobrowse-long.bench.ts [slowdown|memory]      (BENCH_DETAILS=1 also prints every single time)
 */
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { bundle } from '../e2e/cobrowse/cobrowse-stage.ts';
import { type BenchResult, compare, median } from './bench-result.ts';
import { createMirrorBench, type Kind, type MirrorBench, whenSeen } from './mirror-ends.ts';

const ROWS = join(import.meta.dirname, '../fixtures/heavy/rows.ts');
const ROUNDS = 24;
/** The baseline is far off, and slow; it comes last, because what it leaves behind slows down whoever follows it. */
const STOCK_ROUNDS = 4;
/** What is left to be told of a round has been told by then. */
const SETTLE_MS = 800;
/** Thirty minutes of four changes a second, about sixty times as fast; our expert’s clock runs as fast, too. */
const CHANGES = 7_200;

const print = (what: unknown) => {
  if (process.env['BENCH_DETAILS'] !== undefined) console.log(JSON.stringify(what));
};

type Times<T> = Record<Kind | 'plain', T[]>;
const times = <T>(): Times<T> => ({ ours: [], stock: [], plain: [] });

/** Ms that the page's main thread has been busy so far. */
async function createBusyClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}

/** How long the steps take until they are painted, and how long the main thread is busy until all about them is done. */
async function timeRows(
  bench: MirrorBench,
): Promise<{ readonly painted: Times<readonly number[]>; readonly busy: Times<number> }> {
  const code = await bundle(ROWS);
  const body = `<p id="mark">rows</p><div id="app"></div><script>${code.replaceAll('</script', '<\\/script')}</script>`;
  const begin = async (kind: Kind) => {
    const ends = await bench.open(kind, body);
    await ends.share();
    // While it is in front: frames of a tab behind another are not painted.
    await whenSeen(ends.expert, 'mark:rows');
    return ends;
  };
  const ends = { ours: await begin('ours'), stock: await begin('stock') };
  const plain = await bench.lab.source('chrome', body);
  const pages = { plain, ours: ends.ours.customer, stock: ends.stock.customer } as const;
  const [painted, busy] = [times<readonly number[]>(), times<number>()];
  const clocks = {
    plain: await createBusyClock(pages.plain),
    ours: await createBusyClock(pages.ours),
    stock: await createBusyClock(pages.stock),
  };
  const play = async (kind: Kind | 'plain', isMeasured: boolean) => {
    await pages[kind].bringToFront();
    if (kind !== 'plain') await ends[kind].expert.bringToFront();
    const before = await clocks[kind]();
    const steps = (await pages[kind].evaluate('runRows()')) as number[]; // as the page's own function says
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const all = (await clocks[kind]()) - before;
    if (!isMeasured) return;
    painted[kind].push(steps);
    busy[kind].push(all);
  };
  // The first is not compiled yet.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turns = round % 2 === 0 ? (['plain', 'ours'] as const) : (['ours', 'plain'] as const);
    for (const kind of turns) await play(kind, round > 0);
  }
  for (let round = 0; round <= STOCK_ROUNDS; round += 1) await play('stock', round > 0);
  print({ painted, busy });
  await Promise.all([plain.close(), ends.ours.close(), ends.stock.close()]);
  return { painted, busy };
}

async function benchSlowdown(bench: MirrorBench): Promise<BenchResult[]> {
  const together = await timeRows(bench);
  const apartBench = await createMirrorBench({ coreOf: (side) => (side === 'customer' ? 0 : 1) });
  const apart = await timeRows(apartBench).finally(() => apartBench.close());
  const slower = (name: string, timeOf: (kind: Kind | 'plain') => number) => {
    const percent = (kind: Kind) => (timeOf(kind) / timeOf('plain') - 1) * 100;
    return compare(`co-browse: ${name}, js-framework-benchmark in React`, '%', percent('ours'), percent('stock'));
  };
  return [
    slower('the customer’s page slower by, both browsers on the same cores', (kind) => typical(together.painted[kind])),
    slower('the customer’s page slower by, its browser on a core of its own', (kind) => typical(apart.painted[kind])),
    slower('the main thread of the customer’s page busy for longer by, its browser on a core of its own', (kind) =>
      median(apart.busy[kind]),
    ),
  ];
}

/** Each step's median of all rounds, together: what else the machine does falls on a step of a round, not on the round. */
const typical = (rounds: readonly (readonly number[])[]): number =>
  (rounds[0] ?? []).reduce((sum, _, step) => sum + median(rounds.map((steps) => steps[step] ?? Number.NaN)), 0);

async function heapMb(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_000_000;
}

/** Runs in the page: a list that lives, and a field that is typed into. Resolves when `count` changes are made. */
async function live(from: number, count: number): Promise<void> {
  const list = document.querySelector('#list')!;
  for (let index = from; index < from + count; index += 1) {
    const item = document.createElement('li');
    item.innerHTML = `<b>Message ${index}</b> <span class="c${index % 9}">said at ${index}</span>`;
    list.append(item);
    if (list.childElementCount > 60) list.firstElementChild?.remove();
    document.querySelector('input')!.value = `Text ${index}`;
    if (index % 20 === 0) await new Promise((done) => setTimeout(done, 20 * 4));
  }
  document.querySelector('#mark')!.textContent = `done ${from + count}`;
}

async function benchMemory(bench: MirrorBench): Promise<BenchResult[]> {
  const grown: Record<Kind, number> = { ours: 0, stock: 0 };
  const body = '<p id="mark">start</p><input><ul id="list"></ul>';
  for (const kind of ['ours', 'stock'] as const) {
    // Ours forgets by the clock. The baseline never forgets, and shows nothing at all by another clock than its sender's.
    const options = kind === 'ours' ? { before: hurryClock } : {};
    const { expert, customer, share, close } = await bench.open(kind, body, options);
    await share();
    await whenSeen(expert, 'mark:start');
    const sizes: number[] = [];
    for (let block = 0; block < 4; block += 1) {
      await customer.evaluate(live, (block * CHANGES) / 4, CHANGES / 4);
      await whenSeen(expert, `mark:done ${((block + 1) * CHANGES) / 4}`);
      sizes.push(await heapMb(expert));
    }
    print({ kind, sizes });
    // After the first quarter everything that is kept for a while is there.
    grown[kind] = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
    await close();
  }
  return [
    compare('co-browse: memory of the expert’s page grown in the last 22 of 30 minutes', 'MB', grown.ours, grown.stock),
  ];
}

/** Runs in the expert's page before anything else. Sixty times as fast. */
function hurryClock(): void {
  const now = Date.now.bind(Date);
  const began = now();
  Date.now = () => began + (now() - began) * 60;
}

const PARTS = { slowdown: benchSlowdown, memory: benchMemory } as const;

export async function run(part?: string): Promise<BenchResult[]> {
  const bench = await createMirrorBench();
  try {
    const rows: BenchResult[] = [];
    for (const [name, play] of Object.entries(PARTS)) {
      if (part === undefined || part === name) rows.push(...(await play(bench)));
    }
    return rows;
  } finally {
    await bench.close();
  }
}

if (import.meta.main) {
  console.table(await run(process.argv[2]));
  process.exit(0);
}
