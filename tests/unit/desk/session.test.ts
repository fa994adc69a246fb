import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextSession, type DeskSession, type SessionEvent } from '../../../lib/desk/session.ts';

const RINGING: DeskSession = { sessionId: 's', callerId: 'carl', calleeId: 'erin', state: 'ringing' };
const ACTIVE: DeskSession = { ...RINGING, state: 'active' };

test.each<[name: string, from: DeskSession, event: SessionEvent, outcome: string]>([
  ['the callee answers', RINGING, { type: 'answered', by: 'erin' }, 'active'],
  ['the callee answers twice', ACTIVE, { type: 'answered', by: 'erin' }, 'active'],
  ['the caller answers', RINGING, { type: 'answered', by: 'carl' }, 'not-allowed'],
  ['the callee declines', RINGING, { type: 'declined', by: 'erin' }, 'over, carl: declined'],
  ['the caller declines', RINGING, { type: 'declined', by: 'carl' }, 'not-allowed'],
  ['the callee declines an open call', ACTIVE, { type: 'declined', by: 'erin' }, 'not-allowed'],
  ['the caller gives up', RINGING, { type: 'cancel', by: 'carl' }, 'over, erin: cancelled'],
  ['the callee cancels', RINGING, { type: 'cancel', by: 'erin' }, 'not-allowed'],
  ['the caller ends', ACTIVE, { type: 'ended', by: 'carl' }, 'over, erin: ended'],
  ['the callee ends', ACTIVE, { type: 'ended', by: 'erin' }, 'over, carl: ended'],
  ['the caller ends while it rings', RINGING, { type: 'ended', by: 'carl' }, 'over, erin: cancelled'],
  ['the callee ends while it rings', RINGING, { type: 'ended', by: 'erin' }, 'over, carl: declined'],
  ['a stranger ends', ACTIVE, { type: 'ended', by: 'mallory' }, 'not-allowed'],
  ['nobody answers', RINGING, { type: 'rung-out' }, 'over, carl: missed, erin: missed'],
  ['the time of an answered ring is over', ACTIVE, { type: 'rung-out' }, 'active'],
  [
    'another expert claims',
    RINGING,
    { type: 'taken-over' },
    'over, carl: answered-elsewhere, erin: answered-elsewhere',
  ],
  ['another expert claims too late', ACTIVE, { type: 'taken-over' }, 'active'],
  ['the caller is lost', RINGING, { type: 'lost', who: 'carl' }, 'over, erin: cancelled'],
  ['the callee is lost', RINGING, { type: 'lost', who: 'erin' }, 'over, carl: unavailable'],
  ['a lease ends in a call', ACTIVE, { type: 'lost', who: 'erin' }, 'active'],
])('%s', (_, from, event, outcome) => {
  const next = nextSession(from, event);
  if (!next.ok) return expect(next.reason).toBe(outcome);
  const { session, gone } = next.value;
  expect([session?.state ?? 'over', ...gone.map(({ to, reason }) => `${to}: ${reason}`)].join(', ')).toBe(outcome);
});

test('whatever happens, whoever did not end it is told exactly once, and nothing happens after the end', () => {
  const person = fc.constantFrom('carl', 'erin', 'mallory');
  const event: fc.Arbitrary<SessionEvent> = fc.oneof(
    fc.record({ type: fc.constantFrom('answered', 'declined', 'cancel', 'ended'), by: person }),
    fc.constantFrom<SessionEvent>({ type: 'rung-out' }, { type: 'taken-over' }),
    fc.record({ type: fc.constant('lost'), who: fc.constantFrom('carl', 'erin') }),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let session: DeskSession | null = RINGING;
      for (const event of events) {
        if (session === null) return;
        const next: ReturnType<typeof nextSession<DeskSession>> = nextSession(session, event);
        if (!next.ok) continue;
        const told = next.value.gone.map(({ to }) => to);
        expect(new Set(told).size).toBe(told.length);
        if ('by' in event) expect(told).not.toContain(event.by);
        expect(told.length > 0).toBe(next.value.session === null);
        session = next.value.session;
      }
    }),
  );
});
