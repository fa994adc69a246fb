import * as v from 'valibot';
import { cleanFile } from '../mirror/clean-file.ts';
import { watchPorts } from '../platform/agent-ports.ts';
import { AGENT_PORT, FromAgent } from '../protocol/cobrowse-port.ts';
import { MAX_ASSET_BYTES } from '../protocol/cobrowse-limits.ts';
import type { SharedPages } from '../state/shared-pages.ts';

const READ_TIMEOUT_MS = 10_000;

/** Pages of the browser's tabs, for an engine in the extension. The parts are the background's, by message or straight. */
export const createExtensionPages = (parts: Pick<SharedPages, 'inject' | 'offered' | 'forget'>): SharedPages => ({
  ...parts,
  onAgent(run) {
    watchPorts(AGENT_PORT, (port) => {
      // What an agent says first comes before its tab is known to be shared; a port without a listener would lose it.
      const early: FromAgent[] = [];
      let listen = (message: FromAgent): void => void early.push(message);
      port.onMessage((message) => {
        const decoded = v.safeParse(FromAgent, message);
        if (decoded.success) listen(decoded.output);
      });
      run({
        browserTabId: port.tabId,
        isTop: port.isTop,
        post: port.post,
        closed: port.closed,
        onMessage(next) {
          listen = next;
          for (const message of early.splice(0)) next(message);
        },
      });
    });
  },
  read: readAsset,
  clean: cleanAsset,
});

/**
 * Reads an asset with the extension's rights. Never with the customer's cookies: a page could name what it may not read
 * itself, and have it shown to the other side.
 */
async function readAsset(address: string): ReturnType<SharedPages['read']> {
  const ask = (mode: RequestMode) =>
    fetch(address, { mode, credentials: 'omit', signal: AbortSignal.timeout(READ_TIMEOUT_MS) }).catch(() => null);
  const response = await ask('cors');
  // It is there, and only may not be read.
  if (response === null) return (await ask('no-cors')) === null ? null : 'barred';
  try {
    if (!response.ok) return null;
    return await assetOf(await toAsset(await response.blob()));
  } catch {
    return null;
  }
}

async function toAsset(body: Blob): Promise<Blob | null> {
  if (/^(?:text\/css|font\/|application\/(?:x-)?font-)/.test(body.type)) return body;
  return cleanFile(body);
}

/** Of a file that its page could read. */
async function cleanAsset(mime: string, bytes: Uint8Array<ArrayBuffer>): ReturnType<SharedPages['clean']> {
  return assetOf(await cleanFile(new Blob([bytes], { type: mime })));
}

async function assetOf(small: Blob | null): ReturnType<SharedPages['clean']> {
  if (small === null || small.size > MAX_ASSET_BYTES) return null;
  return { mime: small.type, bytes: new Uint8Array(await small.arrayBuffer()) };
}
