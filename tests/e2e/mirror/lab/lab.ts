import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer';
import type { BrowserName } from '../../../../scripts/tools/browsers.ts';
import { waitFor } from '../../harness/deadline.ts';
import { launch, type Launched } from '../../harness/launch.ts';
import type { createActivity } from './activity.ts';
import { buildLab } from './build-lab.ts';
import type { Normalised } from './normalise.ts';
import { type LabServer, serve } from './serve.ts';
import type { stage as Stage } from './stage.ts';

declare global {
  /** In the page that is shared, and its frames (customer.ts). */
  var lab: typeof import('./customer.ts');
  /** In the page that shows the mirror (stage.ts). */
  var stage: typeof Stage;
  var activity: ReturnType<typeof createActivity>;
}

export type Side = 'customer' | 'expert';

export interface SourceOptions {
  /** How far this customer's clock is ahead, ms. */
  readonly skewMs?: number;
  readonly head?: string;
}

export interface StageOptions {
  /** Runs in every document of the page before its own scripts. */
  readonly before?: () => void;
}

export interface Lab {
  readonly server: LabServer;
  /** The same server by another name: another site. */
  readonly otherOrigin: string;
  /** Customer and expert have a browser each. */
  browser(side: Side, name: BrowserName): Promise<Launched>;
  open(side: Side, name: BrowserName, path: string, before?: () => void): Promise<Page>;
  /** Serves a page with the customer's side in it, not started; gives its path. `html` is its body. */
  serve(html: string, options?: SourceOptions): string;
  source(name: BrowserName, html: string, options?: SourceOptions): Promise<Page>;
  /** A page with a connected player. */
  stage(name: BrowserName, options?: StageOptions): Promise<Page>;
  close(): Promise<void>;
}

const pageOf = (body: string, { skewMs = 0, head = '' }: SourceOptions): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Source</title>` +
  `<script>{ const now = Date.now; Date.now = () => now() + ${skewMs}; }</script>${head}` +
  `<script src="/customer.js"></script></head><body>${body}</body></html>`;

/** A page behind another must not fall asleep for minutes. */
const PREFS = {
  'dom.min_background_timeout_value': 4,
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  // By software, too.
  'webgl.force-enabled': true,
};

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 0h80v40z"/></svg>';

/** Rules of which browsers can't say what they are (lib/mirror/written-sheets.ts). */
export const LOST_RULES = `#NAME{margin:var(--m);margin-left:4px;border:var(--b);border-top:0}@media all{#NAME{padding:var(--m);padding-top:1px}}`;

export interface LabOptions {
  /** Each side's browser keeps to a processor core of its own. */
  readonly coreOf?: (side: Side) => number;
  /** Value of DISPLAY: without one Firefox has no WebGL, even where it shows no windows. */
  readonly display?: string | undefined;
}

export async function openLab({ coreOf, display }: LabOptions = {}): Promise<Lab> {
  const directory = await buildLab();
  const pages: Record<string, string> = {
    '/drawing.svg': DRAWING,
    '/lost.css': LOST_RULES.replaceAll('NAME', 'linked'),
  };
  const server = await serve(directory, pages);
  const browsers = new Map<string, Promise<Launched>>();
  let count = 0;
  const browser: Lab['browser'] = (side, name) => {
    const key = `${side} ${name}`;
    const wrap = coreOf && { wrap: (path: string) => onCore(path, coreOf(side), directory) };
    const running =
      browsers.get(key) ?? launch({ browser: name, extension: false, headless: true, prefs: PREFS, display, ...wrap });
    browsers.set(key, running);
    return running;
  };
  const open: Lab['open'] = async (side, name, path, before) => {
    const tab = await (await browser(side, name)).browser.newPage();
    if (before) await tab.evaluateOnNewDocument(before);
    await tab.goto(server.origin + path);
    return tab;
  };
  const servePage: Lab['serve'] = (html, options = {}) => {
    count += 1;
    const path = `/source-${count}.html`;
    pages[path] = pageOf(html, options);
    return path;
  };
  return {
    server,
    otherOrigin: server.origin.replace('127.0.0.1', 'localhost'),
    browser,
    open,
    serve: servePage,
    source: (name, html, options) => open('customer', name, servePage(html, options)),
    async stage(name, { before } = {}) {
      const tab = await open('expert', name, '/stage.html', before);
      await waitFor('the stage', () => tab.evaluate(() => 'stage' in globalThis || null));
      await tab.evaluate(() => globalThis.stage.connect());
      return tab;
    },
    async close() {
      for (const running of browsers.values()) await (await running).close();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A script that starts the browser and all its processes on one core. */
function onCore(executablePath: string, core: number, directory: string): string {
  const script = join(directory, `core-${core}.sh`);
  writeFileSync(script, `#!/bin/sh\nexec taskset -c ${core} '${executablePath}' "$@"\n`, { mode: 0o755 });
  return script;
}

/** A page with the customer's side in it, and a stage for it. */
export async function openPair(
  lab: Lab,
  { from, to }: { readonly from: BrowserName; readonly to: BrowserName },
  html: string,
  options?: SourceOptions,
) {
  const source = await lab.source(from, html, options);
  const stage = await lab.stage(to);
  return {
    source,
    stage,
    async close() {
      await source.close();
      await stage.close();
    },
  };
}

/** Begins to share `source` with `stage`, over a connection of their own. Resolves to when it began, epoch ms. */
export async function share(source: Page, stage: Page, mode: 'strict' | 'assist' = 'assist'): Promise<number> {
  const offer = await source.evaluate((mode) => globalThis.lab.begin(mode), mode);
  const answer = await stage.evaluate((offer) => globalThis.stage.watch(offer), offer);
  return source.evaluate((answer) => globalThis.lab.accept(answer), answer);
}

/** The same with the engine in a page of its own, as it is in the extension. */
export async function shareApart(source: Page, engine: Page, stage: Page): Promise<number> {
  const offer = await engine.evaluate((name) => globalThis.lab.begin('assist', name), source.url());
  const answer = await stage.evaluate((offer) => globalThis.stage.watch(offer), offer);
  await source.evaluate((name) => globalThis.lab.beginApart(name), source.url());
  return engine.evaluate((answer) => globalThis.lab.accept(answer), answer);
}

/** The page with its frames of other sites, which only a test can look into from outside. */
export async function readPage(source: Page): Promise<Normalised> {
  const whole = await source.evaluate(() => globalThis.lab.read());
  for (const frame of source.frames()) {
    // What such a frame has written itself has its address.
    const [host, parent] = [frame, frame.parentFrame()].map((each) => URL.parse(each?.url() ?? '')?.hostname);
    if (host !== 'localhost' || parent === 'localhost') continue;
    putInto(whole, await nameOf(frame), await frame.evaluate(() => globalThis.lab.read()));
  }
  return whole;
}

async function nameOf(frame: Frame): Promise<string> {
  using element = await frame.frameElement();
  return (await element?.evaluate(({ id }) => id)) ?? '';
}

function putInto(tree: Normalised, id: string, content: Normalised): void {
  if (typeof tree === 'string') return;
  if (tree.tag === 'iframe' && tree.attributes.id === id) Object.assign(tree, { content });
  for (const child of [...tree.children, ...(tree.shadow ?? []), tree.content ?? '']) putInto(child, id, content);
}

/** Nothing is asserted by it: a machine with much to do is slow, not wrong. */
const EQUAL_WITHIN_MS = 15_000;

/** Waits until the mirror shows what the page does. */
export async function sameAs(source: Page, stage: Page, timeoutMs = EQUAL_WITHIN_MS): Promise<void> {
  await waitFor(
    'the mirror to equal the page',
    async () => {
      const wanted = await readPage(source);
      const found = difference(wanted, await stage.evaluate(() => globalThis.stage.read()));
      if (found !== null) throw new Error(found);
      return true;
    },
    timeoutMs,
  );
}

/** Waits until `lookOf` says the same of the shown page as of the page, and gives that. It runs in both. */
export async function sameLook<T>(source: Page, stage: Page, lookOf: (document: Document) => T): Promise<T> {
  const wanted = (await source.evaluate(`(${lookOf.toString()})(document)`)) as T; // by the function itself
  const json = JSON.stringify(wanted);
  await waitFor('the same look', async () => {
    const found = await stage.evaluate(`(${lookOf.toString()})(globalThis.stage.mirror().contentDocument)`);
    if (JSON.stringify(found) === json) return true;
    throw new Error(`${JSON.stringify(found)} ≠ ${json}`);
  });
  return wanted;
}

/** The same for a large page without frames of other sites: the trees stay where they are unless they differ. */
export async function sameDigest(source: Page, stage: Page): Promise<void> {
  const wanted = await source.evaluate(() => globalThis.lab.digest());
  try {
    await waitFor('the mirror to equal the page', async () => {
      const found = await stage.evaluate(() => globalThis.stage.digest());
      return found === wanted || null;
    });
  } catch {
    await sameAs(source, stage, 0);
  }
}

/** The first place where two trees differ, in words; null when they are equal. */
export function difference(
  one: Normalised | null | undefined,
  other: Normalised | null | undefined,
  path = '',
): string | null {
  if (typeof one === 'string' || typeof other === 'string' || !one || !other) {
    return one === other ? null : `${path}: ${show(one)} ≠ ${show(other)}`;
  }
  const here = `${path}/${one.tag}`;
  if (one.tag !== other.tag) return `${path}: <${one.tag}> ≠ <${other.tag}>`;
  for (const part of ['attributes', 'state'] as const) {
    const [a, b] = [JSON.stringify(sorted(one[part])), JSON.stringify(sorted(other[part]))];
    if (a !== b) return `${here} ${part}: ${a} ≠ ${b}`;
  }
  for (const part of ['children', 'shadow'] as const) {
    const [a, b] = [one[part] ?? [], other[part] ?? []];
    for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
      const found = difference(a[i], b[i], `${here}${part === 'shadow' ? '#shadow' : ''}[${i}]`);
      if (found !== null) return found;
    }
  }
  return one.content || other.content ? difference(one.content, other.content, `${here}#content`) : null;
}

const sorted = (record: Record<string, unknown> | undefined): [string, unknown][] =>
  Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

const show = (value: Normalised | null | undefined): string => JSON.stringify(value ?? null).slice(0, 300);
