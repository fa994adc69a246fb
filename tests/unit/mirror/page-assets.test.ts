import { afterEach, expect, test, vi } from 'vitest';
import { createAssetRegister } from '../../../lib/cobrowse/assets-register.ts';
import { createPageAssets } from '../../../lib/mirror/page-assets.ts';

afterEach(() => vi.unstubAllGlobals());

const PAGE = 'https://a.example/';

test('what the page itself has loaded is read before what its style sheets only name', async () => {
  const entries = [{ name: `${PAGE}icons.woff2` }, { name: `${PAGE}shown.png` }];
  const document = {
    baseURI: PAGE,
    location: new URL(PAGE),
    images: [],
    getElementsByTagName: () => [],
    defaultView: { performance: { getEntriesByType: () => entries } },
  } as unknown as Document; // as much of one as is looked at
  const read: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    read.push(address.slice(0, 40));
    return new Response(null, { status: 404 });
  });
  const register = createAssetRegister('salt');
  const over = new AbortController();
  const assets = createPageAssets({
    ...{ document, register, find: () => null, onSheet: () => {}, post: () => {} },
    signal: over.signal,
  });
  const flags = Array.from({ length: 20 }, (_, index) => `flag-${index}.png`);
  const names = [...flags, 'icons.woff2', 'shown.png', 'data:image/png;base64,AAAA'];
  const hashes = names.map((name) => register.nameOf(name, PAGE, 'image')!.slice('asset:'.length));
  assets.want(hashes);
  await vi.waitFor(() => expect(read).toHaveLength(names.length));
  expect(read.slice(0, 3)).toEqual([`${PAGE}icons.woff2`, `${PAGE}shown.png`, 'data:image/png;base64,AAAA']);
  over.abort();
});
