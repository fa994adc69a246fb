import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanMovingPicture, MAX_MOVING_BYTES } from '../../../lib/mirror/moving-picture.ts';
import { gifProgram, gifRemark, movingGif } from '../../fakes/moving-picture.ts';

const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('a GIF', () => {
  test('of several frames stays as it is', () => {
    expect(cleanMovingPicture(movingGif())).toEqual({ mime: 'image/gif', bytes: movingGif() });
  });

  test('loses what only its file tells', () => {
    const told = movingGif({ extra: [...gifRemark('SECRET'), ...gifProgram('SECRET')] });
    expect(textOf(told)).toContain('SECRET');
    expect(cleanMovingPicture(told)?.bytes).toEqual(movingGif());
    expect(cleanMovingPicture(Uint8Array.from([...movingGif(), ...bytesOf('SECRET')]))?.bytes).toEqual(movingGif());
  });

  test.each([
    ['one frame', movingGif({ frames: 1 })],
    ['too many frames', movingGif({ frames: 1_001 })],
    ['a huge screen', movingGif({ side: 60_000 })],
    ['too many bytes', Uint8Array.from([...movingGif(), ...new Uint8Array(MAX_MOVING_BYTES)])],
    ['an unknown block', movingGif({ extra: [0x77] })],
  ])('of %s is none that moves', (_, bytes) => {
    expect(cleanMovingPicture(bytes)).toBeNull();
  });
});

describe('a WebP', () => {
  const number = (value: number, length: number) => Array.from({ length }, (_, i) => (value >> (8 * i)) & 255);
  const chunk = (name: string, body: readonly number[]) => [
    ...bytesOf(name),
    ...number(body.length, 4),
    ...body,
    ...(body.length % 2 === 1 ? [0] : []),
  ];
  const file = (chunks: readonly number[]) =>
    Uint8Array.from([...bytesOf('RIFF'), ...number(chunks.length + 4, 4), ...bytesOf('WEBP'), ...chunks]);
  const head = (flags: number, side = 10) => chunk('VP8X', [flags, 0, 0, 0, ...number(side, 3), ...number(side, 3)]);
  const secret = chunk('EXIF', [...bytesOf('SECRET!')]);
  const frames = [...chunk('ANIM', [0, 0, 0, 0, 0, 0]), ...chunk('ANMF', [1, 2, 3]), ...chunk('ANMF', [4, 5])];

  test('of several frames loses what only its file tells', () => {
    const told = file([...head(0x3e), ...secret, ...frames, ...chunk('XMP ', [...bytesOf('SECRET')])]);
    expect(cleanMovingPicture(told)).toEqual({ mime: 'image/webp', bytes: file([...head(0x12), ...frames]) });
  });

  test.each([
    ['stands still', file([...head(0x10), ...frames])],
    ['has one frame', file([...head(0x02), ...chunk('ANMF', [1])])],
    ['is huge', file([...head(0x02, 5_000), ...frames])],
  ])('that %s is none that moves', (_, bytes) => {
    expect(cleanMovingPicture(bytes)).toBeNull();
  });
});

test('whatever is cut off or broken never throws, and tells nothing', () => {
  const told = movingGif({ extra: gifRemark('SECRET') });
  fc.assert(
    fc.property(
      fc.nat(told.length),
      fc.array(fc.tuple(fc.nat(told.length - 1), fc.nat(255)), { maxLength: 3 }),
      (end, changes) => {
        const bytes = told.slice(0, end);
        // A changed length may make a remark part of a frame: only what is not changed is sure to go.
        for (const [at, byte] of changes) if (at < end) bytes[at] = byte;
        const clean = cleanMovingPicture(bytes);
        if (clean !== null && changes.length === 0) expect(textOf(clean.bytes)).not.toContain('SECRET');
      },
    ),
  );
});
