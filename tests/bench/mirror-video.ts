/** The same page as a video of its tab, with the browser's own settings, against its mirror. */
import type { Page } from 'puppeteer';
import { type BenchResult, compare, median } from './bench-result.ts';
import { type MirrorBench, type MirrorEnds, takeSeen, whenSeen } from './mirror-ends.ts';

const FLIPS = 40;
const USE_MS = 10_000;
const TEXT = Array.from(
  { length: 60 },
  (_, line) => `<p>Line ${line}: invoice 4711-${line}, due on the ${(line % 28) + 1}th, 1lI0O, rn or m?</p>`,
).join('');
const BODY = `<style>body{margin:8px;font:13px/1.2 sans-serif} p{margin:0} #flag{position:fixed;inset:0 auto auto 0;width:64px;height:64px;background:#000}</style>
<div id="flag"></div><p id="mark">0</p><ul id="list"></ul>${TEXT}`;

/** Runs at the customer: captures this tab and offers it; the browser picks the tab by its title. */
async function offerTab(): Promise<string> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
  const connection = new RTCPeerConnection();
  Object.assign(globalThis, { videoConnection: connection });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('Nothing was captured');
  track.contentHint = 'detail';
  connection.addTrack(track, stream);
  await connection.setLocalDescription();
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((done) => connection.addEventListener('icegatheringstatechange', done, { once: true }));
  }
  return JSON.stringify(connection.localDescription);
}

/** Runs at the expert: answers, and notes when the flag in the corner of the video turns white or black. */
async function watchTab(offer: string): Promise<string> {
  const connection = new RTCPeerConnection();
  const page = globalThis as typeof globalThis & { flips: [boolean, number][]; lastFrame: OffscreenCanvas };
  page.flips = [];
  connection.addEventListener('track', ({ track }) => {
    const video = document.createElement('video');
    Object.assign(video, { muted: true, srcObject: new MediaStream([track]) });
    document.body.append(video);
    void video.play();
    const context = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true })!;
    let wasWhite = false;
    const onFrame = () => {
      const scale = video.videoWidth / 1_280;
      context.drawImage(video, 10 * scale, 10 * scale, 40 * scale, 40 * scale, 0, 0, 8, 8);
      const isWhite = (context.getImageData(4, 4, 1, 1).data[0] ?? 0) > 128;
      if (isWhite !== wasWhite) page.flips.push([isWhite, performance.timeOrigin + performance.now()]);
      wasWhite = isWhite;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  });
  await connection.setRemoteDescription(JSON.parse(offer) as RTCSessionDescriptionInit);
  await connection.setLocalDescription();
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((done) => connection.addEventListener('icegatheringstatechange', done, { once: true }));
  }
  return JSON.stringify(connection.localDescription);
}

const accept = (answer: string): Promise<void> =>
  (globalThis as typeof globalThis & { videoConnection: RTCPeerConnection }).videoConnection.setRemoteDescription(
    JSON.parse(answer) as RTCSessionDescriptionInit,
  );

/** Runs at the customer: turns the flag, and the text that the mirror is watched by. Resolves to when, epoch ms. */
async function flip(count: number): Promise<number[]> {
  const at: number[] = [];
  for (let index = 1; index <= count; index += 1) {
    at.push(performance.timeOrigin + performance.now());
    document.querySelector<HTMLElement>('#flag')!.style.background = index % 2 === 1 ? '#fff' : '#000';
    document.querySelector('#mark')!.textContent = String(index);
    await new Promise((done) => setTimeout(done, 180 + ((index * 13) % 31)));
  }
  return at;
}

/** Runs at the customer: the intense use of cobrowse.bench.ts, without the pointer. */
async function use(ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (let keys = 0; performance.now() < until; keys += 1) {
    const items = Array.from({ length: 20 }, (_, index) => {
      const item = document.createElement('li');
      item.innerHTML = `<b>Result ${index}</b> <span>${(keys * index) % 97}</span> of ${keys}`;
      return item;
    });
    document.querySelector('#list')!.replaceChildren(...items);
    await new Promise((done) => setTimeout(done, 240));
  }
}

const videoBytes = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { videoConnection } = globalThis as typeof globalThis & { videoConnection: RTCPeerConnection };
    let total = 0;
    (await videoConnection.getStats()).forEach((report: { type: string; bytesSent?: number }) => {
      if (report.type === 'outbound-rtp') total += report.bytesSent ?? 0;
    });
    return total;
  });

/** Runs at the expert: contrast between neighbouring pixels of the text, as the video or a picture has it. */
async function edges(picture: string | null): Promise<number> {
  const video = document.querySelector('video');
  const source = picture === null ? video : await createImageBitmap(await (await fetch(picture)).blob());
  if (source === null) throw new Error('There is no video');
  const context = new OffscreenCanvas(600, 400).getContext('2d')!;
  const scale = source instanceof HTMLVideoElement ? source.videoWidth / 1_280 : source.width / 1_280;
  context.drawImage(source, 80 * scale, 100 * scale, 600 * scale, 400 * scale, 0, 0, 600, 400);
  const { data } = context.getImageData(0, 0, 600, 400);
  let sum = 0;
  for (let index = 0; index < data.length - 4; index += 4) sum += Math.abs((data[index] ?? 0) - (data[index + 4] ?? 0));
  return sum;
}

export async function benchVideo(bench: MirrorBench): Promise<BenchResult[]> {
  const ends: MirrorEnds = await bench.open('ours', BODY);
  const { customer, expert } = ends;
  for (const page of [customer, expert]) await page.setViewport({ width: 1_280, height: 800 });
  await ends.share();
  // While it is in front: frames of a tab behind another are not painted.
  await whenSeen(expert, 'mark:0');
  const watcher = await bench.lab.open('expert', 'chrome', bench.lab.serve('<p>Video</p>'));
  await customer.bringToFront();
  const answer = await watcher.evaluate(watchTab, await customer.evaluate(offerTab));
  await customer.evaluate(accept, answer);
  await new Promise((done) => setTimeout(done, 3_000));

  await takeSeen(expert);
  const turns = async (front: Page) => {
    await front.bringToFront();
    await customer.bringToFront();
    return customer.evaluate(flip, FLIPS);
  };
  const shown = await turns(watcher);
  const flips = await watcher.evaluate(() => (globalThis as typeof globalThis & { flips: [boolean, number][] }).flips);
  const video = shown.flatMap((at, index) => {
    const then = flips.find(([isWhite, when]) => when >= at && isWhite === (index % 2 === 0))?.[1];
    return then === undefined ? [] : [then - at];
  });
  await customer.evaluate(() => void (document.querySelector('#mark')!.textContent = 'rest'));
  const made = await turns(expert);
  const seen = await takeSeen(expert);
  const mirror = made.flatMap((at, index) => {
    const then = seen.find(([name, when]) => name === `mark:${index + 1}` && when >= at)?.[1];
    return then === undefined ? [] : [then - at];
  });

  const before = { video: await videoBytes(customer), mirror: await ends.sentBytes() };
  await customer.evaluate(use, USE_MS);
  const after = { video: await videoBytes(customer), mirror: await ends.sentBytes() };
  const perMinute = (kind: 'video' | 'mirror') => ((after[kind] - before[kind]) * 60_000) / USE_MS / 1_000;

  await new Promise((done) => setTimeout(done, 2_000));
  const picture = async (page: Page) => `data:image/png;base64,${await page.screenshot({ encoding: 'base64' })}`;
  await customer.bringToFront();
  const own = await watcher.evaluate(edges, await picture(customer));
  await watcher.bringToFront();
  const ofVideo = await watcher.evaluate(edges, null);
  await expert.bringToFront();
  const ofMirror = await watcher.evaluate(edges, await picture(expert));
  await Promise.all([watcher.close(), ends.close()]);
  return [
    compare('co-browse and a video of the same tab: change until seen, p50', 'ms', median(mirror), median(video)),
    compare('co-browse and a video: sent in a minute of typing', 'kB', perMinute('mirror'), perMinute('video')),
    compare(
      'co-browse and a video: edges of text as sharp as the page’s',
      '%',
      (ofMirror / own) * 100,
      (ofVideo / own) * 100,
    ),
  ];
}
