import { rm } from 'node:fs/promises';
import type { Page } from 'puppeteer';
import type { BrowserName } from '../../../../scripts/tools/browsers.ts';
import { launch, type Launched } from '../../harness/launch.ts';
import { waitFor } from '../../harness/deadline.ts';
import { buildLab } from './build-lab.ts';
import type { createActivity } from './activity.ts';
import type { Normalised } from './normalise.ts';
import { type LabServer, serve } from './serve.ts';
import type { stage as Stage } from './stage.ts';

declare global {
  /** In the page that is recorded (source.ts). */
  var lab: typeof import('./source.ts');
  /** In the page that shows the mirror (stage.ts). */
  var stage: typeof Stage;
  var activity: ReturnType<typeof createActivity>;
}

export interface Lab {
  readonly server: LabServer;
  browser(name: BrowserName): Promise<Launched>;
  /** A page with the recorder in it, not started. `html` is its body. */
  source(name: BrowserName, html: string): Promise<Page>;
  /** A page with a connected player. */
  stage(name: BrowserName): Promise<Page>;
  close(): Promise<void>;
}

export const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Source</title>${head}</head>` +
  `<body>${body}<script src="/source.js"></script></body></html>`;

/** Two pages share one Firefox: the one behind must not fall asleep. */
const PREFS = {
  'dom.min_background_timeout_value': 4,
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

export async function openLab(): Promise<Lab> {
  const directory = await buildLab();
  const pages: Record<string, string> = {};
  const server = await serve(directory, pages);
  const browsers = new Map<BrowserName, Promise<Launched>>();
  let count = 0;
  const browser = (name: BrowserName): Promise<Launched> => {
    const running = browsers.get(name) ?? launch({ browser: name, extension: false, headless: true, prefs: PREFS });
    browsers.set(name, running);
    return running;
  };
  const open = async (name: BrowserName, path: string): Promise<Page> => {
    const tab = await (await browser(name)).browser.newPage();
    await tab.goto(server.origin + path);
    return tab;
  };
  return {
    server,
    browser,
    async source(name, html) {
      count += 1;
      pages[`/source-${count}.html`] = page(html);
      return open(name, `/source-${count}.html`);
    },
    async stage(name) {
      const tab = await open(name, '/stage.html');
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

/** What the recorder has so far, into the player. Returns what did not decode. */
export async function carry(source: Page, stage: Page): Promise<string[]> {
  const chunks = await source.evaluate(() => globalThis.lab.take());
  return stage.evaluate((chunks) => globalThis.stage.push(chunks), chunks);
}

/** Waits until the mirror shows what the page does. */
export async function sameAs(source: Page, stage: Page): Promise<void> {
  const wanted = await source.evaluate(() => globalThis.lab.read());
  let last: string | null = 'nothing yet';
  await waitFor('the mirror to equal the page', async () => {
    last = difference(wanted, await stage.evaluate(() => globalThis.stage.read()));
    if (last !== null) throw new Error(last);
    return true;
  });
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
