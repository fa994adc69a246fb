/**
 * The same page co-browsed and as a video of its tab (tabCapture: "Share this tab" in a call): how late a change is seen, how
 * much is sent, how sharp it is.
 *
 *   node tests/bench/cobrowse-video.bench.ts [flips]
 */
import type { Page } from 'puppeteer';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from '../e2e/harness/deadline.ts';
import { createPerson } from '../e2e/harness/person.ts';
import { press } from '../e2e/harness/queries.ts';
import { onEngine } from '../e2e/harness/seat.ts';
import { readPng } from '../e2e/overlay/read-png.ts';
import { type BenchResult, compare, median, percentile } from './bench-result.ts';
import { createCallPair } from './call-pair.ts';
import { type Flow, measureFlow, measureShared, TEXT_PAGE } from './measure-flow.ts';
import { createMirrorBench } from './mirror-ends.ts';

const SCREEN = 'Carla screen';

// ---- co-browsed ----

async function benchMirror(flips: number): Promise<Flow> {
  const bench = await createMirrorBench();
  try {
    const { customer, expert, share, sentBytes } = await bench.open('ours', TEXT_PAGE);
    await share();
    await waitFor('the whole page', () =>
      expert.evaluate(
        () => globalThis.mirrored()?.querySelector('p:last-of-type')?.textContent?.startsWith('399') || null,
      ),
    );
    await expert.bringToFront();
    await expert.evaluate(watchMirrorFlips);
    return await measureFlow(
      {
        shared: customer,
        seen: () => expert.evaluate(() => (Reflect.get(globalThis, 'flips') as number[]).splice(0)),
        sentBytes,
        sharpness: () => sharpnessOfMirror(expert),
      },
      flips,
    );
  } finally {
    await bench.close();
  }
}

declare global {
  /** The mirrored document, in the expert's page (mirror-ends.ts). */
  var mirrored: () => Document | null;
}

/** Runs in the expert's page: when the frame was painted that shows the block light or dark, as they come. */
function watchMirrorFlips(): void {
  const flips: number[] = [];
  Object.assign(globalThis, { flips });
  const colour = () => globalThis.mirrored()?.querySelector<HTMLElement>('#block')?.style.background;
  let last = colour();
  const painted = new MessageChannel();
  painted.port1.addEventListener('message', () => flips.push(performance.timeOrigin + performance.now()));
  painted.port1.start();
  const look = () => {
    const now = colour();
    if (now !== last) painted.port2.postMessage(0);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** As `sharpnessOfVideo` (measure-flow.ts), read from what the expert's browser paints. */
async function sharpnessOfMirror(expert: Page): Promise<number> {
  const clip = await expert.evaluate(() => {
    const stripes = globalThis.mirrored()?.querySelector('#stripes');
    if (!stripes) throw new Error('The mirror has no stripes');
    let { left: x, top: y, width, height } = stripes.getBoundingClientRect();
    for (let view: Window | null = stripes.ownerDocument.defaultView; view?.frameElement; view = view.parent) {
      const frame = view.frameElement as HTMLIFrameElement; // by being one
      const box = frame.getBoundingClientRect();
      const scale = box.width / frame.offsetWidth;
      [x, y, width, height] = [box.left + x * scale, box.top + y * scale, width * scale, height * scale];
    }
    return { x, y, width, height };
  });
  const { at, width, height } = readPng(await expert.screenshot({ clip }));
  const row = Array.from({ length: width }, (_, x) => at(x, Math.floor(height / 2))[0]);
  return row.slice(1).reduce((sum, value, x) => sum + Math.abs(value - (row[x] ?? 0)), 0) / 255 / (width - 1);
}

// ---- as a video ----

async function benchVideo(flips: number): Promise<Flow> {
  const desk = await startDesk({ port: 0, stunUrls: [] });
  const enter = (name: string) => createPerson(name, { browser: 'chrome', extension: true, headless: true });
  const [viewer, sharer] = await Promise.all([enter('Eva'), enter('Carla')]);
  try {
    const { dial, answer, caller, callee } = await createCallPair(desk, viewer, sharer);
    await dial();
    await answer();
    // No other picture competes with it.
    for (const seat of [caller, callee]) await onEngine(seat, '(engine) => engine.media.setCamera(false)');
    const shared = await sharer.open(`data:text/html,${encodeURIComponent(`<!doctype html>${TEXT_PAGE}`)}`);
    await sharer.openPanel(shared);
    await press(callee.page, 'button', 'Options');
    await press(callee.page, 'menuitem', 'Share this tab');
    return await measureShared({ viewer: caller, sharer: callee, label: SCREEN, shared }, flips);
  } finally {
    await Promise.all([viewer.close(), sharer.close()]);
    await desk.close();
  }
}

export async function run({ flips = 40 } = {}): Promise<BenchResult[]> {
  const mirror = await benchMirror(flips);
  const video = await benchVideo(flips);
  const row = (name: string, unit: string, of: (flow: Flow) => number) =>
    compare(`co-browse or tabCapture video: ${name}`, unit, of(mirror), of(video));
  return [
    row(`change until it is seen, p50 of ${mirror.latencies.length}`, 'ms', ({ latencies }) => median(latencies)),
    row('change until it is seen, p95', 'ms', ({ latencies }) => percentile(latencies, 0.95)),
    row('text that scrolls', 'kB/s', ({ scrollingKBps }) => scrollingKBps),
    row('text that rests', 'kB/s', ({ restingKBps }) => restingKBps),
    row('contrast of fine stripes right after scrolling', '0..1', ({ scrolledSharpness }) => scrolledSharpness),
    row('contrast of fine stripes after a rest', '0..1', ({ restedSharpness }) => restedSharpness),
  ];
}

if (import.meta.main) {
  const [flips] = process.argv.slice(2).map(Number);
  console.table(await run(flips ? { flips } : {}));
  process.exit(0);
}
