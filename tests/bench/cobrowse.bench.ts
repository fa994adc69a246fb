/**
 * A mirrored page: recorder, filter, wire, a real data channel and the player as they ship (a broadcast channel stands for
 * the extension's ports between content script and engine), against rrweb with its defaults (`record`, each event as JSON
 * over a PeerJS connection, `Replayer` in live mode). Customer and expert have a Chromium each; the two kinds take turns.
 *
 *   node tests/bench/cobrowse.bench.ts [changes|bytes|views|sizes]      (BENCH_DETAILS=1 also prints every single time)
 */
import type { Page } from 'puppeteer';
import { type BenchResult, compare, median, percentile } from './bench-result.ts';
import { contentScriptBytes } from './content-script-bytes.ts';
import {
  createMirrorBench,
  delaysOf,
  type Kind,
  type MirrorBench,
  type MirrorEnds,
  type Seen,
  takeSeen,
  whenSeen,
} from './mirror-ends.ts';

const KINDS = ['ours', 'stock'] as const;
const CHANGES = 120;
const SCROLLS = 15;
const MOVES = 40;
const USE_MS = 10_000;
/** Rows of a table with as many nodes as the reference's own pages: 13 nodes each, beside some 6. */
const SIZES = [
  { nodes: '6 k', rows: 500, times: 3 },
  { nodes: '30 k', rows: 2_500, times: 3 },
  { nodes: '130 k', rows: 10_000, times: 2 },
] as const;

type Times = Record<Kind, number[]>;
const times = (): Times => ({ ours: [], stock: [] });
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const rowsOf = (count: number): string =>
  `<table><tbody>${Array.from(
    { length: count },
    (_, row) =>
      `<tr>${Array.from({ length: 6 }, (_, cell) => `<td class="c${cell}">${row}:${cell}</td>`).join('')}</tr>`,
  ).join('')}</tbody></table>`;

const BODY = `<style>body{height:6000px} #list li{padding:2px}</style><p id="mark">0</p><ul id="list"></ul>${rowsOf(100)}`;

async function shareSeen(bench: MirrorBench, kind: Kind): Promise<MirrorEnds> {
  const ends = await bench.open(kind, BODY);
  await ends.share();
  await whenSeen(ends.expert, 'mark:0');
  return ends;
}

/** Runs in the page: changes of text, class and list, unevenly spaced. Resolves to when each was made. */
async function makeChanges(from: number, count: number): Promise<Seen[]> {
  const mark = document.querySelector('#mark')!;
  const list = document.querySelector('#list')!;
  const made: Seen[] = [];
  for (let index = from; index < from + count; index += 1) {
    await new Promise((done) => setTimeout(done, 35 + ((index * 13) % 31)));
    const item = document.createElement('li');
    item.append(`Item ${index}`);
    made.push([`mark:${index}`, performance.timeOrigin + performance.now()]);
    mark.textContent = String(index);
    mark.className = `c${index % 5}`;
    list.prepend(item);
    if (list.childElementCount > 40) list.lastElementChild?.remove();
  }
  return made;
}

/** Runs in the page. */
async function scrollAbout(count: number): Promise<Seen[]> {
  const made: Seen[] = [];
  for (let index = 1; index <= count; index += 1) {
    const top = 100 + ((index * 617) % 3_000);
    made.push([`scroll:${top}`, performance.timeOrigin + performance.now()]);
    scrollTo({ top, behavior: 'instant' });
    await new Promise((done) => setTimeout(done, 600 + ((index * 13) % 31)));
  }
  scrollTo({ top: 0, behavior: 'instant' });
  return made;
}

async function movePointer(page: Page): Promise<Seen[]> {
  await page.evaluate(() => {
    const moves: Seen[] = [];
    Object.assign(globalThis, { moves });
    addEventListener(
      'pointermove',
      ({ clientX, timeStamp }) => moves.push([`cursor:${clientX}`, performance.timeOrigin + timeStamp]),
      true,
    );
  });
  for (let index = 0; index < MOVES; index += 1) {
    await page.mouse.move(10 + index * 9, 60 + ((index * 31) % 200));
    await pause(90 + ((index * 37) % 61));
  }
  await pause(800);
  return page.evaluate(() => (globalThis as typeof globalThis & { moves: Seen[] }).moves);
}

async function benchChanges(bench: MirrorBench): Promise<BenchResult[]> {
  const [changes, there, scrolls, moves] = [times(), times(), times(), times()];
  const ends = { ours: await shareSeen(bench, 'ours'), stock: await shareSeen(bench, 'stock') };
  const play = async (kind: Kind, what: Times, run: (page: Page) => Promise<Seen[]>, whatThere?: Times) => {
    const { customer, expert } = ends[kind];
    await Promise.all([customer.bringToFront(), expert.bringToFront()]);
    await takeSeen(expert);
    const made = await run(customer);
    await pause(500);
    const seen = await takeSeen(expert);
    what[kind].push(...delaysOf(made, seen));
    whatThere?.[kind].push(...delaysOf(made, seen, 'there'));
  };
  for (const round of [0, 1, 2]) {
    for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
      const made: Times = round === 0 ? times() : changes; // the first round warms up
      const run = (page: Page) => page.evaluate(makeChanges, 1 + round * CHANGES, CHANGES / 2);
      await play(kind, made, run, round === 0 ? undefined : there);
    }
  }
  for (const kind of KINDS) await play(kind, scrolls, (page) => page.evaluate(scrollAbout, SCROLLS));
  for (const kind of KINDS) await play(kind, moves, movePointer);
  await Promise.all(KINDS.map((kind) => ends[kind].close()));
  if (process.env['BENCH_DETAILS'] !== undefined) console.log(JSON.stringify({ changes, scrolls, moves }));
  const row = (name: string, all: Times, share: number) =>
    compare(`co-browse: ${name}`, 'ms', percentile(all.ours, share), percentile(all.stock, share));
  return [
    row(`change until painted at the expert, p50 of ${changes.ours.length}`, changes, 0.5),
    row('change until painted at the expert, p95', changes, 0.95),
    row('change until it is in the expert’s page, p50', there, 0.5),
    row('change until it is in the expert’s page, p95', there, 0.95),
    row(`scroll until the expert’s page stands there, p50 of ${scrolls.ours.length}`, scrolls, 0.5),
    row(`pointer move until painted at the expert, p50 of ${moves.ours.length}`, moves, 0.5),
    row('pointer move until painted at the expert, p95', moves, 0.95),
  ];
}

/** Someone who types and moves the pointer all the time, on a page that draws a list anew at each key. */
async function useIntensely({ customer }: MirrorEnds): Promise<void> {
  await customer.evaluate(() => {
    let keys = 0;
    const timer = setInterval(() => {
      keys += 1;
      const list = document.querySelector('#list')!;
      list.replaceChildren(
        ...Array.from({ length: 40 }, (_, index) => {
          const item = document.createElement('li');
          item.className = 'result';
          item.innerHTML = `<b>Result ${index}</b> <span class="score">${(keys * index) % 97}</span> of ${keys}`;
          return item;
        }),
      );
      document.querySelector('#mark')!.textContent = `k${keys}`;
    }, 240);
    Object.assign(globalThis, { endUse: () => clearInterval(timer) });
  });
  const until = performance.now() + USE_MS;
  for (let index = 0; performance.now() < until; index += 1) {
    await customer.mouse.move(200 + 150 * Math.sin(index / 20), 300 + 100 * Math.cos(index / 13));
    await pause(14);
  }
  await customer.evaluate('endUse()');
  await pause(700);
}

async function benchBytes(bench: MirrorBench): Promise<BenchResult[]> {
  const all = times();
  for (const kind of KINDS) {
    const ends = await shareSeen(bench, kind);
    await ends.customer.bringToFront();
    await pause(500);
    const before = await ends.sentBytes();
    await useIntensely(ends);
    all[kind].push((((await ends.sentBytes()) - before) * 60_000) / USE_MS / 1_000);
    await ends.close();
  }
  return [compare('co-browse: sent in a minute of intense use', 'kB', median(all.ours), median(all.stock))];
}

/** Runs in the page: the longest tasks from now on. The browser tells of those above 50 ms only. */
function watchTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { tasks });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
}

async function benchViews(bench: MirrorBench): Promise<BenchResult[]> {
  const rows: BenchResult[] = [];
  for (const size of SIZES) {
    const [views, wholes, tasks, sent] = [times(), times(), times(), times()];
    for (let round = 0; round < size.times; round += 1) {
      for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
        const ends = await bench.open(kind, `${rowsOf(size.rows)}<p id="mark">end</p>`);
        await ends.customer.evaluate(watchTasks);
        const began = await ends.share();
        const count = await ends.customer.evaluate(() => document.body.getElementsByTagName('*').length);
        views[kind].push((await whenSeen(ends.expert, 'mark:end')) - began);
        wholes[kind].push((await whenSeen(ends.expert, `count:${count}`)) - began);
        tasks[kind].push(
          await ends.customer.evaluate(() =>
            Math.max(0, ...(globalThis as typeof globalThis & { tasks: number[] }).tasks),
          ),
        );
        sent[kind].push((await ends.sentBytes()) / 1_000);
        await ends.close();
      }
    }
    if (process.env['BENCH_DETAILS'] !== undefined) console.log(JSON.stringify({ size, views, wholes, tasks, sent }));
    const row = (name: string, unit: string, all: Times) =>
      compare(`co-browse: ${name}, ${size.nodes} nodes`, unit, median(all.ours), median(all.stock));
    rows.push(
      row('first view', 'ms', views),
      row('whole page there', 'ms', wholes),
      row('sent for the whole page', 'kB', sent),
      row('longest task in the customer’s page', 'ms', tasks),
    );
  }
  return rows;
}

async function benchSizes(): Promise<BenchResult[]> {
  const bytes = await Promise.all(['recorder', 'agent'].map((name) => contentScriptBytes('chrome', name)));
  const kB = bytes.reduce((sum, each) => sum + each, 0) / 1_000;
  return [compare('first load: recorder and agent in a shared page', 'kB gzip', kB, null)];
}

const PARTS = { changes: benchChanges, bytes: benchBytes, views: benchViews, sizes: benchSizes } as const;

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
