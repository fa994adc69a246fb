import { expect, test } from 'vitest';
import { isLeased, ringVerdict, shownPresence, statusOnArrival, SWEEP_MS } from '../../../lib/desk/presence.ts';
import { LEASE_MS } from '../../../lib/protocol/limits.ts';
import type { Presence } from '../../../lib/protocol/desk-messages.ts';

test('a lease is over within LEASE_MS of its last renewal, the sweep included', () => {
  expect(isLeased(0, LEASE_MS - SWEEP_MS - 1)).toBe(true);
  expect(isLeased(0, LEASE_MS - SWEEP_MS)).toBe(false);
  expect(isLeased(null, 0)).toBe(false);
});

test.each<[renewedAt: number | null, status: Presence, inCall: boolean, shown: Presence]>([
  [null, 'available', false, 'offline'],
  [-20_000, 'available', true, 'offline'],
  [0, 'available', false, 'available'],
  [0, 'available', true, 'on-call'],
  [0, 'wrap-up', false, 'wrap-up'],
  [0, 'busy', false, 'busy'],
  [0, 'busy', true, 'on-call'],
  [0, 'offline', false, 'offline'],
])('renewed at %s, status %s, in a call %s: shown as %s', (renewedAt, status, inCall, shown) => {
  expect(shownPresence({ renewedAt, status, inCall }, 0)).toBe(shown);
});

test.each<[shown: Presence, ringing: boolean, verdict: string]>([
  ['available', false, 'ring'],
  ['available', true, 'busy'],
  ['on-call', false, 'busy'],
  ['wrap-up', false, 'busy'],
  ['busy', false, 'busy'],
  ['away', false, 'unavailable'],
  ['offline', false, 'unavailable'],
  ['offline', true, 'unavailable'],
])('somebody who is %s (already ringing: %s): %s', (shown, ringing, verdict) => {
  expect(ringVerdict(shown, ringing)).toBe(verdict);
});

test('a call or wrap-up that the desk knows nothing of is over', () => {
  const all: Presence[] = ['available', 'busy', 'away', 'offline', 'on-call', 'wrap-up'];
  expect(all.map(statusOnArrival)).toEqual(['available', 'busy', 'away', 'offline', 'available', 'available']);
});
