import type { Page, Target } from 'puppeteer';
import { waitFor, withLimit } from './deadline.ts';
import type { Person } from './person.ts';

const ANSWER_MS = 1_000;

interface Connection {
  send(method: string, parameters: object): Promise<unknown>;
}

/** Ends the extension's service worker, as Chromium does when it has been idle; the next event starts another one. */
export async function endServiceWorker({ launched: { browser } }: Person): Promise<void> {
  // Puppeteer holds each new target before its first line, and does not let go a worker that takes another's place. Its
  // connection is reached by name: it is not part of its types.
  const { _connection: connection } = browser as object as { readonly _connection: Connection };
  const filter = [{ type: 'page', exclude: true }, {}];
  await connection.send('Target.setAutoAttach', {
    autoAttach: true,
    flatten: true,
    waitForDebuggerOnStart: false,
    filter,
  });

  const session = await browser.target().createCDPSession();
  const workers = async () =>
    (await session.send('Target.getTargets')).targetInfos.filter(({ type }) => type === 'service_worker');
  const old = await workers();
  for (const { targetId } of old) await session.send('Target.closeTarget', { targetId });
  await waitFor('the service worker to be gone', async () => {
    const left = new Set((await workers()).map(({ targetId }) => targetId));
    return old.every(({ targetId }) => !left.has(targetId)) || null;
  });
  await session.detach();
}

/** Starts the next service worker by an event, and waits until it answers `own`, a page of the extension. */
export async function startServiceWorker({ launched: { browser } }: Person, own: Page): Promise<void> {
  await waitFor('the next service worker', async () => {
    const answer = own.evaluate(
      'chrome.runtime.sendMessage({ to: "background", type: "tab.offered", data: null }).then(() => true)',
    );
    return withLimit(answer, ANSWER_MS).catch(async () => {
      // A page's own session holds it, too.
      const held = browser.targets().filter((target) => target.type() === 'service_worker');
      await Promise.all(held.map((worker) => withLimit(letRun(worker), ANSWER_MS).catch(() => undefined)));
      return null;
    });
  });
}

async function letRun(worker: Target): Promise<void> {
  const session = await worker.createCDPSession();
  await session.send('Runtime.runIfWaitingForDebugger');
  await session.detach();
}
