import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LinkStats } from '../../../lib/rtc/link.ts';
import { qualityBetween } from '../../../lib/rtc/quality.ts';

const START: LinkStats = {
  at: 10_000,
  roundTripMs: 40,
  packetsReceived: 1_000,
  packetsLost: 10,
  jitterMs: 3,
  bytesSent: 100_000,
  bytesReceived: 200_000,
  relayed: false,
  width: 1_280,
  height: 720,
  framesDecoded: 300,
  framesPerSecond: 30,
  audioEnergy: 1,
};

/** Two seconds later, with `received` packets more and `lost` packets gone. */
const later = (change: Partial<LinkStats>, received = 200, lost = 0): LinkStats => ({
  ...START,
  at: START.at + 2_000,
  packetsReceived: START.packetsReceived + received,
  packetsLost: START.packetsLost + lost,
  ...change,
});

test.each([
  ['good', later({ roundTripMs: 200 })],
  ['fair', later({ roundTripMs: 201 })],
  ['fair', later({ roundTripMs: 500 })],
  ['poor', later({ roundTripMs: 501 })],
  ['good', later({}, 97, 3)],
  ['fair', later({}, 96, 4)],
  ['fair', later({}, 90, 10)],
  ['poor', later({}, 89, 11)],
  ['good', later({ roundTripMs: null }, 0, 0)],
] as const)('is %s by round trip and loss, whichever is worse', (level, now) => {
  expect(qualityBetween(START, now).level).toBe(level);
});

describe('numbers', () => {
  test('rates are those between the two readings', () => {
    const now = later({ bytesSent: 100_000 + 250_000, bytesReceived: 200_000 + 500_000 });
    expect(qualityBetween(START, now)).toMatchObject({ sendKbps: 1_000, receiveKbps: 2_000, loss: 0 });
  });

  test('loss is not known when nothing was expected', () => {
    expect(qualityBetween(START, later({}, 0, 0)).loss).toBeNull();
  });

  test('a counter that went back, as after a new connection, counts as nothing', () => {
    const now = later({ bytesSent: 0, bytesReceived: 0, packetsReceived: 0, packetsLost: 0 });
    expect(qualityBetween(START, now)).toMatchObject({ sendKbps: 0, receiveKbps: 0, loss: null, level: 'good' });
  });

  test('what is no rate is handed on', () => {
    const now = later({ relayed: true, width: 640, height: 360, framesPerSecond: 15, jitterMs: null });
    expect(qualityBetween(START, now)).toMatchObject({
      ...{ relayed: true, width: 640, height: 360, framesPerSecond: 15, jitterMs: null },
    });
  });

  test('are numbers whatever was read, also twice in the same moment', () => {
    const count = fc.nat(1e9);
    const stats = fc.record({ at: count, packetsReceived: count, packetsLost: count, bytesSent: count });
    fc.assert(
      fc.property(stats, stats, (before, now) => {
        const quality = qualityBetween({ ...START, ...before }, { ...START, ...now });
        expect(Number.isFinite(quality.sendKbps)).toBe(true);
        expect(quality.sendKbps).toBeGreaterThanOrEqual(0);
        if (quality.loss !== null) expect(quality.loss).toBeLessThanOrEqual(1);
        if (quality.loss !== null) expect(quality.loss).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
