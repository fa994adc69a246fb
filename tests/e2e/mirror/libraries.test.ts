import { createRequire } from 'node:module';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { bundleForPage } from '../overlay/overlay-stage.ts';
import { readPng } from '../overlay/read-png.ts';
import { type Lab, openLab, openPair, share } from './lab/lab.ts';

let lab: Lab;
let shoelace: string;
beforeAll(async () => {
  [lab, shoelace] = await Promise.all([openLab(), bundleForPage('../mirror/lab/shoelace-in-page.ts')]);
});
afterAll(() => lab.close());

const { resolve } = createRequire(import.meta.url);
const WIDTH = 800;
const HEIGHT = 600;
/** Of all pixels, those that may differ: edges are smoothed a little differently now and then. */
const MAX_SHARE = 0.0003;
const MAX_STEP = 40;

/** The page as it is, and as the mirror shows it: pixel by pixel. */
async function sameToTheEye(source: Page, stage: Page): Promise<void> {
  await waitFor('the mirror to look like the page', async () => {
    await source.bringToFront();
    const page = readPng(await source.screenshot());
    await stage.bringToFront();
    const { x, y } = await stage.evaluate(() => {
      const player = document.querySelector<HTMLElement>('#player')!;
      const [outer, inner] = [player, globalThis.stage.mirror()!].map((element) => {
        const { left, top } = element.getBoundingClientRect();
        return { x: left + element.clientLeft, y: top + element.clientTop };
      });
      return { x: outer!.x + inner!.x, y: outer!.y + inner!.y };
    });
    const mirror = readPng(await stage.screenshot({ clip: { x, y, width: WIDTH, height: HEIGHT } }));
    let other = 0;
    for (let row = 0; row < HEIGHT; row += 1) {
      for (let column = 0; column < WIDTH; column += 1) {
        const [a, b] = [page.at(column, row), mirror.at(column, row)];
        if (a.some((value, channel) => Math.abs(value - b[channel]!) > MAX_STEP)) other += 1;
      }
    }
    if (other <= MAX_SHARE * WIDTH * HEIGHT) return true;
    throw new Error(`${other} of ${WIDTH * HEIGHT} pixels differ`);
  });
}

const STILL = '<style>*,*::before,*::after{animation:none!important;transition:none!important}</style>';

const BOOTSTRAP = `${STILL}<nav class="navbar bg-body-tertiary"><div class="container">
<a class="navbar-brand">Brand</a><ul class="nav nav-tabs"><li class="nav-item"><a class="nav-link active">One</a></li>
<li class="nav-item"><a class="nav-link">Two</a></li></ul></div></nav><div class="container">
<button class="btn btn-primary">Go</button><div class="form-check form-switch"><input class="form-check-input" type="checkbox"
checked></div><input class="form-check-input" type="checkbox" id="all"><select class="form-select"><option>One</option></select>
<input type="range" class="form-range"><div class="accordion"><div class="accordion-item"><h2 class="accordion-header">
<button class="accordion-button collapsed">More</button></h2></div></div><table class="table table-striped"><tr><td>1</td></tr>
<tr><td>2</td></tr></table><div class="alert alert-warning alert-dismissible">Alert <button class="btn-close"></button></div>
<input class="form-control is-invalid" value="x"><div class="progress"><div class="progress-bar progress-bar-striped"
style="width:40%"></div></div></div>`;

/** As Mermaid makes them in Firefox: ids that look like keys, lengths with many decimals. A video and a sound without controls. */
const DRAWN = `<style>#draw-1795988203827-A8f5f1 path{stroke:red;stroke-width:9px}</style>
<svg id="draw-1795988203827-A8f5f1" width="300" height="200"><marker id="mermaid-1795988203827_flowchart-v2-pointEnd"
markerWidth="8" markerHeight="8" refX="4" refY="4"><path d="M0 0L8 4L0 8z"></path></marker>
<linearGradient id="g-1795988203827_fill-V2-Blue8"><stop stop-color="blue"></stop></linearGradient>
<path d="M20 20h200" marker-end="url(#mermaid-1795988203827_flowchart-v2-pointEnd)"></path>
<rect y="60" width="165.76667022705078" height="65.76667022705078" fill="url('#g-1795988203827_fill-V2-Blue8')"></rect>
</svg><video width="300" height="150" style="background:#cde"></video><audio></audio>`;

const SHOELACE = `${STILL}<sl-button variant="primary">Primary</sl-button> <sl-button variant="danger" outline size="large" pill>
<b slot="prefix">!</b>Danger</sl-button><sl-input label="Name" help-text="Help" value="Ann"></sl-input>
<sl-checkbox checked>On</sl-checkbox> <sl-checkbox indeterminate>Mixed</sl-checkbox> <sl-switch checked>Switch</sl-switch>
<sl-progress-bar value="60"></sl-progress-bar><sl-badge variant="warning">9</sl-badge><sl-tab-group>
<sl-tab slot="nav" panel="a">A</sl-tab><sl-tab slot="nav" panel="b">B</sl-tab><sl-tab-panel name="a">First</sl-tab-panel>
<sl-tab-panel name="b">Second</sl-tab-panel></sl-tab-group><sl-details summary="More">Details</sl-details>`;

describe.each(['chrome', 'firefox'] as const)('a page in %s that is made with', (name) => {
  const pair = async (body: string) => {
    const opened = await openPair(lab, { from: name, to: name }, body);
    await opened.source.setViewport({ width: WIDTH, height: HEIGHT });
    await opened.stage.setViewport({ width: WIDTH + 200, height: HEIGHT + 200 });
    return opened;
  };

  test('Bootstrap looks the same in its mirror', async () => {
    const { source, stage, close } = await pair(BOOTSTRAP);
    await source.addStyleTag({ path: resolve('bootstrap/dist/css/bootstrap.css') });
    await share(source, stage);
    await sameToTheEye(source, stage);
    await source.evaluate(() => {
      document.documentElement.dataset.bsTheme = 'dark';
      document.querySelector<HTMLInputElement>('#all')!.indeterminate = true;
      document.querySelector('.accordion-button')!.classList.remove('collapsed');
    });
    await sameToTheEye(source, stage);
    await close();
  });

  test('drawings and players of libraries look the same in a mirror', async () => {
    const { source, stage, close } = await pair(DRAWN);
    await share(source, stage);
    await sameToTheEye(source, stage);
    await close();
  });

  test('Shoelace looks the same in its mirror', async () => {
    const { source, stage, close } = await pair(SHOELACE);
    await source.addStyleTag({ path: resolve('@shoelace-style/shoelace/dist/themes/light.css') });
    await source.addScriptTag({ content: shoelace });
    await source.evaluate(() => document.fonts.ready.then(() => undefined));
    await share(source, stage);
    await sameToTheEye(source, stage);
    await source.evaluate(() => {
      document.querySelector<HTMLElement>('sl-switch')!.click();
      document.querySelector<HTMLElement>('sl-tab[panel="b"]')!.click();
      document.querySelector('sl-details')!.setAttribute('open', '');
      document.querySelector('sl-button')!.setAttribute('variant', 'neutral');
    });
    await sameToTheEye(source, stage);
    await close();
  });
});
