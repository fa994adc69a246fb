import { expect, test } from 'vitest';
import { createAssetShelf } from '../../../lib/mirror/asset-shelf.ts';
import { createDeferredAssets } from '../../../lib/mirror/deferred-assets.ts';
import type { MirrorNodes } from '../../../lib/mirror/mirror-nodes.ts';

const NO_NODES = { getNode: () => null } as unknown as MirrorNodes; // all that is asked of it
const hashOf = (letter: string) => letter.repeat(64);

/** What a mirror asks for, by the first letter of each hash, while its picture changes. */
function createScene() {
  const asked: string[] = [];
  const shelf = createAssetShelf();
  const assets = createDeferredAssets(
    shelf,
    NO_NODES,
    () => [],
    (hashes) => asked.push(hashes.map((hash) => hash[0]).join('')),
  );
  return {
    asked,
    assets,
    shows(letter: string, isMoving: boolean, nodeId = 1) {
      if (assets.book.addressOf(hashOf(letter)) === null)
        assets.book.deferAttribute(hashOf(letter), { nodeId, attribute: 'src', isMoving });
      assets.ask();
    },
    comes(letter: string) {
      shelf.put(hashOf(letter), 'image/webp', new Uint8Array(1));
      assets.arrive([hashOf(letter)]);
    },
  };
}

test('of a moving picture one is on its way at a time, and the newest is the next', () => {
  const { asked, shows, comes } = createScene();
  for (const letter of 'abc') shows(letter, true);
  shows('d', true, 2);
  expect(asked).toEqual(['a', 'd']);
  comes('a');
  expect(asked).toEqual(['a', 'd', 'c']);
  comes('c');
  shows('e', true);
  expect(asked).toEqual(['a', 'd', 'c', 'e']);
});

test('pictures that do not move never wait for each other: the first may not exist', () => {
  const { asked, shows } = createScene();
  for (const letter of 'abc') shows(letter, false);
  expect(asked).toEqual(['a', 'b', 'c']);
});

test('what was asked for is asked for again in a new snapshot, and what has come is not', () => {
  const { asked, assets, shows, comes } = createScene();
  for (const letter of 'ab') shows(letter, false);
  shows('c', true, 2);
  comes('a');
  assets.forgetNodes();
  for (const letter of 'ab') shows(letter, false);
  shows('d', true, 2);
  expect(asked).toEqual(['a', 'b', 'c', 'b', 'd']);
});

test('a shelf that is full loses moving pictures first, then what was not used for the longest time', () => {
  const shelf = createAssetShelf();
  const MEGABYTE = 1024 * 1024;
  const put = (name: string) => shelf.put(name, 'image/webp', new Uint8Array(2 * MEGABYTE));
  for (const name of ['logo', 'moving', 'photo']) put(name);
  shelf.pass('moving');
  shelf.addressOf('logo');
  for (let index = 0; shelf.addressOf('moving') !== null; index += 1) put(`other ${index}`);
  expect(shelf.bytes).toBeGreaterThan(180 * MEGABYTE);
  put('one more');
  expect(['logo', 'photo'].map((name) => shelf.addressOf(name) !== null)).toEqual([true, false]);
});
