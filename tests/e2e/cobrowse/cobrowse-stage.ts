import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { leanRecorder } from '../../../scripts/build/lean-recorder.ts';
import type { BrowserName } from '../../../scripts/tools/browsers.ts';
import type { FromAgent, ToAgent } from '../../../lib/protocol/cobrowse-port.ts';
import { waitFor } from '../harness/deadline.ts';
import { launch } from '../harness/launch.ts';

const HERE = import.meta.dirname;

/** One file for a page, made of a module of the tests and what it imports. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [leanRecorder(), svelte({ configFile: false })],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, target: 'es2024', lib: { entry, formats: ['iife'], name: 'inPage' } },
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

let scripts: Promise<{ readonly recorder: string; readonly agent: string }> | null = null;
/** Recorder and agent as they ship, but for the port. */
export const buildScripts = () =>
  (scripts ??= Promise.all([bundle(join(HERE, 'recorder-in-page.ts')), bundle(join(HERE, 'agent-in-page.ts'))]).then(
    ([recorder, agent]) => ({ recorder, agent }),
  ));

/** The isolated world that puppeteer keeps for itself in each frame: what a content script's is like. */
interface IsolatedFrame {
  isolatedRealm(): {
    evaluate<A extends readonly unknown[], R>(run: string | ((...args: A) => R), ...args: A): Promise<Awaited<R>>;
  };
}
const isolated = (frame: Frame) => (frame as Frame & IsolatedFrame).isolatedRealm();

export interface SharedFrame {
  readonly frame: Frame;
  send(message: ToAgent): Promise<void>;
  posted(): Promise<FromAgent[]>;
  marked(): Promise<string[]>;
  pick(selector: string): Promise<void>;
  /** All that left the frame, as text. */
  sent(): Promise<string>;
  /** Waits for a message. */
  wait<T>(what: string, find: (messages: FromAgent[]) => T | null | undefined): Promise<T>;
}

export interface CobrowseStage {
  readonly origin: string;
  readonly otherOrigin: string;
  /** Serves `body` at `path`, at both origins. */
  serve(path: string, body: string | Buffer, type?: string): void;
  open(path: string): Promise<Page>;
  /** Puts both scripts into a frame and starts them. */
  share(frame: Frame, start?: Partial<Extract<ToAgent, { type: 'start' }>>): Promise<SharedFrame>;
  close(): Promise<void>;
}

export async function createCobrowseStage(browserName: BrowserName): Promise<CobrowseStage> {
  const { recorder, agent } = await buildScripts();
  const files = new Map<string, { body: string | Buffer; type: string }>();
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? '').split('?')[0] ?? '');
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type, 'access-control-allow-origin': '*' }).end(file.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const { browser, close } = await launch({ browser: browserName, extension: false, headless: true });
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    otherOrigin: `http://localhost:${port}`,
    serve: (path, body, type = 'text/html; charset=utf-8') => files.set(path, { body, type }),
    async open(path) {
      const page = await browser.newPage();
      await page.setViewport({ width: 1_000, height: 700 });
      await page.goto(origin + path);
      return page;
    },
    async share(frame, start = {}) {
      const world = isolated(frame);
      await frame.evaluate(`${recorder};true`);
      await world.evaluate(`${agent};true`);
      const shared: SharedFrame = {
        frame,
        send: (message) => world.evaluate((text) => agentTest.send(JSON.parse(text)), JSON.stringify(message)),
        posted: async () => JSON.parse(await world.evaluate(() => agentTest.text())) as FromAgent[],
        marked: async () => JSON.parse(await world.evaluate(() => JSON.stringify(agentTest.marked))) as string[],
        pick: (selector) => world.evaluate((selector) => agentTest.pick(selector), selector),
        sent: () => world.evaluate(() => agentTest.text()),
        wait: (what, find) => waitFor(what, async () => find(await shared.posted())),
      };
      await shared.send({
        type: 'start',
        salt: 'salt4tests',
        mode: 'strict',
        hide: [],
        mask: [],
        paused: false,
        epoch: 0,
        texts: { language: 'en', direction: 'ltr', clickHere: 'Click here', pickPart: 'Point at a part' },
        ...start,
      });
      return shared;
    },
    async close() {
      await close();
      server.close();
    },
  };
}

type SentFrame = Extract<FromAgent, { type: 'frame' }>;

export const framesOf = (messages: readonly FromAgent[], kind?: string): SentFrame[] =>
  messages.filter((message) => message.type === 'frame').filter((frame) => kind === undefined || frame.kind === kind);
