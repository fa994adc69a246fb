import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { ROOT } from '../../../scripts/tools/steps.ts';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { byRole, gone, hasText, press } from '../harness/queries.ts';
import { createScene } from '../harness/scene.ts';
import { serve } from '../mirror/lab/serve.ts';
import { mirrorShows, readMirror, startCobrowse } from './mirror-window.ts';
import { ACROSS, openShareScene } from './share-scene.ts';

/** One of everything that a page may be made of. `ELSEWHERE` is the same server by another name: another site. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parts</title><link rel="icon" href="data:,">
<style>
  @font-face { font-family: Served; src: url(/components/fonts/inter-latin.woff2) }
  p { font-family: Served }
  :not(:defined) { visibility: hidden }
  :root { --m: 7px }
</style>
<link rel="stylesheet" href="/lost.css"><style>LOST</style>
<p>In a font of its own</p>
<img src="/public/icon/PIXELS" width="32" height="32" alt="">
<img src="/server/pages/icon.svg" width="32" height="32" alt="">
<img srcset="/public/icon/PIXELS 1x, /none.png 9x" width="32" height="32" alt="">
<picture><source srcset="/public/icon/PIXELS"><img src="/none.png" width="32" height="32" alt=""></picture>
<svg width="20" height="20"><use href="/sprite.svg#icon"></use></svg>
<svg width="20" height="20"><use xlink:href="/sprite.svg#icon" id="late"></use></svg>
<svg width="40" height="40"><image xlink:href="/server/pages/icon.svg"></image></svg>
<canvas width="80" height="40"></canvas>
<video muted width="80" height="40"></video>
<div id="open"></div><div id="closed"></div>
<p id="linked">Linked</p><p id="styled">Styled</p><x-late>Late</x-late>
<div id="card" big><b slot="title">Title</b></div>
<iframe src="/near"></iframe><iframe src="ELSEWHERE/far"></iframe>
<p id="over" popover>part-popover</p>
<dialog>part-dialog</dialog>
<script>
  const context = document.querySelector('canvas').getContext('2d');
  context.fillStyle = 'red';
  // A stream has pictures only of what is drawn.
  setInterval(() => context.fillRect(0, 0, 80, 40), 100);
  const video = document.querySelector('video');
  video.srcObject = context.canvas.captureStream();
  video.play();
  document.querySelector('#open').attachShadow({ mode: 'open' }).textContent = 'part-open-root';
  const card = document.querySelector('#card').attachShadow({ mode: 'open' });
  card.innerHTML = '<style>:host([big]) { order: 2 }</style><slot name="title"></slot>';
  document.querySelector('#closed').attachShadow({ mode: 'closed' }).textContent = 'part-closed-root';
</script>`;
const lost = (id: string) => `#${id} { margin: var(--m); margin-left: 4px }`;
const frame = (text: string) => `<!doctype html><meta charset="utf-8"><p>${text}</p>`;

/** Runs in the mirror: what is to be seen of the page. */
function shownIn(document: Document) {
  const texts: string[] = [];
  const read = (node: Node) => {
    if (node.nodeType === 3) texts.push(node.nodeValue ?? '');
    for (const child of node.childNodes) read(child);
    const { shadowRoot, contentDocument } = node as Element & { contentDocument?: Document | null };
    for (const inner of [shadowRoot, contentDocument]) if (inner) read(inner);
  };
  read(document);
  return {
    parts: texts.filter((text) => text.startsWith('part-')).sort(),
    /** Whether a picture has come. */
    pictures: [...document.querySelectorAll('img')].map(({ naturalWidth }) => naturalWidth > 0),
    isPlaying: document.querySelector('video')!.poster.startsWith('blob:'),
    /** Whether parts of other drawings, and pictures in one, are there. */
    icons: [...document.querySelectorAll<SVGGraphicsElement>('use,image')].map((icon) => icon.getBBox().width > 0),
    // After a second snapshot the rule may be there twice.
    fonts: [...new Set([...document.fonts].map(({ family, status }) => `${family.replaceAll('"', '')} ${status}`))],
    /** What only some browsers, elements and style sheets can say of themselves. */
    looks: ['#linked', '#styled', '#card', 'x-late', '[slot]'].map((selector) => {
      const element = document.querySelector(selector)!;
      const { margin, order, visibility } = document.defaultView!.getComputedStyle(element);
      return [margin, order, visibility, element.getBoundingClientRect().width > 0].join(' ');
    }),
    isOpen: [document.querySelector('#over')!.matches(':popover-open'), document.querySelector('dialog')!.open],
  };
}

/** What is written in frames of which nothing is seen. */
const standIns = (window: Page) =>
  readMirror(window, (document) =>
    [...document.querySelectorAll('iframe')]
      .map(({ contentDocument }) => contentDocument?.body?.textContent ?? '')
      .filter((text) => /not shown/.test(text)),
  );

const ALL = {
  parts: ['part-closed-root', 'part-dialog', 'part-far', 'part-near', 'part-open-root', 'part-popover'],
  pictures: [true, true, true, true, true],
  isPlaying: true,
  icons: [true, true, true],
  fonts: ['Served loaded'],
};
const looks = (late: 'hidden' | 'visible') => [
  '7px 7px 7px 4px 0 visible true',
  '7px 7px 7px 4px 0 visible true',
  '0px 2 visible true',
  `0px 0 ${late} true`,
  '0px 0 visible true',
];

test.each(ACROSS)('every part of a page in %s is seen in %s', async (browser, expertBrowser) => {
  const scene = createScene();
  const pixels = (await readdir(join(ROOT, 'public/icon'))).find((name) => name.endsWith('.png')) ?? '';
  const pages: Record<string, string> = {
    '/near': frame('part-near'),
    '/lost.css': lost('linked'),
    '/far': frame('part-far'),
    '/late': frame('part-late'),
    '/sprite.svg':
      '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="icon" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></symbol></svg>',
  };
  const site = await serve(ROOT, pages);
  const elsewhere = site.origin.replace('127.0.0.1', 'localhost');
  pages['/parts'] = PAGE.replaceAll('PIXELS', pixels).replace('ELSEWHERE', elsewhere).replace('LOST', lost('styled'));
  scene.onLeave(() => site.close());
  const { expert, customer, shop: page } = await openShareScene(browser, { expert: expertBrowser, scene });
  await page.goto(`${site.origin}/parts`);
  await pressIcon(customer.person, page);

  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'In a font of its own');
  const shows = (wanted: object) =>
    waitFor('all of it', async () => {
      const shown = JSON.stringify(await readMirror(window, shownIn));
      if (shown === JSON.stringify(wanted)) return true;
      throw new Error(shown);
    });
  await press(customer.page, 'button', 'Details');
  // A press on the icon lets Chromium's extensions into one site, Firefox's into all that is in the page by then.
  if (browser === 'chrome') {
    await shows({
      ...ALL,
      parts: ALL.parts.filter((part) => part !== 'part-far'),
      looks: looks('hidden'),
      isOpen: [false, false],
    });
    await hasText(window, 'status', /^Parts of this page from other sites .* Carla Customer can show them/);
    await expect.poll(() => standIns(window)).toEqual(['From another site, not shown']);
    await byRole(customer.page, 'group', /^Not seen by Eva Expert: .* localhost:/);
    await press(customer.page, 'button', 'Show them, too');
  }
  await shows({ ...ALL, looks: looks('hidden'), isOpen: [false, false] });
  // A frame that comes later gets scripts of its own, and what is known of the others stays known.
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
  }, `${elsewhere}/late`);
  if (browser === 'firefox') await press(customer.page, 'button', 'Show them, too');
  const parts = [...ALL.parts, 'part-late'].sort();
  await shows({ ...ALL, parts, looks: looks('hidden'), isOpen: [false, false] });
  await gone(customer.page, 'button', 'Show them, too');
  await expect.poll(() => standIns(window)).toEqual([]);
  await page.evaluate(() => {
    customElements.define('x-late', class extends HTMLElement {});
    document.querySelector('dialog')!.showModal();
    document.querySelector<HTMLElement>('#over')!.showPopover();
  });
  await shows({ ...ALL, parts, looks: looks('visible'), isOpen: [true, true] });
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

/** Puts its own into the browser's objects, as libraries of old did. */
const OLD = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Old</title><link rel="icon" href="data:,">
<p>An old page</p><ul><li>One</li></ul>
<script>
  const toArray = (list) => (list ? [].slice.call(list) : []);
  Array.from = toArray;
  Object.assign(Array.prototype, {
    toJSON() { return '[' + [].map.call(this, (each) => JSON.stringify(each)).join(', ') + ']'; },
    entries() { return toArray(this); },
    reduce() { return this.length > 1 ? this : this[0]; },
  });
</script>`;

test.each(['chrome', 'firefox'] as const)(
  'a page in %s with a library of old is seen as any other',
  async (browser) => {
    const scene = createScene();
    const site = await serve(ROOT, { '/old': OLD });
    scene.onLeave(() => site.close());
    const { expert, customer, shop: page } = await openShareScene(browser, { scene });
    await page.goto(`${site.origin}/old`);
    await pressIcon(customer.person, page);
    const window = await startCobrowse(expert, customer);
    for (const when of ['first', 'reloaded']) {
      await mirrorShows(window, 'An old page');
      await page.evaluate((when) => {
        document.querySelector('p')!.setAttribute('style', 'color: red; order: 2');
        document.querySelector('ul')!.insertAdjacentHTML('beforeend', `<li>${when}</li>`);
        const style = document.head.appendChild(document.createElement('style'));
        style.textContent = '.b{color:blue}';
        style.sheet!.insertRule('li{order:3}');
      }, when);
      await mirrorShows(window, when);
      const orders = () =>
        readMirror(window, (document) =>
          ['p', 'li'].map((name) => document.defaultView!.getComputedStyle(document.querySelector(name)!).order),
        );
      await expect.poll(orders).toEqual(['2', '3']);
      // What the page has made of the browser stays as it has made it.
      expect(await page.evaluate('[Array.from([1], (each) => each * 2)[0], JSON.stringify([1])]')).toEqual([
        1,
        '"[1]"',
      ]);
      await page.reload();
    }
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
