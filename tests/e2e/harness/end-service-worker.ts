import { waitFor } from './deadline.ts';
import type { Person } from './person.ts';

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
