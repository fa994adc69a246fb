/**
 * Ink: from the pointer's move to the paint at the other side, both with live pictures, against the same positions as JSON
 * over a stock PeerJS data connection in the same browsers and the same run; freezing; and what the overlay costs the page it is put into.
 *
 *   node tests/bench/ink.bench.ts [moves]
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PeerServer } from 'peer';
import type { Page } from 'puppeteer';
import { ROOT } from '../../scripts/tools/steps.ts';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from '../e2e/harness/deadline.ts';
import { createPerson, type Person } from '../e2e/harness/person.ts';
import { byRole, press } from '../e2e/harness/queries.ts';
import { sees } from '../e2e/harness/media.ts';
import { placeOf } from '../e2e/ink/see-ink.ts';
import { bundleForPage, createOverlayStage } from '../e2e/overlay/overlay-stage.ts';
import { type BenchResult, compare, median, percentile } from './bench-result.ts';
import { type CallPair, createCallPair } from './call-pair.ts';

const FREEZES = 9;
const THEIRS = 'Carla camera';

interface Times {
  readonly moves: readonly number[];
  readonly paints: readonly number[];
}

/** Ms from each move to the first paint after it at the other side; a move that was never painted is left out. */
function delays({ moves, paints }: Times): number[] {
  return moves.flatMap((move, index) => {
    const next = moves[index + 1] ?? Number.POSITIVE_INFINITY;
    const paint = paints.find((each) => each > move);
    return paint === undefined || paint >= next ? [] : [paint - move];
  });
}

/** Real mouse moves, unevenly spaced, so that they fall on every moment between two frames. */
async function wander(page: Page, from: { x: number; y: number }, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await page.mouse.move(from.x + ((index * 7) % 120), from.y + ((index * 5) % 90));
    await new Promise((done) => setTimeout(done, 45 + ((index * 13) % 31)));
  }
}

// ---- ours ----

/** Notes when the browser had a move, or when ink was painted. Runs in a page. */
function watchInk(): void {
  const log = { moves: [] as number[], paints: [] as number[] };
  Object.assign(globalThis, { inkTimes: log });
  addEventListener('pointermove', ({ timeStamp }) => log.moves.push(performance.timeOrigin + timeStamp), true);
  const seen = new WeakSet<Path2D>();
  const fill = Reflect.get(CanvasRenderingContext2D.prototype, 'fill') as (...args: unknown[]) => void; // whichever overload
  Reflect.set(
    CanvasRenderingContext2D.prototype,
    'fill',
    function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      fill.apply(this, args);
      // A line has a new path when it has a new point; painting the same one again shows nothing new.
      const [path] = args;
      if (!(path instanceof Path2D) || seen.has(path)) return;
      seen.add(path);
      log.paints.push(performance.timeOrigin + performance.now());
    },
  );
}

const inkTimes = (page: Page): Promise<Times> =>
  page.evaluate(() => {
    const log = Reflect.get(globalThis, 'inkTimes') as Times & { moves: number[]; paints: number[] };
    return { moves: log.moves.splice(0), paints: log.paints.splice(0) };
  });

async function benchOurs({ caller, callee }: CallPair, count: number): Promise<number[]> {
  await press(caller.page, 'button', 'Annotate');
  await byRole(caller.page, 'toolbar', 'Drawing');
  for (const { page } of [caller, callee]) await page.evaluate(watchInk);
  const from = await placeOf(caller.page, THEIRS, 0.3, 0.3);
  await caller.page.mouse.move(from.x, from.y);
  await caller.page.mouse.down();
  await wander(caller.page, from, 20);
  await Promise.all([inkTimes(caller.page), inkTimes(callee.page)]);
  await wander(caller.page, from, count);
  const [{ moves }, { paints }] = await Promise.all([inkTimes(caller.page), inkTimes(callee.page)]);
  await caller.page.mouse.up();
  await caller.page.keyboard.press('Escape');
  return delays({ moves, paints });
}

// ---- stock ----

async function benchStock(people: readonly [Person, Person], count: number): Promise<number[]> {
  const script = await bundleForPage('../../bench/stock-ink-in-page.ts');
  const site = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? script : '<!doctype html><title>Stock</title><body><script src="/script.js"></script>');
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const { port } = site.address() as AddressInfo; // it listens on TCP
  const stop = Promise.withResolvers<() => void>();
  const peerPort = await new Promise<number>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0 }, (server) => {
      stop.resolve(() => server.close());
      resolve((server.address() as AddressInfo).port);
    });
  });
  const pages = await Promise.all(people.map((person) => person.open(`http://127.0.0.1:${port}/`)));
  const [near, far] = pages;
  if (!near || !far) throw new Error('Two people have two pages');
  const id = await far.evaluate(`inPage.start(${peerPort})`);
  await near.evaluate(`inPage.start(${peerPort})`);
  await near.evaluate(`inPage.connect(${JSON.stringify(id)})`);
  await far.evaluate('inPage.whenFull()');
  // The extension's own first tab may have come over them meanwhile, and what is hidden is not painted.
  for (const page of pages) await page.bringToFront();
  const times = (page: Page) => page.evaluate('inPage.times()') as Promise<Times>; // as the page's own function says
  const from = { x: 200, y: 200 };
  await near.mouse.move(from.x, from.y);
  await wander(near, from, 20);
  await Promise.all([times(near), times(far)]);
  await wander(near, from, count);
  const [{ moves }, { paints }] = await Promise.all([times(near), times(far)]);
  for (const page of pages) await page.close();
  site.close();
  (await stop.promise)();
  return delays({ moves, paints });
}

// ---- stills ----

/** Ms from the press on Freeze until the local frame, and until the full one, is on screen. */
async function benchFreeze({ caller }: CallPair): Promise<{ readonly local: number[]; readonly full: number[] }> {
  const local: number[] = [];
  const full: number[] = [];
  for (let round = 0; round <= FREEZES; round += 1) {
    const times = await caller.page.evaluate(async () => {
      const button = document.querySelector<HTMLElement>('[aria-label="Freeze"]');
      const startedAt = performance.now();
      button?.click();
      const until = (look: () => boolean) =>
        new Promise<number>((resolve) => {
          const check = () => (look() ? resolve(performance.now() - startedAt) : void requestAnimationFrame(check));
          check();
        });
      const isShown = () => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 0;
      const localMs = await until(isShown);
      const fullMs = await until(
        () =>
          isShown() && document.querySelector('dialog')?.textContent.includes('The call goes on meanwhile') === true,
      );
      return { localMs, fullMs };
    });
    // The first pays for code that is loaded once.
    if (round > 0) {
      local.push(times.localMs);
      full.push(times.fullMs);
    }
    await press(caller.page, 'button', 'Discard');
    await waitFor('the dialog to close', () =>
      caller.page.evaluate(() => (document.querySelector('dialog') === null ? true : null)),
    );
  }
  return { local, full };
}

// ---- overlay ----

const PAGE = '<!doctype html><title>Page</title><body style="height:4000px"><h1>A page</h1><p>Text</p>';
const IDLE_MS = 5_000;

async function benchOverlay(): Promise<BenchResult[]> {
  const stage = await createOverlayStage('chrome');
  try {
    const page = await stage.open(PAGE, { csp: null });
    const alone = await busyMs(page);
    await page.evaluate(() => {
      for (let index = 0; index < 10; index += 1) overlayTest.mark(60 + index * 80, 200);
    });
    const asked = await page.evaluate(countFrames);
    const idle = await busyMs(page);
    const askedWhileIdle = (await page.evaluate(() => Reflect.get(globalThis, 'askedFrames') as number)) - asked;
    const frames = await page.evaluate(paintHundred);
    const script = await readFile(join(ROOT, '.output', 'chrome', 'content-scripts', 'overlay.js'));
    return [
      compare('overlay: CPU a second while nothing happens, 10 strokes shown', 'ms', idle, null),
      compare(`overlay: frames asked for in those ${IDLE_MS / 1_000} s`, 'frames', askedWhileIdle, null),
      compare('overlay: CPU a second of the same page without ink', 'ms', alone, null),
      compare('overlay: one frame with 100 strokes, all painted anew', 'ms', median(frames), null),
      compare('overlay: one frame with 100 strokes, p95', 'ms', percentile(frames, 0.95), null),
      compare('overlay: script', 'kB gzip', gzipSync(script, { level: 9 }).byteLength / 1_000, null),
    ];
  } finally {
    await stage.close();
  }
}

/** Runs in a page: from now on, counts the frames that anything in it asks for. */
function countFrames(): number {
  const request = requestAnimationFrame.bind(window);
  Object.assign(globalThis, { askedFrames: 0 });
  window.requestAnimationFrame = (run) => {
    Object.assign(globalThis, { askedFrames: Number(Reflect.get(globalThis, 'askedFrames')) + 1 });
    return request(run);
  };
  return 0;
}

/** Main-thread time of a page for each second in which nobody does anything, once it has come to rest. */
async function busyMs(page: Page): Promise<number> {
  let last = -1;
  await waitFor('the page to rest', async () => {
    const { TaskDuration = 0 } = await page.metrics();
    const isAtRest = TaskDuration - last < 0.002;
    last = TaskDuration;
    await new Promise((done) => setTimeout(done, 300));
    return isAtRest || null;
  });
  const before = await page.metrics();
  await new Promise((done) => setTimeout(done, IDLE_MS));
  const after = await page.metrics();
  return (((after.TaskDuration ?? 0) - (before.TaskDuration ?? 0)) * 1_000) / (IDLE_MS / 1_000);
}

/** Runs in a page: 100 strokes of each kind, moved in every frame; ms of script in each of 60 frames. */
async function paintHundred(): Promise<number[]> {
  const all: number[] = [];
  const request = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (run) =>
    request((time) => {
      const startedAt = performance.now();
      run(time);
      all.push(performance.now() - startedAt);
    });
  const tools = ['pen', 'arrow', 'rectangle', 'ellipse', 'numbered-arrow'] as const;
  const strokes = Array.from({ length: 100 }, (_, n) => {
    const x = 1_000 + (n % 10) * 2_800;
    const y = 3_000 + Math.floor(n / 10) * 2_800;
    const tool = tools[n % tools.length] ?? 'pen';
    const points =
      tool === 'pen'
        ? Array.from({ length: 200 }, (_, i) => [x + i * 10, y + ((i * i) % 900), 128]).flat()
        : [x, y, 128, x + 2_000, y + 1_800, 128];
    return {
      key: `bench:${n}`,
      author: 'bench',
      n,
      surface: 'page:customer1',
      shape: { tool, colour: '#8347c9', width: 9, seed: n + 1, points, number: (n % 9) + 1 },
      stay: true,
      releasedAt: Date.now(),
      live: false,
      order: n,
    };
  });
  overlayTest.show(strokes);
  for (let frame = 0; frame < 70; frame += 1) {
    scrollTo(0, frame * 3);
    await new Promise((done) => request(() => request(done)));
  }
  // The first ones compute the paths.
  return all.slice(10);
}

export async function run({ moves = 200 } = {}): Promise<BenchResult[]> {
  const desk = await startDesk({ port: 0, stunUrls: [] });
  const enter = (name: string) => createPerson(name, { browser: 'chrome', extension: true, headless: true });
  const people = [await enter('Eva'), await enter('Carla')] as const;
  const rows: BenchResult[] = [];
  try {
    const stock = await benchStock(people, moves);
    const pair = await createCallPair(desk, ...people);
    await pair.dial();
    await pair.answer();
    await sees(pair.caller, THEIRS);
    const ours = await benchOurs(pair, moves);
    const freeze = await benchFreeze(pair);
    rows.push(
      compare(`ink: pointer move until painted remotely, p50 of ${ours.length}`, 'ms', median(ours), median(stock)),
      compare('ink: pointer move until painted remotely, p95', 'ms', percentile(ours, 0.95), percentile(stock, 0.95)),
      compare('still: Freeze until the local frame is shown', 'ms', median(freeze.local), null),
      compare('still: Freeze until the full frame of the other side is shown', 'ms', median(freeze.full), null),
    );
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await desk.close();
  }
  return [...rows, ...(await benchOverlay())];
}

if (import.meta.main) {
  const [moves] = process.argv.slice(2).map(Number);
  console.table(await run(moves ? { moves } : {}));
  process.exit(0);
}
