import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDeskOutbox } from '../../../lib/rtc/desk-outbox.ts';
import { fail, ok } from '../../../lib/shared/result.ts';

const TYPES = ['answered', 'declined', 'cancel', 'ended'];

test('only what became of sessions is kept', () => {
  const outbox = createDeskOutbox();
  outbox.note('code.create', {});
  outbox.note('status', { status: 'away' });
  outbox.note('answered', { sessionId: 's1' });
  expect(outbox.untold()).toEqual([{ type: 'answered', sessionId: 's1' }]);
});

test('the newest news of a session stays until the desk has answered it', () => {
  const step = fc.record({
    type: fc.constantFrom(...TYPES),
    sessionId: fc.constantFrom('s1', 's2'),
    reply: fc.constantFrom(null, ok(undefined), fail('unreachable'), fail('unknown-session')),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const outbox = createDeskOutbox();
      const expected = new Map<string, string>();
      for (const { type, sessionId, reply } of steps) {
        outbox.note(type, { sessionId });
        expected.set(sessionId, type);
        if (reply === null) continue;
        outbox.settle(type, { sessionId }, reply);
        if (reply.ok || reply.reason !== 'unreachable') expected.delete(sessionId);
      }
      expect(new Map(outbox.untold().map((news) => [news.sessionId, news.type]))).toEqual(expected);
    }),
  );
});

test('a late reply to older news does not forget newer news', () => {
  const outbox = createDeskOutbox();
  outbox.note('answered', { sessionId: 's1' });
  outbox.note('ended', { sessionId: 's1' });
  outbox.settle('answered', { sessionId: 's1' }, ok(undefined));
  expect(outbox.untold()).toEqual([{ type: 'ended', sessionId: 's1' }]);
});
