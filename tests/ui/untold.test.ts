import { expect, test } from 'vitest';
import { holdsFieldPart, withFieldParts } from '../../lib/mirror/field-parts.ts';
import { createUntold } from '../../lib/mirror/untold.ts';

const GROUP = 10;
const LARGE = 20;
const NO_HOST = () => false;

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

/** What somebody knows of a page who is told of it without its untold nodes. */
function listen(root: Node) {
  const known = new Set<Node>();
  const untold = createUntold({ groupNodes: GROUP, largeNodes: LARGE, isKnown: (node) => known.has(node) });
  let size = 0;
  const learn = (node: Node) => {
    expect(known.has(node)).toBe(false);
    known.add(node);
    size += 1;
    for (const child of node.childNodes) if (!untold.has(child)) learn(child);
  };
  const hearGroup = (): boolean => {
    const group = untold.next();
    size = 0;
    for (const node of group?.nodes ?? []) {
      expect([node.parentNode, known.has(group!.parent)]).toEqual([group!.parent, true]);
      learn(node);
    }
    return group !== null;
  };
  return {
    ...{ known, untold, learn, hearGroup },
    lastSize: () => size,
    isWhole: () => everythingIn(root).every((node) => known.has(node)),
  };
}

const everythingIn = (node: Node): Node[] => [node, ...[...node.childNodes].flatMap(everythingIn)];

test.each([1, 2, 3, 4, 5])('groups make up the whole page, each node once and below a known one (seed %i)', (seed) => {
  const root = grow(seed);
  const { untold, learn, hearGroup, lastSize, isWhole } = listen(root);
  untold.cut(root, new Set());
  learn(root);
  expect(isWhole()).toBe(false);
  const sizes: number[] = [];
  while (hearGroup()) sizes.push(lastSize());
  expect(isWhole()).toBe(true);
  expect(Math.max(...sizes)).toBeLessThan(GROUP + LARGE);
  expect(untold.isEmpty()).toBe(true);
});

test('the top of the page comes first', () => {
  const root = document.createElement('main');
  root.append(...Array.from({ length: 100 }, (_, index) => String(index)));
  document.body.replaceChildren(root);
  const { untold, learn, hearGroup, known } = listen(root);
  untold.cut(root, new Set());
  learn(root);
  hearGroup();
  expect([...known].map(({ nodeValue }) => nodeValue)).toEqual([
    null,
    ...Array.from({ length: GROUP }, (_, at) => String(at)),
  ]);
});

test('what goes or moves meanwhile is told as it is then', () => {
  const root = grow(6);
  const { untold, learn, hearGroup, isWhole } = listen(root);
  untold.cut(root, new Set());
  learn(root);
  hearGroup();
  const waiting = everythingIn(root).filter((node) => untold.has(node));
  waiting[3]?.parentNode?.removeChild(waiting[3]);
  waiting[7]?.parentNode?.append(waiting[7]);
  if (waiting[9] !== undefined) root.prepend(waiting[9]);
  while (hearGroup());
  expect(isWhole()).toBe(true);
});

test('what is left comes at once when somebody needs it, and new nodes wait as those of the beginning do', () => {
  const root = grow(7);
  const { untold, learn, hearGroup, isWhole } = listen(root);
  untold.cut(root, new Set());
  learn(root);
  hearGroup();
  for (const { nodes } of untold.rest()) for (const node of nodes) learn(node);
  expect([isWhole(), untold.isEmpty()]).toEqual([true, true]);
  root.append('later', 'and later');
  untold.leave(root, [...root.childNodes].slice(-2));
  expect([isWhole(), untold.isCut(root)]).toEqual([false, true]);
  while (hearGroup());
  expect([isWhole(), untold.isCut(root)]).toEqual([true, false]);
});

test('the end of a row of untold nodes is known until the row changes', () => {
  const root = document.createElement('main');
  root.append(...Array.from({ length: 50 }, (_, index) => String(index)));
  document.body.replaceChildren(root);
  const { untold, learn, hearGroup } = listen(root);
  untold.cut(root, new Set());
  learn(root);
  hearGroup();
  const [waiting, last] = [root.childNodes[GROUP + 5]!, root.lastChild!];
  expect(untold.lastOfRow(waiting)).toBe(last);
  untold.noteChange(root, false);
  expect(untold.lastOfRow(waiting)).toBe(waiting);
  const list = document.createElement('ul');
  list.append('a', 'told', 'b');
  untold.leave(list, [list.firstChild!, list.lastChild!]);
  expect(untold.lastOfRow(list.firstChild!)).toBe(list.firstChild);
});

test('parts with fields, or with what names them, are told whole', () => {
  for (const part of [
    '<input>',
    '<label>Card</label>',
    '<x-field></x-field>',
    '<b contenteditable></b>',
    '<i id="name"></i>',
  ]) {
    const root = grow(7);
    const inner = [...root.querySelectorAll('div')].find((div) => div.querySelectorAll('*').length > LARGE);
    const place = document.createElement('p');
    place.innerHTML = part;
    document.body.append(Object.assign(document.createElement('input'), { ariaLabel: '' }));
    document.body.lastElementChild?.setAttribute('aria-labelledby', 'name');
    inner?.append(place);
    expect(holdsFieldPart(place, NO_HOST)).toBe(!part.startsWith('<i '));
    const { untold } = listen(root);
    untold.cut(root, withFieldParts(root, NO_HOST));
    expect(untold.isEmpty()).toBe(false);
    for (const node of everythingIn(place)) expect(untold.has(node)).toBe(false);
    for (let at: Node | null = place; at !== null; at = at.parentNode) {
      expect([untold.has(at), untold.isCut(at)]).toEqual([false, false]);
    }
  }
});

test('a small page is told at once', () => {
  const root = document.createElement('main');
  root.append('text');
  const { untold } = listen(root);
  untold.cut(root, new Set());
  expect([untold.isEmpty(), untold.next()]).toEqual([true, null]);
});
