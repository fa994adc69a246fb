import { describe, expect, test } from 'vitest';
import { withChoices } from '../../../lib/mirror/told-beside.ts';

const list = (multiple: boolean, chosen: readonly boolean[]) => ({
  nodeName: 'SELECT',
  multiple,
  options: chosen.map((selected, at) => ({ selected, id: at + 10 })),
});
const namesOf = (node: object) => ({
  getNode: () => node as Node,
  getId: (node: Node) => (node as unknown as { readonly id: number }).id,
});
const input = { type: 3, timestamp: 1, data: { source: 5, id: 7, text: 'a' } };

describe('an input event', () => {
  test('of a list of which several may be chosen tells all its choices', () => {
    expect(withChoices(input, namesOf(list(true, [true, false, true])))).toMatchObject({
      type: 3,
      data: {
        source: 0,
        attributes: [
          { id: 10, attributes: { selected: '' } },
          { id: 11, attributes: { selected: null } },
          { id: 12, attributes: { selected: '' } },
        ],
      },
    });
  });

  test.each([
    ['of another list', list(false, [true]), input],
    ['of a field', { nodeName: 'INPUT', multiple: true }, input],
    ['of another kind', list(true, [true]), { ...input, data: { source: 3, id: 7 } }],
    ['that is a snapshot', list(true, [true]), { ...input, type: 2 }],
  ])('%s stays as it is', (_, node, event) => {
    expect(withChoices(event, namesOf(node))).toBe(event);
  });
});
