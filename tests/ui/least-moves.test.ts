import { expect, test } from 'vitest';
import { type ChildChange, findReorder, type Reorder } from '../../lib/mirror/least-moves.ts';

const RULES = { isTold: () => true, mayStay: () => true };

/** A list whose changes are written down as the browser would. */
function createList(count: number) {
  const list = document.createElement('ul');
  list.append(...Array.from({ length: count }, (_, index) => String(index)));
  const changes: ChildChange[] = [];
  const write = (target: Node, part: Partial<ChildChange>) =>
    changes.push({ type: 'childList', target, addedNodes: [], removedNodes: [], nextSibling: null, ...part });
  const remove = (node: Node) => {
    const { parentNode, nextSibling } = node;
    if (parentNode === null) return;
    parentNode.removeChild(node);
    write(parentNode, { removedNodes: [node], nextSibling });
  };
  const insert = (parent: Node, node: Node, before: Node | null) => {
    if (node === before) return;
    remove(node);
    parent.insertBefore(node, before);
    write(parent, { addedNodes: [node], nextSibling: before });
  };
  return { list, changes, remove, insert, at: (index: number) => list.childNodes[index]! };
}

/** What the list becomes for somebody who hears of all nodes but those that stay. */
function hear(before: readonly Node[], list: Node, changes: readonly ChildChange[], reorder: Reorder): Node[] {
  const told = new Set(changes.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]));
  for (const node of reorder.moved) told.add(node);
  const heard = before.filter((node) => !told.has(node) || reorder.staying.has(node));
  for (const node of [...list.childNodes].reverse()) {
    if (heard.includes(node)) continue;
    const next = node.nextSibling === null ? heard.length : heard.indexOf(node.nextSibling);
    heard.splice(next, 0, node);
  }
  return heard;
}

test('two rows that swap their places are the only ones that need be told of', () => {
  const { list, changes, insert, at } = createList(1_000);
  const [one, other] = [at(1), at(998)];
  // As React does it: all between the two are moved.
  for (const node of [...list.childNodes].slice(2, 998)) insert(list, node, one);
  insert(list, other, at(1));
  expect(list.childNodes[1]).toBe(other);
  const { staying, moved } = findReorder(changes, RULES);
  expect([staying.size, staying.has(other), moved]).toEqual([996, false, [one]]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'whatever the list goes through, the others alone make the new order (seed %i)',
  (seed) => {
    const { list, changes, insert, remove, at } = createList(60);
    const before = [...list.childNodes];
    const elsewhere = document.createElement('ul');
    let state = seed;
    const below = (max: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % max;
    };
    for (let step = 0; step < 80; step += 1) {
      const count = list.childNodes.length;
      const what = below(10);
      if (what < 6) insert(list, at(below(count)), at(below(count)));
      else if (what === 6) remove(at(below(count)));
      else if (what === 7) insert(list, document.createTextNode('new'), at(below(count)));
      else if (what === 8) insert(elsewhere, at(below(count)), null);
      else if (elsewhere.firstChild !== null) insert(list, elsewhere.firstChild, at(below(count)));
    }
    const reorder = findReorder(changes, RULES);
    expect(reorder.moved.length).toBeLessThanOrEqual(reorder.staying.size);
    for (const node of reorder.staying) expect(before).toContain(node);
    expect(hear(before, list, changes, reorder)).toEqual([...list.childNodes]);
  },
);

test('what may not stay is told of, and so is what came from elsewhere', () => {
  const { list, changes, insert, at } = createList(5);
  const [frame, guest] = [at(2), document.createTextNode('guest')];
  insert(document.createElement('ul'), guest, null);
  insert(list, guest, at(0));
  for (const node of [...list.childNodes]) insert(list, node, null);
  const { staying } = findReorder(changes, { ...RULES, mayStay: (node) => node !== frame });
  expect([staying.size, staying.has(frame), staying.has(guest)]).toEqual([4, false, false]);
});

test('what has not moved and may not is not told as moved, and what is untold does not count', () => {
  const { list, changes, insert, at } = createList(10);
  const frame = at(0);
  for (const node of [...list.childNodes].slice(1)) insert(list, node, frame);
  expect(findReorder(changes, RULES).moved).toEqual([frame]);
  expect(findReorder(changes, { ...RULES, mayStay: (node) => node !== frame }).staying.size).toBe(0);
  const { staying, moved } = findReorder(changes, { ...RULES, isTold: (node) => node !== frame });
  expect([staying.size, moved]).toEqual([9, []]);
});

test('changes that are not all there let nothing stay', () => {
  const { list, changes, insert, at } = createList(5);
  insert(list, at(0), null);
  insert(list, at(0), null);
  expect(findReorder(changes.slice(0, 1), RULES).staying.size).toBe(0);
});
