/**
 * Screens: from a change in a shared tab to its frame at the other side, and what that costs on the wire, against the same
 * tab in a plain PeerJS call in the same browsers and the same run.
 *
 *   node tests/bench/share.bench.ts [flips]
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import type { Page } from 'puppeteer';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from '../e2e/harness/deadline.ts';
import { createPerson, type Person } from '../e2e/harness/person.ts';
import { press } from '../e2e/harness/queries.ts';
import { onEngine, type Seat } from '../e2e/harness/seat.ts';
import { bundleForPage } from '../e2e/overlay/overlay-stage.ts';
import { type BenchResult, compare, median } from './bench-result.ts';
import { createCallPair } from './call-pair.ts';
import { watchFlips } from './watch-flips.ts';

const TITLE = 'Page to share';
const SCREEN = 'Carla screen';
const SCROLL_MS = 8_000;

/** What is shared: text, as long as a manual, and a block that a test flips. */
const PAGE = `<!doctype html><title>${TITLE}</title><body style="margin:0;font:15px/1.6 sans-serif;background:#fff">
<i id="block" style="position:fixed;inset:0 auto auto 0;width:10vw;height:10vw;background:#000"></i>
<main style="margin:10px 14vw">${Array.from({ length: 400 }, (_, line) => `<p>${line}. Close the valve, wait until the gauge shows ${line % 10}.${line % 7} bar, then loosen the four screws of cover P-${200 + line}.</p>`).join('')}</main>`;

interface Measured {
  /** Ms from each flip to the frame that shows it. */
  readonly latencies: readonly number[];
  readonly scrollingKBps: number;
  readonly restingKBps: number;
  /** Of the received picture, right after the scrolling; the shared page is as wide for both. */
  readonly widthPx: number;
}

interface Sharing {
  readonly shared: Page;
  /** Flips that were seen since the last question, epoch ms. */
  seen(): Promise<readonly number[]>;
  sentBytes(): Promise<number>;
  widthPx(): Promise<number>;
}

async function measure({ shared, seen, sentBytes, widthPx }: Sharing, count: number): Promise<Measured> {
  await shared.bringToFront();
  await seen();
  const flips: number[] = [];
  for (let index = 0; index < count; index += 1) {
    flips.push(await shared.evaluate(flip));
    await pause(250 + ((index * 37) % 120));
  }
  const frames = await seen();
  const latencies = flips.flatMap((at, index) => {
    const frame = frames.find((each) => each >= at);
    return frame === undefined || frame > (flips[index + 1] ?? Infinity) ? [] : [frame - at];
  });
  const scrollingKBps = await bytesOf(sentBytes, async () => {
    await shared.evaluate(scrollFor, SCROLL_MS);
  });
  const width = await widthPx();
  const restingKBps = await bytesOf(sentBytes, () => pause(SCROLL_MS / 2));
  return { latencies, scrollingKBps, restingKBps, widthPx: width };
}

/** Runs in the page that shows it. */
function widthOfPicture(): number {
  return Math.max(...[...document.querySelectorAll('video')].map(({ videoWidth }) => videoWidth));
}

/** Runs in the shared page: flips the block in the next frame, and tells when. */
function flip(): Promise<number> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const block = document.querySelector<HTMLElement>('#block');
      if (block) block.style.background = block.style.background === 'rgb(0, 0, 0)' ? '#fff' : '#000';
      resolve(performance.timeOrigin + performance.now());
    }),
  );
}

/** Runs in the shared page: reads on, at a reader's pace in a hurry. */
function scrollFor(durationMs: number): Promise<void> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const step = () => {
      const ms = performance.now() - startedAt;
      scrollTo(0, ms * 0.6);
      if (ms < durationMs) requestAnimationFrame(step);
      else resolve();
    };
    step();
  });
}

async function bytesOf(sent: () => Promise<number>, run: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const before = await sent();
  await run();
  return ((await sent()) - before) / (performance.now() - startedAt);
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

// ---- stock ----

async function benchStock(viewer: Person, sharer: Person, shared: Page, count: number): Promise<Measured> {
  const script = await bundleForPage('../../bench/stock-share-in-page.ts');
  const site = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(
      isScript
        ? script
        : '<!doctype html><title>Stock</title><body><button style="position:relative;z-index:1">Share</button><script src="/script.js"></script>',
    );
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
  const near = await viewer.open(`http://127.0.0.1:${port}/`);
  const far = await sharer.open(`http://127.0.0.1:${port}/`);
  const id = await near.evaluate(`inPage.start(${peerPort})`);
  await far.evaluate(`inPage.start(${peerPort})`);
  await far.evaluate(
    `document.querySelector('button').addEventListener('click', () => inPage.share(${JSON.stringify(id)}))`,
  );
  await far.click('button');
  await waitFor('the picture', () =>
    near.evaluate(() => (document.querySelector('video')?.videoWidth ?? 0) > 0 || null),
  );
  await near.evaluate('globalThis.flips = inPage.watch(); 0');
  const measured = await measure(
    {
      shared,
      seen: () => near.evaluate('flips.splice(0)') as Promise<number[]>, // as the page's own function says
      sentBytes: () => far.evaluate('inPage.sentBytes()') as Promise<number>,
      widthPx: () => near.evaluate(widthOfPicture),
    },
    count,
  );
  await near.close();
  await far.close();
  site.close();
  (await stop.promise)();
  return measured;
}

// ---- ours ----

async function benchOurs(viewer: Seat, sharer: Seat, shared: Page, count: number): Promise<Measured> {
  await press(sharer.page, 'button', 'Share screen');
  await shared.bringToFront();
  await waitFor('the picture', () =>
    viewer.page.evaluate((label) => {
      const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
      return (video?.videoWidth ?? 0) > 0 || null;
    }, SCREEN),
  );
  await viewer.page.evaluate(
    `globalThis.flips = (${watchFlips.toString()})([...document.querySelectorAll('video')].find((each) => each.ariaLabel === ${JSON.stringify(SCREEN)})); 0`,
  );
  return measure(
    {
      shared,
      seen: () => viewer.page.evaluate('flips.splice(0)') as Promise<number[]>, // as `watchFlips` says
      sentBytes: () => sharer.room.evaluate(screenBytes) as Promise<number>,
      widthPx: () => viewer.page.evaluate(widthOfPicture),
    },
    count,
  );
}

/** Next to the engine: bytes of the third tap, the screen, that have left. */
const screenBytes = `(async () => {
  let bytes = 0;
  for (const connection of globalThis.keptConnections ?? []) {
    if (connection.connectionState !== 'connected') continue;
    const sender = connection.getTransceivers()[2]?.sender;
    (await sender?.getStats())?.forEach((report) => (bytes += report.type === 'outbound-rtp' ? report.bytesSent : 0));
  }
  return bytes;
})()`;

export async function run({ flips = 40 } = {}): Promise<BenchResult[]> {
  const desk = await startDesk({ port: 0, stunUrls: [] });
  const args = [`--auto-select-tab-capture-source-by-title=${TITLE}`];
  const enter = (name: string) => createPerson(name, { browser: 'chrome', extension: true, headless: true, args });
  const [viewer, sharer] = await Promise.all([enter('Eva'), enter('Carla')]);
  try {
    const shared = await sharer.open(`data:text/html,${encodeURIComponent(PAGE)}`);
    const stock = await benchStock(viewer, sharer, shared, flips);
    const pair = await createCallPair(desk, viewer, sharer);
    await pair.dial();
    await pair.answer();
    // The baseline's call has no cameras either.
    for (const seat of [pair.caller, pair.callee]) await onEngine(seat, '(engine) => engine.media.setCamera(false)');
    const ours = await benchOurs(pair.caller, pair.callee, shared, flips);
    return [
      compare(
        `share: change until its frame is shown, p50 of ${ours.latencies.length}`,
        'ms',
        median(ours.latencies),
        median(stock.latencies),
      ),
      compare('share: change until its frame is shown, p95', 'ms', p95(ours.latencies), p95(stock.latencies)),
      compare('share: text that scrolls', 'kB/s', ours.scrollingKBps, stock.scrollingKBps),
      compare('share: text that rests', 'kB/s', ours.restingKBps, stock.restingKBps),
      compare('share: width of the picture while text scrolls', 'px', ours.widthPx, stock.widthPx),
    ];
  } finally {
    await Promise.all([viewer.close(), sharer.close()]);
    await desk.close();
  }
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

if (import.meta.main) {
  const [flips] = process.argv.slice(2).map(Number);
  console.table(await run(flips ? { flips } : {}));
  process.exit(0);
}
