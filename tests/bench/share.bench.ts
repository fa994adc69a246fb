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
import { onEngine } from '../e2e/harness/seat.ts';
import { bundleForPage } from '../e2e/overlay/overlay-stage.ts';
import { type BenchResult, compare, median, percentile } from './bench-result.ts';
import { createCallPair } from './call-pair.ts';
import { type Flow, measureFlow, measureShared, sharpnessOfVideo, TEXT_PAGE } from './measure-flow.ts';

const TITLE = 'Page to share';
const SCREEN = 'Carla screen';
const PAGE = `<!doctype html><title>${TITLE}</title>${TEXT_PAGE}`;

// ---- stock ----

async function benchStock(viewer: Person, sharer: Person, shared: Page, count: number): Promise<Flow> {
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
  const measured = await measureFlow(
    {
      shared,
      seen: () => near.evaluate('flips.splice(0)') as Promise<number[]>, // as the page's own function says
      sentBytes: () => far.evaluate('inPage.sentBytes()') as Promise<number>,
      sharpness: () => sharpnessOfVideo(near, shared),
    },
    count,
  );
  await near.close();
  await far.close();
  site.close();
  (await stop.promise)();
  return measured;
}

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
    await press(pair.callee.page, 'button', 'Share screen');
    const ours = await measureShared({ viewer: pair.caller, sharer: pair.callee, label: SCREEN, shared }, flips);
    return [
      compare(
        `share: change until its frame is shown, p50 of ${ours.latencies.length}`,
        'ms',
        median(ours.latencies),
        median(stock.latencies),
      ),
      compare(
        'share: change until its frame is shown, p95',
        'ms',
        percentile(ours.latencies, 0.95),
        percentile(stock.latencies, 0.95),
      ),
      compare('share: text that scrolls', 'kB/s', ours.scrollingKBps, stock.scrollingKBps),
      compare('share: text that rests', 'kB/s', ours.restingKBps, stock.restingKBps),
      compare(
        'share: contrast of fine stripes right after scrolling',
        '0..1',
        ours.scrolledSharpness,
        stock.scrolledSharpness,
      ),
      compare('share: contrast of fine stripes after a rest', '0..1', ours.restedSharpness, stock.restedSharpness),
    ];
  } finally {
    await Promise.all([viewer.close(), sharer.close()]);
    await desk.close();
  }
}

if (import.meta.main) {
  const [flips] = process.argv.slice(2).map(Number);
  console.table(await run(flips ? { flips } : {}));
  process.exit(0);
}
