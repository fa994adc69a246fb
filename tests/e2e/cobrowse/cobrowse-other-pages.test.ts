import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { SharedTabView } from '../../../lib/state/cobrowse-share-api.ts';
import { waitFor } from '../harness/deadline.ts';
import { pressIcon } from '../harness/press-icon.ts';
import { hasText, press } from '../harness/queries.ts';
import { createScene } from '../harness/scene.ts';
import { onEngine } from '../harness/seat.ts';
import { mirrorShows, readMirror, startCobrowse } from './mirror-window.ts';
import { openShareScene } from './share-scene.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
/** As small as a PDF may be: one empty page. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
trailer<</Root 1 0 R>>`;

interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const page = (text: string, headers: Readonly<Record<string, string>> = {}): Page => ({
  headers: { ...HTML, ...headers },
  body: `<!doctype html><html lang="en"><title>${text}</title><link rel="icon" href="data:,"><p>${text}</p>`,
});

/** Pages that are more, or less, than a page of HTML. */
const PAGES: Readonly<Record<string, Page>> = {
  '/': page('An ordinary page'),
  '/frames': {
    headers: HTML,
    body: '<title>Frames</title><frameset cols="50%,50%"><frame src="/"><frame src="/"></frameset>',
  },
  '/drawing': {
    headers: { 'content-type': 'image/svg+xml' },
    body: '<svg xmlns="http://www.w3.org/2000/svg"><title>Drawing</title><path d="M0 0h9v9z"/></svg>',
  },
  // Without a style sheet Chromium makes a page of HTML of it.
  '/data': {
    headers: { 'content-type': 'text/xml' },
    body: '<?xml version="1.0"?><?xml-stylesheet href="data:text/css,a%7B%7D"?><a>Data</a>',
  },
  '/paper': { headers: { 'content-type': 'application/pdf' }, body: PDF },
  '/strict': {
    headers: { 'content-type': 'application/xhtml+xml' },
    body: '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Strict</title></head><body><p>A page in XML</p></body></html>',
  },
  '/papers': {
    headers: HTML,
    body: '<!doctype html><title>Papers</title><p>Papers</p><embed src="/paper" type="application/pdf"><iframe src="/paper"></iframe>',
  },
  '/isolated': page('An isolated page', {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  }),
};

async function servePages() {
  const server = createServer(({ url = '' }, response) => {
    const { headers, body } = PAGES[url] ?? page('Nothing here');
    // What a page is made of is known only once it has come.
    response.writeHead(200, headers).write(body.slice(0, 20));
    setTimeout(() => response.end(body.slice(20)), 400);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { origin: `http://127.0.0.1:${port}`, close: async () => void server.close() };
}

/** Runs in the mirror: what stands in its frames, and in theirs. */
function wordsInFrames(document: Document): string[] {
  const inside = [...document.querySelectorAll('iframe')].flatMap(({ contentDocument }) => contentDocument ?? []);
  return inside
    .flatMap((each) =>
      [...each.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.body).concat(each.body),
    )
    .flatMap((body) => body?.textContent ?? []);
}

test.each(['chrome', 'firefox'] as const)('pages of other kinds in %s are seen, or said not to be', async (browser) => {
  const scene = createScene();
  const site = await servePages();
  scene.onLeave(site.close);
  const { expert, customer, shop } = await openShareScene(browser, { scene });
  const go = (path: string) =>
    // Firefox never says that its PDF viewer has come.
    shop.goto(site.origin + path, { waitUntil: [] });
  await shop.goto(`${site.origin}/`);
  await pressIcon(customer.person, shop);
  const window = await startCobrowse(expert, customer);
  await mirrorShows(window, 'An ordinary page');

  await go('/strict');
  await mirrorShows(window, 'A page in XML');
  await go('/papers');
  const notShown = 'A PDF or other file, not shown';
  // Firefox's viewer is of another site than the page.
  const words = [notShown, browser === 'chrome' ? notShown : 'From another site, not shown'];
  await expect.poll(() => readMirror(window, wordsInFrames), { timeout: 10_000 }).toEqual(words);

  const cant = 'This page can’t be mirrored';
  for (const [path, words] of [
    ['/frames', `${cant}It can’t be rebuilt here.`],
    ['/drawing', `${cant}It is a file.`],
    ['/data', `${cant}It is a file.`],
    // Firefox lets no extension into its viewer.
    ['/paper', browser === 'chrome' ? `${cant}It is a PDF.` : /PDFs and shops for extensions can’t be mirrored/],
  ] as const) {
    await go(path);
    await hasText(window, 'status', words);
    await go('/');
    await hasText(window, 'status', 'Live');
  }

  // Chromium may forget there that the icon was pressed; then the customer is asked again.
  await go('/isolated');
  await waitFor('it to be seen or asked about', async () => {
    const { state, address } = (await onEngine(
      customer,
      '(engine) => engine.cobrowseShare.tabs.peek()[0]',
    )) as SharedTabView; // as it says
    if (state.kind !== 'asking') return (state.kind === 'live' && address.endsWith('/isolated')) || null;
    expect(state.origin).toBe(site.origin);
    await press(customer.page, 'button', 'For this call');
    return true;
  });
  await mirrorShows(window, 'An isolated page');
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
