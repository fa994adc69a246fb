import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from '../../server/start-desk.ts';
import { LINK_CASES } from '../contract/link.contract.ts';
import type { Outcome } from '../contract/link-in-page.ts';
import { launch, type Launched } from './harness/launch.ts';
import { bundleForPage } from './overlay/overlay-stage.ts';

/** The page that runs the cases has an origin of its own, which the desk is told to trust. */
async function servePage() {
  const script = await bundleForPage('../../contract/link-in-page.ts');
  const html = '<!doctype html><meta charset="utf-8"><title>Links</title><script src="/script.js"></script>';
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe.each(['chrome', 'firefox'] as const)('a link over PeerJS in %s', (browserName) => {
  let outcomes: readonly Outcome[] = [];
  let site: Awaited<ReturnType<typeof servePage>> | undefined;
  let desk: Desk | undefined;
  let launched: Launched | undefined;

  beforeAll(async () => {
    site = await servePage();
    desk = await startDesk({ port: 0, origins: [site.origin] });
    launched = await launch({ browser: browserName, extension: false, headless: true });
    const page = await launched.browser.newPage();
    await page.goto(site.origin);
    const run = `inPage.runLinkCases(${JSON.stringify(desk.url)}, ${JSON.stringify(desk.invite('expert', 'Eva'))})`;
    outcomes = (await page.evaluate(run)) as readonly Outcome[]; // that is what runLinkCases gives
  });
  afterAll(async () => {
    await launched?.close();
    await desk?.close();
    site?.close();
  });

  test.each(LINK_CASES)('$name', ({ name }) => {
    expect(outcomes.find((outcome) => outcome.name === name)).toEqual({ name, problem: null });
  });
});
