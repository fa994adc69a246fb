import { expect, test } from 'vitest';
import { planSlices } from '../../lib/mirror/slice-plan.ts';

const SLICE = 20;
const RULES = { sliceNodes: SLICE, isHost: () => false };

function grow(seed: number): HTMLElement {
  let state = seed;
  const below = (max: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % max;
  };
  const root = document.createElement('main');
  const all: HTMLElement[] = [root];
  for (let count = 0; count < 600; count += 1) {
    const parent = all[below(all.length)] ?? root;
    const child = document.createElement('div');
    parent.append(child, `text ${count}`);
    // A few have many children, and many have few.
    if (below(3) === 0) all.push(child);
  }
  document.body.replaceChildren(root);
  return root;
}

test.each([1, 2, 3, 4, 5])('slices make up the whole page, each node once and in its place (seed %i)', (seed) => {
  const root = grow(seed);
  const { large, next } = planSlices(root, RULES);
  const told = new Map<Node, Node[]>();
  const sizes: number[] = [];
  for (let slice = next(); slice !== null; slice = next()) {
    told.set(slice.parent, [...slice.nodes, ...(told.get(slice.parent) ?? [])]);
    sizes.push(slice.nodes.reduce((sum, node) => sum + (large.has(node) ? 1 : countOf(node)), 0));
  }
  expect(large.has(root)).toBe(true);
  for (const node of large) expect(told.get(node)).toEqual([...node.childNodes]);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * SLICE);
});

test('what comes and goes meanwhile is told as it is then', () => {
  const root = grow(6);
  const { next } = planSlices(root, RULES);
  next();
  root.prepend('new');
  const told: Node[] = [];
  for (let slice = next(); slice !== null; slice = next()) if (slice.parent === root) told.unshift(...slice.nodes);
  expect(told[0]?.textContent).toBe('new');
});

test('parts with fields, or with what names them, are told whole', () => {
  const root = grow(7);
  const inner = [...root.querySelectorAll('div')].find((div) => div.querySelectorAll('*').length > SLICE);
  for (const part of [
    '<input>',
    '<label>Card</label>',
    '<x-field></x-field>',
    '<b contenteditable></b>',
    '<i id="name"></i>',
  ]) {
    const place = document.createElement('p');
    place.innerHTML = part;
    document.body.replaceChildren(root, Object.assign(document.createElement('input'), { ariaLabel: '' }));
    document.body.lastElementChild?.setAttribute('aria-labelledby', 'name');
    inner?.append(place);
    const { large } = planSlices(root, RULES);
    for (let at: Node | null = place; at !== null; at = at.parentNode) expect(large.has(at)).toBe(false);
    place.remove();
  }
});

test('a small page is told at once', () => {
  const root = document.createElement('main');
  root.append('text');
  const { large, next } = planSlices(root, RULES);
  expect([large.size, next()]).toEqual([0, null]);
});

const countOf = (node: Node): number => [...node.childNodes].reduce((sum, child) => sum + countOf(child), 1);
