import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import type { Page } from 'puppeteer';
import type { Person } from '../e2e/harness/person.ts';
import { bundleForPage } from '../e2e/overlay/overlay-stage.ts';
import type * as StockPage from './stock-in-page.ts';

/** Functions of the page, as they are called from here. */
type Remote = { [K in keyof typeof StockPage]: (typeof StockPage)[K] };

/** Two plain PeerJS pages, one in each person's browser, and the stock server between them. */
export interface StockPair {
  /** Ports of this host that the pages must reach. */
  readonly ports: readonly number[];
  open(caller: Person, callee: Person): Promise<void>;
  /** Ms from Answer to the first frame, at the one who answers and at the caller. */
  answer(): Promise<{ readonly callee: number; readonly caller: number }>;
  /** Calls and answers, and leaves the call open. */
  begin(): Promise<void>;
  end(): Promise<void>;
  connect(): Promise<number>;
  roundTrips(count: number): Promise<number[]>;
  framesAtCallee(): Promise<number>;
  close(): Promise<void>;
}

export async function createStockPair(): Promise<StockPair> {
  const script = await bundleForPage('../../bench/stock-in-page.ts');
  const site = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? script : '<!doctype html><title>Stock</title><body><script src="/script.js"></script>');
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const sitePort = (site.address() as AddressInfo).port; // it listens on TCP
  const stop = Promise.withResolvers<() => void>();
  const peerPort = await new Promise<number>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0 }, (server) => {
      stop.resolve(() => server.close());
      resolve((server.address() as AddressInfo).port);
    });
  });
  let pages: readonly [Page, Page] | null = null;
  let calleeId = '';

  const of = (index: 0 | 1): Page => {
    if (!pages) throw new Error('not open');
    return pages[index];
  };
  const call = <K extends keyof Remote>(
    index: 0 | 1,
    name: K,
    ...args: Parameters<Remote[K]>
  ): Promise<Awaited<ReturnType<Remote[K]>>> =>
    // The page's own function of that name gives what its type says.
    of(index).evaluate(`inPage.${name}(...${JSON.stringify(args)})`) as Promise<Awaited<ReturnType<Remote[K]>>>;

  const ring = async () => {
    await call(0, 'dial', calleeId);
    await call(1, 'whenRung');
  };

  const end = async () => {
    await Promise.all([call(0, 'hangUp'), call(1, 'hangUp')]);
  };

  return {
    ports: [sitePort, peerPort],
    async open(caller, callee) {
      pages = [await caller.open(`http://127.0.0.1:${sitePort}/`), await callee.open(`http://127.0.0.1:${sitePort}/`)];
      await call(0, 'start', peerPort);
      calleeId = await call(1, 'start', peerPort);
    },
    async answer() {
      await ring();
      const frames = [call(0, 'whenFirstFrame'), call(1, 'whenFirstFrame')] as const;
      const at = await call(1, 'answer');
      const [caller, callee] = await Promise.all(frames);
      await end();
      return { caller: caller - at, callee: callee - at };
    },
    async begin() {
      await ring();
      await call(1, 'answer');
      await Promise.all([call(0, 'whenFirstFrame'), call(1, 'whenFirstFrame')]);
    },
    end,
    connect: async () => {
      const ms = await call(0, 'connect', calleeId);
      await call(0, 'disconnect');
      return ms;
    },
    async roundTrips(count) {
      await call(0, 'connect', calleeId);
      const all: number[] = [];
      for (let index = 0; index < count; index += 1) all.push(await call(0, 'roundTrip', `Message ${index}`));
      await call(0, 'disconnect');
      return all;
    },
    framesAtCallee: () => call(1, 'framesDecoded'),
    async close() {
      site.close();
      (await stop.promise)();
    },
  };
}
