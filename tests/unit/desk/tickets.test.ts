import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTickets, TICKET_TTL_MS } from '../../../server/tickets.ts';

const tickets = createTickets(randomBytes(32));

test('a ticket tells whose it is, for which id and until when', () => {
  expect(tickets.read(tickets.issue('peer-0001', 'person-01', 5_000))).toMatchObject({
    ok: true,
    value: { peerId: 'peer-0001', personId: 'person-01', expiresAt: 5_000 + TICKET_TTL_MS },
  });
});

test('two tickets for one id differ', () => {
  expect(tickets.issue('peer-0001', 'person-01', 0)).not.toBe(tickets.issue('peer-0001', 'person-01', 0));
});

test('a ticket of another desk, a changed one and noise are refused', () => {
  const ticket = tickets.issue('peer-0001', 'person-01', 0);
  const foreign = createTickets(randomBytes(32)).issue('peer-0001', 'person-01', 0);
  for (const bad of [foreign, '', 'a.b.c.d.e', ticket.slice(0, -1), `${ticket}A`, ticket.replace('0001', '0002')])
    expect(tickets.read(bad)).toMatchObject({ ok: false, reason: 'bad-ticket' });
  fc.assert(fc.property(fc.string(), (noise) => !tickets.read(noise).ok));
});

test('no single change of a character leaves a ticket good', () => {
  const ticket = tickets.issue('peer-0001', 'person-01', 0);
  fc.assert(
    fc.property(fc.nat(ticket.length - 2), fc.constantFrom(...'abz059-_.A'), (at, character) => {
      fc.pre(ticket[at] !== character);
      return !tickets.read(ticket.slice(0, at) + character + ticket.slice(at + 1)).ok;
    }),
  );
});
