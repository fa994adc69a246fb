import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MAX_STILL_BYTES } from '../../lib/protocol/ink-limits.ts';
import { CHUNK_BYTES } from '../../lib/protocol/limits.ts';
import { sniffPicture } from '../../lib/protocol/sniff-picture.ts';
import { chunksOf, decodeChunk, encodeChunk } from '../../lib/protocol/still-chunk.ts';
import { StillMessage } from '../../lib/protocol/still-messages.ts';

const bytesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const u32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const le24 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255];

const png = (width: number, height: number): Uint8Array =>
  new Uint8Array([
    ...bytesOf('\u0089PNG\r\n\u001a\n'),
    ...u32(13),
    ...bytesOf('IHDR'),
    ...u32(width),
    ...u32(height),
    8,
    6,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
const jpeg = (width: number, height: number, marker = 0xc0): Uint8Array =>
  new Uint8Array([
    0xff,
    0xd8,
    0xff,
    0xe0,
    ...u16(6),
    1,
    2,
    3,
    4,
    0xff,
    marker,
    ...u16(11),
    8,
    ...u16(height),
    ...u16(width),
    1,
    0x11,
    0,
  ]);
const webp = (chunk: string, payload: number[]): Uint8Array =>
  new Uint8Array([
    ...bytesOf('RIFF'),
    0,
    0,
    0,
    0,
    ...bytesOf('WEBP'),
    ...bytesOf(chunk),
    0,
    0,
    0,
    0,
    ...payload,
    ...Array.from({ length: 16 }, () => 0),
  ]);
const webpX = (width: number, height: number): Uint8Array =>
  webp('VP8X', [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]);

describe('what a file says that it is', () => {
  it.each([
    ['PNG', png(3_840, 2_160), { mime: 'image/png', width: 3_840, height: 2_160 }],
    ['JPEG', jpeg(1_280, 720), { mime: 'image/jpeg', width: 1_280, height: 720 }],
    ['progressive JPEG', jpeg(1_280, 720, 0xc2), { mime: 'image/jpeg', width: 1_280, height: 720 }],
    ['extended WebP', webpX(640, 480), { mime: 'image/webp', width: 640, height: 480 }],
    [
      'lossy WebP',
      webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 2, 0xe0, 1]),
      { mime: 'image/webp', width: 640, height: 480 },
    ],
    ['lossless WebP', webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0]), { mime: 'image/webp', width: 640, height: 480 }],
  ])('%s', (_, file, expected) => expect(sniffPicture(file)).toEqual({ ok: true, value: expected }));

  it.each([
    ['nothing', new Uint8Array(), 'not-a-picture'],
    ['HTML', new Uint8Array(bytesOf('<!doctype html><script>alert(1)</script>')), 'not-a-picture'],
    ['SVG', new Uint8Array(bytesOf('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')), 'not-a-picture'],
    ['GIF', new Uint8Array([...bytesOf('GIF89a'), ...Array.from({ length: 60 }, () => 9)]), 'not-a-picture'],
    ['half a PNG', png(9, 9).subarray(0, 20), 'not-a-picture'],
    ['a PNG of no size', png(0, 9), 'not-a-picture'],
    ['a PNG bomb', png(30_000, 30_000), 'too-many-pixels'],
    ['a PNG thread', png(100_000, 1), 'too-many-pixels'],
    ['a JPEG bomb', jpeg(65_535, 65_535), 'too-many-pixels'],
    ['a WebP bomb', webpX(16_777_216, 16_777_216), 'too-many-pixels'],
    [
      'a JPEG whose scan comes first',
      new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 4, 0, 0, ...jpeg(9, 9)]),
      'not-a-picture',
    ],
    [
      'a JPEG that is all filling',
      new Uint8Array([0xff, 0xd8, ...Array.from({ length: 400 }, () => 0xff)]),
      'not-a-picture',
    ],
    ['far too many bytes', new Uint8Array(MAX_STILL_BYTES + 1), 'too-many-bytes'],
  ])('%s is refused', (_, file, reason) => expect(sniffPicture(file)).toMatchObject({ ok: false, reason }));

  it('any bytes, also with a good beginning, give a size in bounds or a reason, in a bounded number of steps', () => {
    const start = fc.constantFrom([], [...png(9, 9)], [...jpeg(9, 9)].slice(0, 12), [...webpX(9, 9)].slice(0, 20));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        const sniffed = sniffPicture(new Uint8Array([...head, ...tail]));
        const pixels = sniffed.ok ? sniffed.value.width * sniffed.value.height : 1;
        expect(pixels).toBeLessThanOrEqual(33_177_600);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('chunks of a still', () => {
  it('put together again are the still, from wherever they begin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 * CHUNK_BYTES }), fc.nat(4 * CHUNK_BYTES), (length, from) => {
        const bytes = new Uint8Array(length).map((_, index) => index * 7);
        const received = new Uint8Array(length);
        received.set(bytes.subarray(0, Math.min(from, length)));
        for (const frame of chunksOf(77, bytes, from)) {
          const chunk = decodeChunk(frame);
          if (!chunk.ok) throw new Error(`A chunk of ours was refused: ${chunk.reason}`);
          expect(chunk.value.transfer).toBe(77);
          received.set(chunk.value.bytes, chunk.value.offset);
        }
        expect(Buffer.compare(received, bytes)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  const frame = encodeChunk({ transfer: 1, offset: 0, bytes: new Uint8Array([1, 2, 3]) });
  const changed = (at: number, value: number): Uint8Array => {
    const copy = frame.slice();
    copy[at] = value;
    return copy;
  };
  it.each([
    ['nothing', new Uint8Array(), 'length'],
    ['a header alone', frame.subarray(0, 9), 'length'],
    ['too much at once', new Uint8Array(CHUNK_BYTES + 20), 'length'],
    ['another version', changed(0, 0x21), 'version'],
    ['another kind', changed(0, 0x12), 'kind'],
    ['a place far behind the end', changed(5, 255), 'bounds'],
  ])('%s is refused', (_, bytes, reason) => expect(decodeChunk(bytes)).toMatchObject({ ok: false, reason }));
});

describe('still messages', () => {
  const offer = { type: 'still.offer', id: 'abcd', transfer: 1, mime: 'image/png', bytes: 10, width: 10, height: 10 };
  it.each([
    ['an offer', offer, true],
    ['a question', { type: 'still.ask', id: 'abcd', source: 'camera' }, true],
    ['SVG', { ...offer, mime: 'image/svg+xml' }, false],
    ['no bytes', { ...offer, bytes: 0 }, false],
    ['a gigabyte', { ...offer, bytes: 2 ** 30 }, false],
    ['a bomb by its sides', { ...offer, width: 16_000, height: 16_000 }, false],
    ['a thread', { ...offer, width: 100_000, height: 1 }, false],
    ['half a pixel', { ...offer, width: 0.5 }, false],
    ['NaN', { ...offer, height: Number.NaN }, false],
    ['a place before the beginning', { type: 'still.want', id: 'abcd', from: -1 }, false],
    ['an id that is a path', { type: 'still.got', id: '../../etc' }, false],
    ['somebody else’s microphone', { type: 'still.ask', id: 'abcd', source: 'mic' }, false],
  ])('%s', (_, message, taken) => expect(v.safeParse(StillMessage, message).success).toBe(taken));
});
