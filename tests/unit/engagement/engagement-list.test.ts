import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_ENGAGEMENTS, withEngagement, withoutEngagement } from '../../../lib/engagement/engagement-list.ts';

const entry = fc.record({
  engagementId: fc.constantFrom(...'abcdefghij'),
  startedAt: fc.nat(1_000),
  note: fc.string({ maxLength: 4 }),
});

test('the newest stands first, each engagement once, and the last version of it counts', () => {
  fc.assert(
    fc.property(fc.array(entry), entry, (entries, last) => {
      const list = entries.reduce<readonly (typeof last)[]>((kept, each) => withEngagement(kept, each).kept, []);
      const { kept } = withEngagement(list, last);
      expect(kept.filter(({ engagementId }) => engagementId === last.engagementId)).toEqual([last]);
      expect(new Set(kept.map(({ engagementId }) => engagementId)).size).toBe(kept.length);
      expect(kept.map(({ startedAt }) => startedAt)).toEqual(
        kept.map(({ startedAt }) => startedAt).toSorted((a, b) => b - a),
      );
    }),
  );
});

test('the oldest make room', () => {
  const full = Array.from({ length: MAX_ENGAGEMENTS }, (_, at) => ({ engagementId: `e-${at}`, startedAt: at + 1 }));
  const { kept, dropped } = withEngagement(full.toReversed(), { engagementId: 'new', startedAt: 10_000 });
  expect(kept).toHaveLength(MAX_ENGAGEMENTS);
  expect(kept[0]?.engagementId).toBe('new');
  expect(dropped.map(({ engagementId }) => engagementId)).toEqual(['e-0']);
  expect(withoutEngagement(kept, 'new')).toHaveLength(MAX_ENGAGEMENTS - 1);
});
