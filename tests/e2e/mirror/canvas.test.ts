import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Display, ensureDesktop, hasDisplay, startDisplay } from '../../../scripts/tools/display.ts';
import { waitFor } from '../harness/deadline.ts';
import { type Lab, openLab, openPair, sameAs, share } from './lab/lab.ts';

let lab: Lab;
let display: Display | null;
beforeAll(async () => {
  const isThere = (await ensureDesktop()).length === 0;
  display = isThere ? await startDisplay() : null;
  lab = await openLab({ display: display?.name });
});
afterAll(async () => {
  await lab.close();
  display?.close();
});

const RED = [1, 0, 0];
const BLUE = [0, 0, 1];

/** The colour of each picture in the mirror that has come, frames last: 0 or 1 for red, green and blue. */
const picturesIn = (stage: Page): Promise<number[][]> =>
  stage.evaluate(async () => {
    const documents = [globalThis.stage.mirror()?.contentDocument];
    const colours = [];
    for (const document of documents) {
      for (const frame of document?.querySelectorAll('iframe') ?? []) documents.push(frame.contentDocument);
      for (const shown of document?.querySelectorAll<HTMLImageElement | HTMLVideoElement>('img,video') ?? []) {
        const isImage = 'src' in shown && 'complete' in shown;
        const address = isImage ? shown.src : shown.poster;
        // Not `decode()`: for a picture that is replaced meanwhile it may never answer.
        if (!address.startsWith('blob:') || (isImage && !shown.complete)) continue;
        const picture = isImage ? shown : await createImageBitmap(await (await fetch(address)).blob());
        const context = new OffscreenCanvas(1, 1).getContext('2d')!;
        context.drawImage(picture, 0, 0, 1, 1);
        colours.push([...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => Math.round(value / 255)));
      }
    }
    return colours;
  });

const seen = (stage: Page, colours: readonly number[][]) =>
  waitFor('the pictures', async () => {
    const found = JSON.stringify(await picturesIn(stage));
    if (found === JSON.stringify(colours)) return true;
    throw new Error(`Seen ${found}`);
  });

async function pair(name: 'chrome' | 'firefox', body: string) {
  const ends = await openPair(lab, { from: name, to: name }, body);
  await share(ends.source, ends.stage);
  await ends.source.bringToFront();
  return ends;
}

/** Firefox draws on a display even where it has no windows. */
const hasWebGl = (name: 'chrome' | 'firefox') => name === 'chrome' || display !== null || hasDisplay();

/** Draws once, as a map or a product does that nobody moves. */
const DRAW = `(canvas, red, blue) => {
  const gl = canvas.getContext('webgl2');
  gl.clearColor(red, 0, blue, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
}`;

describe.each(['chrome', 'firefox'] as const)('canvases in %s', (name) => {
  test('a canvas and a picture are seen, also after they have changed', async () => {
    const body = '<canvas id="chart" width="80" height="40"></canvas><img id="picture" width="40" height="40">';
    const { source, stage, close } = await pair(name, body);
    const paint = (colour: string) => {
      const chart = document.querySelector<HTMLCanvasElement>('#chart')!;
      const context = chart.getContext('2d')!;
      context.fillStyle = colour;
      context.fillRect(0, 0, 80, 40);
      document.querySelector<HTMLImageElement>('#picture')!.src = chart.toDataURL();
    };
    await source.evaluate(paint, '#ff0000');
    await seen(stage, [RED, RED]);
    await source.evaluate(paint, '#0000ff');
    await seen(stage, [BLUE, BLUE]);
    // Elsewhere it looks the same, and nobody draws it again.
    await source.evaluate(() => document.body.append(document.querySelector('#chart')!));
    await sameAs(source, stage);
    await seen(stage, [BLUE, BLUE]);
    await close();
  });

  test('what a video plays is seen, in frames too', async () => {
    const path = lab.serve('<video muted></video>');
    const body = `<video muted></video><iframe src="${path}"></iframe>`;
    const { source, stage, close } = await pair(name, body);
    await waitFor('the frame in the mirror', () =>
      stage.evaluate(() => {
        const frame = globalThis.stage.mirror()?.contentDocument?.querySelector('iframe');
        return frame?.contentDocument?.querySelector('video') ? true : null;
      }),
    );
    await source.evaluate(() => {
      const context = document.createElement('canvas').getContext('2d')!;
      const stream = context.canvas.captureStream();
      Object.assign(globalThis, { colour: '#ff0000' });
      // A stream without changes has no frames.
      setInterval(() => {
        context.fillStyle = Reflect.get(globalThis, 'colour');
        context.fillRect(0, 0, 300, 150);
      }, 50);
      for (const inner of [document, frames[0]!.document]) {
        const video = inner.querySelector('video')!;
        video.srcObject = stream;
        void video.play();
      }
    });
    await seen(stage, [RED, RED]);
    await source.evaluate(() => Object.assign(globalThis, { colour: '#0000ff' }));
    await seen(stage, [BLUE, BLUE]);
    await close();
  });

  test('a canvas that may not be read does not keep others from being seen', async () => {
    const body =
      '<canvas id="tainted" width="80" height="40"></canvas><canvas id="own" width="80" height="40"></canvas>';
    const { source, stage, close } = await pair(name, body);
    await source.evaluate(async (address) => {
      const paint = (id: string, what: (context: CanvasRenderingContext2D) => void) =>
        what(document.querySelector<HTMLCanvasElement>(id)!.getContext('2d')!);
      const picture = Object.assign(new Image(), { src: address });
      await picture.decode();
      paint('#tainted', (context) => context.drawImage(picture, 0, 0));
      paint('#own', (context) => {
        context.fillStyle = '#ff0000';
        context.fillRect(0, 0, 80, 40);
      });
    }, `${lab.otherOrigin}/drawing.svg`);
    await seen(stage, [RED]);
    await close();
  });

  test('what WebGL has drawn once stays to be seen', async ({ skip }) => {
    skip(!hasWebGl(name), 'no display, no WebGL');
    const path = lab.serve('<canvas id="inner" width="80" height="40"></canvas>');
    const body = `<canvas id="own" width="80" height="40"></canvas><iframe src="${path}"></iframe>`;
    const { source, stage, close } = await pair(name, body);
    await waitFor('the frame in the mirror', () =>
      stage.evaluate(() => {
        const frame = globalThis.stage.mirror()?.contentDocument?.querySelector('iframe');
        return frame?.contentDocument?.querySelector('canvas') ? true : null;
      }),
    );
    const draw = (red: number, blue: number) =>
      source.evaluate(
        `for (const canvas of [document.querySelector('canvas'), frames[0].document.querySelector('canvas')])
          (${DRAW})(canvas, ${red}, ${blue})`,
      );
    await draw(1, 0);
    await seen(stage, [RED, RED]);
    // For somebody who comes later, nothing is drawn again.
    await source.evaluate(() => globalThis.lab.renew());
    await waitFor(
      'another snapshot',
      async () => (await source.evaluate(() => globalThis.lab.snapshots())) > 1 || null,
    );
    await seen(stage, [RED, RED]);
    // Many in a row: the last one counts.
    for (let blue = 0; blue < 20; blue += 1) await draw(1 - blue / 19, blue / 19);
    await seen(stage, [BLUE, BLUE]);
    await close();
  });

  test('what WebGL draws on a canvas that has just come is seen', async ({ skip }) => {
    skip(!hasWebGl(name), 'no display, no WebGL');
    const { source, stage, close } = await pair(name, '<p>A canvas comes</p>');
    expect(await picturesIn(stage)).toEqual([]);
    await source.evaluate(`{
      const canvas = document.createElement('canvas');
      document.body.append(canvas);
      (${DRAW})(canvas, 1, 0);
    }`);
    await seen(stage, [RED]);
    await close();
  });
});
