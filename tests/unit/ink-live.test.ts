import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INK_UNITS, MAX_LIVE_POINTS, MAX_STROKE_POINTS } from '../../lib/protocol/ink-limits.ts';
import { decodeLive, encodeLive, hashSurface, type LivePacket } from '../../lib/protocol/ink-live.ts';

const unit = fc.integer({ min: 0, max: INK_UNITS });
const point = fc.tuple(unit, unit, fc.integer({ min: 0, max: 255 }));
const base = {
  n: fc.integer({ min: 0, max: 0xffff_ffff }),
  surfaceHash: fc.integer({ min: 0, max: 0xffff_ffff }),
  colour: fc.integer({ min: 0, max: 0xff_ffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`),
  width: fc.integer({ min: 1, max: 60 }),
  seed: fc.integer({ min: 1, max: 0x7fff_ffff }),
  stay: fc.boolean(),
  up: fc.boolean(),
  number: fc.integer({ min: 0, max: 99 }),
};
const freehand: fc.Arbitrary<LivePacket> = fc.record({
  ...base,
  tool: fc.constantFrom('pen' as const, 'laser' as const),
  at: fc.integer({ min: 0, max: MAX_STROKE_POINTS - MAX_LIVE_POINTS }),
  points: fc.array(point, { minLength: 1, maxLength: MAX_LIVE_POINTS }).map((points) => points.flat()),
});
const shape: fc.Arbitrary<LivePacket> = fc.record({
  ...base,
  tool: fc.constantFrom('arrow' as const, 'numbered-arrow' as const, 'rectangle' as const, 'ellipse' as const),
  at: fc.integer({ min: 0, max: 0xffff }),
  points: fc.array(point, { minLength: 1, maxLength: 2 }).map((points) => points.flat()),
});
const livePacket = fc.oneof(freehand, shape);

const sample: LivePacket = {
  n: 7,
  surfaceHash: hashSurface('camera:abcdefgh'),
  tool: 'pen',
  colour: '#e5484d',
  width: 9,
  seed: 42,
  stay: false,
  up: false,
  number: 0,
  at: 0,
  points: [100, 200, 128, 110, 190, 128],
};

describe('live ink packets', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(livePacket, (packet) => {
        expect(decodeLive(encodeLive(packet))).toEqual({ ok: true, value: packet });
      }),
    );
  });

  it('cost 27 bytes for the first point and 5 for each further one', () => {
    expect(encodeLive(sample).byteLength).toBe(32);
  });

  it('any bytes give a packet in bounds or a reason, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoded = decodeLive(bytes);
        const points = decoded.ok ? decoded.value.points : [];
        expect(points.every((value) => value >= 0 && value <= INK_UNITS)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a good packet with some bytes changed gives a packet in bounds or a reason', () => {
    const changes = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(livePacket, changes, (packet, edits) => {
        const bytes = encodeLive(packet);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const decoded = decodeLive(bytes);
        if (!decoded.ok) return;
        expect(decoded.value.points.every((value) => value >= 0 && value <= INK_UNITS)).toBe(true);
        expect(decoded.value.colour).toMatch(/^#[0-9a-f]{6}$/);
        expect(decoded.value.width).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  const changed = (at: number, value: number): Uint8Array => {
    const bytes = encodeLive(sample);
    bytes[at] = value;
    return bytes;
  };
  it.each([
    ['nothing', new Uint8Array(0), 'length'],
    ['a cut packet', encodeLive(sample).subarray(0, 30), 'length'],
    ['a packet with a tail', new Uint8Array([...encodeLive(sample), 0]), 'length'],
    ['another version', changed(0, (2 << 4) | 1), 'version'],
    ['another kind', changed(0, (1 << 4) | 2), 'kind'],
    ['a tool that is none', changed(1, 7), 'tool'],
    ['live text', changed(1, 6), 'tool'],
    ['unknown flags', changed(1, 0x80), 'tool'],
    ['no width', changed(13, 0), 'bounds'],
    ['a giant width', changed(13, 255), 'bounds'],
    ['a giant number', changed(14, 200), 'bounds'],
    [
      'a random seed',
      new Uint8Array([...changed(15, 0).subarray(0, 15), 0, 0, 0, 0, ...encodeLive(sample).subarray(19)]),
      'bounds',
    ],
    ['points after the last', changed(19, 255), 'bounds'],
    ['no points', changed(21, 0), 'bounds'],
    ['a point outside the picture', changed(22, 0xff), 'bounds'],
    ['a step out of the picture', changed(27, 0x80), 'bounds'],
  ])('%s is refused', (_, bytes, reason) => {
    expect(decodeLive(bytes)).toMatchObject({ ok: false, reason });
  });
});
