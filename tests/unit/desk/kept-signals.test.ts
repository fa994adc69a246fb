import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_KEPT_SIGNAL_BYTES, MAX_KEPT_SIGNALS, RING_TIMEOUT_MS } from '../../../lib/protocol/limits.ts';
import { createKeptSignals } from '../../../server/signalling/kept-signals.ts';

test('what waits is handed over once, in order', () => {
  const kept = createKeptSignals();
  for (const text of ['offer', 'candidate 1', 'candidate 2']) kept.keep('peer-0001', text, 0);
  expect(kept.take('peer-0001', 0)).toEqual(['offer', 'candidate 1', 'candidate 2']);
  expect(kept.take('peer-0001', 0)).toEqual([]);
  expect(kept.bytes()).toBe(0);
});

test('what is older than a ring is dropped', () => {
  const kept = createKeptSignals();
  kept.keep('peer-0001', 'offer', 0);
  kept.keep('peer-0001', 'candidate', RING_TIMEOUT_MS);
  expect(kept.take('peer-0001', RING_TIMEOUT_MS + 1)).toEqual(['candidate']);
  kept.keep('peer-0001', 'offer', 0);
  kept.sweep(RING_TIMEOUT_MS + 1);
  expect(kept.bytes()).toBe(0);
});

test('whatever is sent, an id holds no more than its share', () => {
  const message = fc.record({ id: fc.constantFrom('a', 'b'), bytes: fc.nat(60_000) });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 100 }), (messages) => {
      const kept = createKeptSignals();
      for (const { id, bytes } of messages) kept.keep(id, 'x'.repeat(bytes), 0);
      const all = ['a', 'b'].map((id) => kept.take(id, 0));
      for (const list of all) {
        expect(list.length).toBeLessThanOrEqual(MAX_KEPT_SIGNALS);
        expect(list.join('').length).toBeLessThanOrEqual(MAX_KEPT_SIGNAL_BYTES);
      }
      expect(kept.bytes()).toBe(0);
    }),
  );
});

test('all ids together hold no more than 64 MB', () => {
  const kept = createKeptSignals();
  const text = 'x'.repeat(60_000);
  for (let id = 0; id < 2_000; id += 1) kept.keep(`peer-${id}`, text, 0);
  expect(kept.bytes()).toBeLessThanOrEqual(64_000_000);
});
