import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPhase, type Parties, type Phase, type PhaseEvent } from '../../../lib/call/phase.ts';

const parties: Parties = {
  sessionId: 'session-1',
  person: { personId: 'person-0001', name: 'Marta', role: 'customer' },
  scenario: { id: 'support-1', name: 'Support' },
};
const idle: Phase = { kind: 'idle' };
const dialling: Phase = { kind: 'dialling', since: 1, linked: false, ...parties };
const ringing: Phase = { kind: 'ringing', since: 1, linked: false, answering: false, ...parties };
const active: Phase = { kind: 'active', direction: 'incoming', startedAt: 5, lostSince: null, ...parties };
const ended: Phase = {
  kind: 'ended',
  direction: 'incoming',
  startedAt: 5,
  durationMs: 5,
  reason: 'exited',
  mine: true,
  ...parties,
};
const end: PhaseEvent = { type: 'end', at: 10, reason: 'exited', mine: true };

describe('each event in each phase', () => {
  const rows: readonly (readonly [string, Phase, PhaseEvent, Partial<Phase> | 'same'])[] = [
    ['dial from idle', idle, { type: 'dial', at: 1, ...parties }, dialling],
    ['dial after a call leaves its wrap-up', ended, { type: 'dial', at: 1, ...parties }, dialling],
    ['no second call', active, { type: 'dial', at: 1, ...parties }, 'same'],
    ['ring from idle', idle, { type: 'ring', at: 1, answering: false, ...parties }, ringing],
    ['no ring in a call', active, { type: 'ring', at: 1, answering: false, ...parties }, 'same'],
    ['link while dialling', dialling, { type: 'linked', at: 2 }, { kind: 'dialling', linked: true }],
    ['answer before the link waits for it', ringing, { type: 'answer', at: 2 }, { kind: 'ringing', answering: true }],
    [
      'the link opens an answered ring',
      { ...ringing, answering: true },
      { type: 'linked', at: 5 },
      { kind: 'active', direction: 'incoming', startedAt: 5 },
    ],
    ['answer on a link opens at once', { ...ringing, linked: true }, { type: 'answer', at: 5 }, active],
    ['they answered', dialling, { type: 'answered', at: 5 }, { kind: 'active', direction: 'outgoing', startedAt: 5 }],
    ['an answer nobody waits for', active, { type: 'answered', at: 9 }, 'same'],
    ['loss in a call', active, { type: 'link-lost', at: 7 }, { kind: 'active', lostSince: 7 }],
    ['loss is dated once', { ...active, lostSince: 7 }, { type: 'link-lost', at: 9 }, 'same'],
    ['back again', { ...active, lostSince: 7 }, { type: 'linked', at: 9 }, active],
    ['end of a call', active, end, ended],
    ['end without an answer lasted no time', dialling, end, { kind: 'ended', durationMs: 0, direction: 'outgoing' }],
    ['nothing to end', idle, end, 'same'],
    ['dismiss', ended, { type: 'dismiss' }, idle],
    ['nothing to dismiss', active, { type: 'dismiss' }, 'same'],
    [
      'resume',
      idle,
      { type: 'resume', at: 9, direction: 'incoming', startedAt: 5, ...parties },
      { ...active, lostSince: 9 },
    ],
  ];
  test.each(rows)('%s', (_, phase, event, expected) => {
    const next = nextPhase(phase, event);
    if (expected === 'same') expect(next).toBe(phase);
    else expect(next).toMatchObject(expected);
  });
});

test('whatever happens, a call that is over has a length that is not negative, and a link is never assumed', () => {
  const at = fc.integer({ min: 0, max: 1_000 });
  const event: fc.Arbitrary<PhaseEvent> = fc.oneof(
    at.map((now) => ({ type: 'dial', at: now, ...parties }) as const),
    fc.record({ at, answering: fc.boolean() }).map((more) => ({ type: 'ring', ...more, ...parties }) as const),
    fc
      .constantFrom('linked' as const, 'link-lost' as const, 'answer' as const, 'answered' as const)
      .chain((type) => at.map((now) => ({ type, at: now }))),
    at.map((now) => ({ type: 'end', at: now, reason: 'exited', mine: false }) as const),
    fc.constant({ type: 'dismiss' } as const),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let phase: Phase = idle;
      for (const next of events) {
        const before = phase;
        phase = nextPhase(phase, next);
        if (phase.kind === 'ended') expect(phase.durationMs).toBeGreaterThanOrEqual(0);
        if (phase.kind === 'active' && before.kind === 'ringing') {
          expect(before.linked || next.type === 'linked').toBe(true);
        }
      }
    }),
  );
});
