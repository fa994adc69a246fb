import { expect, test } from 'vitest';
import { createEventContext } from '../../../lib/mirror/event-context.ts';
import { MAX_MIRROR_NODES } from '../../../lib/protocol/cobrowse-limits.ts';

test('the nodes of a large mirror are counted once in a while, not with every event', () => {
  let counts = 0;
  let size = 0;
  const { of } = createEventContext({
    nodes: {
      getIds: () => {
        counts += 1;
        return { length: size } as number[];
      },
      getId: () => -1,
      getNode: () => null,
      getMeta: () => null,
      removeNodeFromMap: () => {},
    },
    book: { addressOf: () => null, deferAttribute: () => {}, deferProperty: () => {}, deferFont: () => {} },
    reserved: new Set(),
  });
  const add = (nodes: number) => {
    of(1, null).budget.nodes -= nodes;
    size += nodes;
  };
  for (let slice = 0; slice < 400; slice += 1) add(400);
  expect(counts).toBeLessThanOrEqual(4);
  expect(of(1, null).budget.nodes).toBe(MAX_MIRROR_NODES - size);
});
