import type { MirrorScreen } from '../engine/cobrowse-view-api.ts';
import { createAssetJoiner } from '../protocol/asset-chunk.ts';
import { decodeCursor, isNewer } from '../protocol/cursor-live.ts';
import type { Link } from '../rtc/link.ts';

/** What of a shared page travels beside its stream: pictures and fonts on `bulk`, the customer's pointer on `pointer`. */
export function hearBeside(
  link: Link,
  { show, shownTab }: { readonly show: MirrorScreen['show']; readonly shownTab: () => number | null },
): void {
  const joiner = createAssetJoiner();
  link.bulk.onBytes((bytes) => {
    const asset = joiner.push(bytes);
    if (asset.ok && asset.value !== null) show({ type: 'asset', ...asset.value });
  });
  let last: number | null = null;
  link.pointer.onBytes((bytes) => {
    const cursor = decodeCursor(bytes);
    if (!cursor.ok || (last !== null && !isNewer(cursor.value.counter, last))) return;
    const { counter, tabId, frameId, x, y, pressed } = cursor.value;
    last = counter;
    if (tabId === shownTab()) show({ type: 'cursor', frameId, x, y, pressed });
  });
}
