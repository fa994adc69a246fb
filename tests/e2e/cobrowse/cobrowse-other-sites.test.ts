import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import { test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { gone, hasText, press } from '../harness/queries.ts';
import { createScene } from '../harness/scene.ts';
import { mirrorShows, readMirror, startCobrowse } from './mirror-window.ts';
import { ACROSS, openShareScene } from './share-scene.ts';

/** What most pages load from elsewhere: of a site that lets others read it, and of one that does not. */
const pageFor = (elsewhere: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
<link rel="stylesheet" href="${elsewhere}/open.css"><link rel="stylesheet" href="${elsewhere}/shut.css">
<p class="open">Styled from elsewhere</p><p class="shut">Styled from elsewhere</p>
<img class="open" src="${elsewhere}/open.svg" alt=""><img class="shut" src="${elsewhere}/shut.svg" alt="">`;
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h40v40z"/></svg>';

async function serveBoth() {
  const server = createServer(({ url = '' }, response) => {
    const [, name = '', type = ''] = /^\/(\w+)\.(\w+)$/.exec(url) ?? [];
    if (name === 'open') response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', { css: 'text/css', svg: 'image/svg+xml' }[type] ?? 'text/html');
    response.end(type === 'css' ? `.${name} { color: red }` : type === 'svg' ? DRAWING : pageFor(elsewhere));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const elsewhere = `http://localhost:${port}`;
  return { address: `http://127.0.0.1:${port}/`, close: async () => void server.close() };
}

/** Which of them look as they do at the customer's. */
const shows = (window: Page, wanted: readonly string[]) =>
  waitFor('what is of other sites', async () => {
    const seen = await readMirror(window, (document) => {
      const isRed = (element: Element) => document.defaultView!.getComputedStyle(element).color === 'rgb(255, 0, 0)';
      const styled = [...document.querySelectorAll('p')].filter(isRed).map(({ className }) => `style ${className}`);
      const pictures = [...document.querySelectorAll('img')].filter(({ naturalWidth }) => naturalWidth > 0);
      return [...styled, ...pictures.map(({ className }) => `picture ${className}`)].sort();
    });
    if (JSON.stringify(seen) === JSON.stringify(wanted)) return true;
    throw new Error(JSON.stringify(seen));
  });

const OPEN = ['picture open', 'style open'];
const ALL = ['picture open', 'picture shut', 'style open', 'style shut'];

test.each(ACROSS)('pictures and styles of other sites, a page in %s seen in %s', async (browser, expertBrowser) => {
  const scene = createScene();
  const site = await serveBoth();
  scene.onLeave(site.close);
  const { expert, customer, shop: page } = await openShareScene(browser, { expert: expertBrowser, scene });
  await page.goto(site.address);
  await pressIcon(customer.person, page);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'Styled from elsewhere');
  await shows(window, OPEN);
  // A second snapshot has them, too.
  await readMirror(window, (document) => document.body.setAttribute('data-first', ''));
  await press(window, 'button', 'Resync');
  await waitFor('it', () => readMirror(window, (document) => !document.body.hasAttribute('data-first') || null));
  await shows(window, OPEN);
  await hasText(window, 'status', /^Parts of this page from other sites .* Carla Customer can show them/);
  await press(customer.page, 'button', 'Details');
  await press(customer.page, 'button', 'Show them, too');
  await shows(window, ALL);
  await gone(customer.page, 'button', 'Show them, too');
  await gone(window, 'status', /^Parts of this page from other sites/);
});
