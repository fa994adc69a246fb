import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer';
import { build } from 'vite';
import type { BrowserName } from '../../../scripts/tools/browsers.ts';
import { waitFor } from '../harness/deadline.ts';
import { launch } from '../harness/launch.ts';
import { findColour, readPng } from './read-png.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** No script, no style but the page's own, no element of ours may need more. */
const STRICT_CSP =
  "default-src 'none'; style-src 'nonce-page'; require-trusted-types-for 'script'; frame-ancestors 'none'";

/** One file for a page, made of a module of the tests and what it imports. */
export async function bundleForPage(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: true, lib: { entry: join(HERE, entry), formats: ['iife'], name: 'inPage' } },
  });
  const outputs = Array.isArray(result)
    ? result.flatMap(({ output }) => output)
    : 'output' in result
      ? result.output
      : [];
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (chunk === undefined) throw new Error(`${entry} gave no script`);
  return chunk.code;
}

export interface OverlayStage {
  /** A page with the overlay in it, not started. `csp` null: a page without a policy, whose scripts run. */
  open(html: string, options?: { readonly csp?: string | null }): Promise<Page>;
  close(): Promise<void>;
}

export async function createOverlayStage(browserName: BrowserName): Promise<OverlayStage> {
  const script = await bundleForPage('overlay-in-page.ts');
  const pages = new Map<string, { html: string; csp: string | null }>();
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page === undefined) {
      response.writeHead(404).end();
      return;
    }
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    response.writeHead(200, page.csp === null ? headers : { ...headers, 'content-security-policy': page.csp });
    response.end(page.html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const { browser, close } = await launch({ browser: browserName, extension: false, headless: true });
  return {
    async open(html, { csp = STRICT_CSP } = {}) {
      const path = `/${pages.size}`;
      pages.set(path, { html, csp });
      const page = await browser.newPage();
      await page.setViewport({ width: 1_000, height: 700 });
      await page.goto(`http://127.0.0.1:${port}${path}`);
      await page.evaluate(`${script};true`);
      await page.evaluate(() => overlayTest.start());
      return page;
    },
    async close() {
      await close();
      server.close();
    },
  };
}

const MAGENTA = [255, 0, 255] as const;

/** Where the ink is in the window now, CSS pixels; null when there is none. */
export async function seeInk(page: Page) {
  await twoFrames(page);
  const bitmap = readPng(await page.screenshot());
  const found = findColour(bitmap, MAGENTA);
  if (found === null) return null;
  const ratio = bitmap.width / (await page.evaluate(() => innerWidth));
  return { x: found.x / ratio, y: found.y / ratio, area: found.count / ratio ** 2 };
}

/** What was asked for has been painted after two frames: one to compute, one to show. */
export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Waits until the ink is within 2 CSS pixels of the middle of `selector`. */
export async function inkIsOn(page: Page, selector: string): Promise<void> {
  await waitFor(`ink on ${selector}`, async () => {
    const ink = await seeInk(page);
    const middle = await page.$eval(selector, (element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    if (ink === null) throw new Error('No ink to be seen');
    const drift = Math.hypot(ink.x - middle.x, ink.y - middle.y);
    if (drift <= 2) return true;
    throw new Error(
      `${drift.toFixed(1)} CSS pixels off: ink ${ink.x.toFixed(1)},${ink.y.toFixed(1)}, element ${middle.x.toFixed(1)},${middle.y.toFixed(1)}`,
    );
  });
}

export async function noInk(page: Page): Promise<void> {
  await waitFor('no ink', async () => ((await seeInk(page)) === null ? true : null));
}
