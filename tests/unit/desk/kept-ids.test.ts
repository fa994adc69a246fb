import { expect, test } from 'vitest';
import { RESUME_WINDOW_MS } from '../../../lib/protocol/limits.ts';
import { createKeptIds } from '../../../server/kept-ids.ts';
import { openDatabase } from '../../../server/store/database.ts';
import type { Ticket } from '../../../server/tickets.ts';

const ticketFor = (personId: string, peerId: string, nonce: string): Ticket => {
  return { peerId, personId, nonce, expiresAt: 60_000 };
};
const OWN = ticketFor('carl', 'peer-0001', 'n1');
const setUp = () => {
  const db = openDatabase(':memory:');
  return { db, ids: createKeptIds(db, 0) };
};

test('a wish is granted to the owner only, and nobody learns more from the refusal', () => {
  const { ids } = setUp();
  ids.opened(OWN, 'signalling');
  expect(ids.choose('carl', 'peer-0001', 1)).toBe('peer-0001');
  const refused = [ids.choose('mallory', 'peer-0001', 1), ids.choose('mallory', 'peer-9999', 1)];
  for (const id of refused) expect(id).toMatch(/^[a-z0-9]{26}$/);
});

test('an id belongs to its owner until the resume window after the last socket is over', () => {
  const { ids } = setUp();
  ids.opened(OWN, 'signalling');
  ids.opened(OWN, 'desk');
  ids.closed('peer-0001', 1_000);
  expect(ids.ownerOf('peer-0001', 10 * RESUME_WINDOW_MS)).toBe('carl');
  ids.closed('peer-0001', 2_000);
  expect(ids.ownerOf('peer-0001', 2_000 + RESUME_WINDOW_MS - 1)).toBe('carl');
  expect(ids.ownerOf('peer-0001', 2_000 + RESUME_WINDOW_MS)).toBeUndefined();
});

test("even a good ticket of somebody else doesn't open a kept id", () => {
  const { ids } = setUp();
  ids.opened(OWN, 'signalling');
  ids.closed('peer-0001', 1_000);
  expect(ids.mayOpen(ticketFor('mallory', 'peer-0001', 'n2'), 2_000)).toBe(false);
});

test('a ticket that opened an id stays good for it after its time; one that did not is over', () => {
  const { ids } = setUp();
  ids.opened(OWN, 'signalling');
  ids.closed('peer-0001', 100_000);
  const later = 200_000;
  expect(ids.mayOpen(OWN, later)).toBe(true);
  expect(ids.mayOpen(ticketFor('carl', 'peer-0001', 'n2'), later)).toBe(false);
  ids.opened(ticketFor('carl', 'peer-0001', 'n3'), 'signalling');
  expect(ids.mayOpen(OWN, later)).toBe(false);
});

test('after a crash, whoever was here has the whole window to come back, with the old ticket too', () => {
  const { db, ids } = setUp();
  ids.opened(OWN, 'signalling');
  ids.flush();
  const bootedAt = 5_000_000;
  const again = createKeptIds(db, bootedAt);
  expect(again.choose('carl', 'peer-0001', bootedAt + RESUME_WINDOW_MS - 1)).toBe('peer-0001');
  expect(again.mayOpen(OWN, bootedAt + 1)).toBe(true);
  expect(again.mayOpen(ticketFor('mallory', 'peer-0001', 'n2'), bootedAt + 1)).toBe(false);
  again.sweep(bootedAt + RESUME_WINDOW_MS);
  expect(again.size()).toBe(0);
});
