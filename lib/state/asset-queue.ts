import { type Asset, assetChunks } from '../protocol/asset-chunk.ts';
import type { StreamChannel } from '../rtc/link.ts';

/**
 * Sends assets whole, one after the other: the other side joins one at a time (protocol/asset-chunk.ts), and a channel that
 * is full would let the parts of two change places. One that waits already is not sent twice.
 */
export function createAssetQueue(bulk: StreamChannel): (asset: Asset) => void {
  const waiting = new Map<string, Asset>();
  let isSending = false;

  const send = async () => {
    isSending = true;
    try {
      // What is put meanwhile comes up, too.
      for (const [hash, asset] of waiting) {
        for (const chunk of assetChunks(asset)) await bulk.send(chunk);
        waiting.delete(hash);
      }
    } catch {
      // The link closed. Whoever lacks an asset asks for it on the next one.
      waiting.clear();
    }
    isSending = false;
  };

  return (asset) => {
    if (!waiting.has(asset.hash)) waiting.set(asset.hash, asset);
    if (!isSending) void send();
  };
}
