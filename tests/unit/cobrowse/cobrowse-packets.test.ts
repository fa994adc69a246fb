import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Asset, assetChunks, createAssetJoiner } from '../../../lib/protocol/asset-chunk.ts';
import { decodeCursor, encodeCursor, isNewer } from '../../../lib/protocol/cursor-live.ts';
import { CHUNK_BYTES } from '../../../lib/protocol/limits.ts';

describe('assets on the bulk channel', () => {
  const asset = (bytes: number, hash = 'ab'.repeat(32)): Asset => ({
    hash,
    mime: 'image/webp',
    bytes: new Uint8Array(bytes).map((_, index) => index & 255),
  });

  test.each([1, 16_342, 16_343, 100_000])('%i bytes come whole', (size) => {
    const joiner = createAssetJoiner();
    const frames = [...assetChunks(asset(size))];
    expect(frames.every((frame) => frame.length <= CHUNK_BYTES)).toBe(true);
    const results = frames.map((frame) => joiner.push(frame));
    expect(results.slice(0, -1).every((result) => result.ok && result.value === null)).toBe(true);
    expect(results.at(-1)).toEqual({ ok: true, value: asset(size) });
  });

  test('what can’t be an asset does not travel', () => {
    expect([...assetChunks({ ...asset(10), mime: 'text/html' })]).toEqual([]);
    expect([...assetChunks(asset(3 * 1024 * 1024))]).toEqual([]);
    expect([...assetChunks(asset(0))]).toEqual([]);
  });

  test('a part that is missing, or of another asset, is noticed', () => {
    const [first, second, third] = assetChunks(asset(40_000));
    const other = [...assetChunks(asset(40_000, 'cd'.repeat(32)))][1];
    if (!first || !second || !third || !other) throw new Error('three parts');
    const joiner = createAssetJoiner();
    joiner.push(first);
    expect(joiner.push(third)).toMatchObject({ ok: false, reason: 'order' });
    expect(joiner.push(other)).toMatchObject({ ok: false, reason: 'order' });
    expect(joiner.push(second).ok).toBe(true);
  });

  test('random bytes are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const joined = createAssetJoiner().push(bytes);
        expect(joined.ok && joined.value !== null && joined.value.bytes.length !== bytes.length - 42).toBe(false);
      }),
    );
  });
});

describe('the pointer', () => {
  test('comes as it went, within a screen', () => {
    const at = fc.integer({ min: -32_768, max: 32_767 });
    const id = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const packet = fc.record({
      counter: fc.integer({ min: 0, max: 65_535 }),
      tabId: id,
      frameId: id,
      x: at,
      y: at,
      pressed: fc.boolean(),
    });
    fc.assert(
      fc.property(packet, (cursor) => {
        expect(decodeCursor(encodeCursor(cursor))).toEqual({ ok: true, value: cursor });
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void decodeCursor(bytes)));
  });

  test.each([
    [2, 1, true],
    [1, 2, false],
    [0, 65_535, true],
    [65_535, 0, false],
    [7, 7, false],
  ])('%i after %i: %s', (counter, last, newer) => {
    expect(isNewer(counter, last)).toBe(newer);
  });
});
