import * as v from 'valibot';
import { cleanSvg } from '../mirror/clean-svg.ts';
import { toPicture } from '../mirror/to-picture.ts';
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
    const small = await toAsset(await response.blob());
    if (small === null || small.size > MAX_ASSET_BYTES) return null;
    return { mime: small.type, bytes: new Uint8Array(await small.arrayBuffer()) };
  } catch {
    return null;
  }
}

async function toAsset(body: Blob): Promise<Blob | null> {
  if (/^(?:text\/css|font\/|application\/(?:x-)?font-)/.test(body.type)) return body;
  if (!body.type.startsWith('image/svg')) return toPicture(body);
  const svg = cleanSvg(await body.text());
  return svg === null ? null : new Blob([svg], { type: 'image/svg+xml' });
}
