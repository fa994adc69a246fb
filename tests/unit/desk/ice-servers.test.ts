import { expect, test } from 'vitest';
import { iceServersFor } from '../../../server/ice-servers.ts';

test('without TURN there is STUN at most, and nothing expires', () => {
  expect(iceServersFor('p', 0, { stunUrls: [], turn: null })).toEqual({ iceServers: [], iceExpiresAt: 0 });
  expect(iceServersFor('p', 0, { stunUrls: ['stun:s:3478'], turn: null }).iceServers).toEqual([
    { urls: ['stun:s:3478'] },
  ]);
});

test("credentials follow coturn's REST scheme", () => {
  const turn = { urls: ['turn:t:3478'], secret: 'north', ttlSeconds: 600 };
  const { iceServers, iceExpiresAt } = iceServersFor('peer-0001', 1_000_500, { stunUrls: [], turn });
  // Checked with: printf '1600:peer-0001' | openssl dgst -sha1 -hmac north -binary | base64
  expect(iceServers).toEqual([
    { urls: ['turn:t:3478'], username: '1600:peer-0001', credential: 'yS89bdlqS4WisfZgf+CAtFKQDtk=' },
  ]);
  expect(iceExpiresAt).toBe(1_600_000);
});
