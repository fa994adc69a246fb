/** A tab that somebody watches from afar, as a picture or mirrored: how late, how much, how sharp. */
import type { Page } from 'puppeteer';
import { waitFor } from '../e2e/harness/deadline.ts';
import type { Seat } from '../e2e/harness/seat.ts';
import { watchFlips } from './watch-flips.ts';

const SCROLL_MS = 8_000;
/** CSS pixels, in the right upper corner. */
const STRIPES = { width: 120, height: 40 } as const;

/** What is watched: text, as long as a manual, a block that a test flips, and stripes of one CSS pixel, as fine as text. */
export const TEXT_PAGE = `<body style="margin:0;font:15px/1.6 sans-serif;background:#fff">
<i id="block" style="position:fixed;inset:0 auto auto 0;width:10vw;height:10vw;background:#000"></i>
<i id="stripes" style="position:fixed;inset:0 0 auto auto;width:${STRIPES.width}px;height:${STRIPES.height}px;background:repeating-linear-gradient(90deg,#000 0 1px,#fff 1px 2px)"></i>
<main style="margin:10px 14vw">${Array.from({ length: 400 }, (_, line) => `<p>${line}. Close the valve, wait until the gauge shows ${line % 10}.${line % 7} bar, then loosen the four screws of cover P-${200 + line}.</p>`).join('')}</main>`;

export interface Flow {
  /** Ms from each flip to the frame that shows it. */
  readonly latencies: readonly number[];
  readonly scrollingKBps: number;
  readonly restingKBps: number;
  /** 0 to 1: how much of the stripes' contrast arrives, right after the scrolling and after a rest. */
  readonly scrolledSharpness: number;
  readonly restedSharpness: number;
}

export interface Watched {
  readonly shared: Page;
  /** Flips that were seen since the last question, epoch ms. */
  seen(): Promise<readonly number[]>;
  sentBytes(): Promise<number>;
  sharpness(): Promise<number>;
}

/** Flips the block `count` times, then scrolls, then rests. */
export async function measureFlow({ shared, seen, sentBytes, sharpness }: Watched, count: number): Promise<Flow> {
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
  const scrolledSharpness = await sharpness();
  const restingKBps = await bytesOf(sentBytes, () => pause(SCROLL_MS / 2));
  return { latencies, scrollingKBps, restingKBps, scrolledSharpness, restedSharpness: await sharpness() };
}

/** How much of the stripes' contrast the largest video in `viewer` has. */
export const sharpnessOfVideo = async (viewer: Page, shared: Page): Promise<number> =>
  viewer.evaluate(readStripes, await shared.evaluate(() => innerWidth), STRIPES);

/** Runs in the page that shows the picture; `pageWidth` in CSS pixels. */
function readStripes(pageWidth: number, { width, height }: typeof STRIPES): number {
  const [video] = [...document.querySelectorAll('video')].sort((a, b) => b.videoWidth - a.videoWidth);
  const scale = (video?.videoWidth ?? 0) / pageWidth;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!video || !context) return Number.NaN;
  const left = video.videoWidth - width * scale;
  context.drawImage(video, left, 0, width * scale, height * scale, 0, 0, width, height);
  const { data } = context.getImageData(0, height / 2, width, 1);
  let sum = 0;
  for (let x = 1; x < width; x += 1) sum += Math.abs((data[x * 4] ?? 0) - (data[x * 4 - 4] ?? 0));
  return sum / 255 / (width - 1);
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

/** The same of a tab that is shared in a call of ours, once its picture is there. */
export async function measureShared(pair: SharedInCall, count: number): Promise<Flow> {
  const { viewer, sharer, label, shared } = pair;
  await waitFor('the picture', () =>
    viewer.page.evaluate((label) => {
      const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
      return (video?.videoWidth ?? 0) > 0 || null;
    }, label),
  );
  await viewer.page.evaluate(
    `globalThis.flips = (${watchFlips.toString()})([...document.querySelectorAll('video')].find((each) => each.ariaLabel === ${JSON.stringify(label)})); 0`,
  );
  return measureFlow(
    {
      shared,
      seen: () => viewer.page.evaluate('flips.splice(0)') as Promise<number[]>, // as `watchFlips` says
      sentBytes: () => sharer.room.evaluate(SCREEN_BYTES) as Promise<number>, // as it says
      sharpness: () => sharpnessOfVideo(viewer.page, shared),
    },
    count,
  );
}

export interface SharedInCall {
  readonly viewer: Seat;
  readonly sharer: Seat;
  /** Of the picture, at the viewer. */
  readonly label: string;
  readonly shared: Page;
}

/** To be evaluated next to an engine: bytes of the third tap, the screen, that have left. */
const SCREEN_BYTES = `(async () => {
  let bytes = 0;
  for (const connection of globalThis.keptConnections ?? []) {
    if (connection.connectionState !== 'connected') continue;
    const sender = connection.getTransceivers()[2]?.sender;
    (await sender?.getStats())?.forEach((report) => (bytes += report.type === 'outbound-rtp' ? report.bytesSent : 0));
  }
  return bytes;
})()`;
