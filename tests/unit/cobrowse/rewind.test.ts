import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SafeEvent, SafeMutation, SafeNode } from '../../../lib/cobrowse/mirror-events.ts';
import { createRewind, REWIND_BYTES, REWIND_MS } from '../../../lib/cobrowse/rewind.ts';

const START_MS = 1_000_000;

const element = (id: number, childNodes: SafeNode[] = []): SafeNode => ({
  type: 2,
  id,
  tagName: 'p',
  attributes: {},
  childNodes,
});
const snapshot = (node: SafeNode): SafeEvent => ({
  type: 2,
  timestamp: 0,
  data: { node, initialOffset: { top: 0, left: 0 } },
});
const change = (part: Partial<SafeMutation>): SafeEvent => ({
  type: 3,
  timestamp: 0,
  data: { source: 0, adds: [], removes: [], texts: [], attributes: [], ...part },
});
const titled = (id: number, title: string): SafeEvent => change({ attributes: [{ id, attributes: { title } }] });

/** Shows events as simply as can be: a tree of plain objects, rebuilt from a snapshot and changed in place. */
function show(events: readonly SafeEvent[]) {
  let root: SafeNode | null = null;
  const find = (id: number, from = root): SafeNode | null => {
    if (from === null || from.id === id) return from;
    if (!('childNodes' in from)) return null;
    for (const child of from.childNodes) {
      const found = find(id, child);
      if (found !== null) return found;
    }
    return null;
  };
  const children = (id: number) => {
    const node = find(id);
    return node !== null && 'childNodes' in node ? node.childNodes : [];
  };
  for (const { type, data } of structuredClone([...events])) {
    if (type === 2) root = data.node;
    if (type !== 3 || data.source !== 0) continue;
    for (const { id, parentId } of data.removes) {
      const at = children(parentId).findIndex((child) => child.id === id);
      if (at >= 0) children(parentId).splice(at, 1);
    }
    for (const { parentId, nextId, node } of data.adds) {
      const at = children(parentId).findIndex(({ id }) => id === nextId);
      children(parentId).splice(at < 0 ? children(parentId).length : at, 0, node);
    }
    for (const { id, attributes } of data.attributes) {
      const node = find(id);
      if (node?.type === 2) Object.assign(node.attributes, attributes);
    }
  }
  return root;
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'add', 'remove', 'title', 'title', 'page', 'tidy'),
    where: fc.nat(20),
    afterMs: fc.constantFrom(0, 1, 250, 7_000, 60_000),
  }),
  { maxLength: 60 },
);

describe('the past of a mirror', () => {
  it('ends with what everything that was noted shows, whatever became part of its beginning', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const rewind = createRewind();
        let nowMs = START_MS;
        let parents = new Map<number, number>();
        const noted: SafeEvent[] = [];
        const note = (event: SafeEvent) => {
          noted.push(event);
          rewind.note(event, nowMs);
        };
        const page = () => {
          parents = new Map();
          note(snapshot(element(1)));
        };
        page();
        for (const [i, { what, where, afterMs }] of steps.entries()) {
          nowMs += afterMs;
          const ids = [1, ...parents.keys()];
          const id = ids[where % ids.length]!;
          if (what === 'page') page();
          if (what === 'tidy') rewind.tidy(nowMs);
          if (what === 'title') note(titled(id, `title ${i}`));
          if (what === 'add') {
            note(change({ adds: [{ parentId: id, nextId: null, node: element(i + 2) }] }));
            parents.set(i + 2, id);
          }
          if (what !== 'remove' || id === 1) continue;
          note(change({ removes: [{ parentId: parents.get(id)!, id }] }));
          const forget = (gone: number) => {
            parents.delete(gone);
            for (const [child, parent] of parents) if (parent === gone) forget(child);
          };
          forget(id);
        }
        const { fromMs, events } = rewind.list(nowMs);
        expect(show(events)).toEqual(show(noted));
        expect(fromMs).toBeGreaterThanOrEqual(nowMs - REWIND_MS);
        const times = events.map(({ timestamp }) => timestamp);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times[0]).toBe(fromMs);
      }),
    );
  });

  it('begins with the page as it was then', () => {
    const rewind = createRewind();
    rewind.note(snapshot(element(1)), START_MS);
    rewind.note(titled(1, 'before'), START_MS + 10);
    rewind.note(titled(1, 'after'), START_MS + REWIND_MS);
    const { fromMs, events } = rewind.list(START_MS + REWIND_MS + 20);
    expect(fromMs).toBe(START_MS + 20);
    const first = events.filter(({ timestamp }) => timestamp === fromMs);
    expect(show(first)).toMatchObject({ attributes: { title: 'before' } });
    expect(show(events)).toMatchObject({ attributes: { title: 'after' } });
  });

  it.each([
    ['an hour at four changes a second', 250, 14_400],
    ['two seconds at two thousand', 0.5, 4_000],
  ])('keeps one page and what is two minutes old at most: %s', (_, everyMs, count) => {
    const rewind = createRewind();
    rewind.note(snapshot(element(1)), START_MS);
    let nowMs = START_MS;
    for (let i = 0; i < count; i += 1) {
      nowMs += everyMs;
      rewind.note(titled(1, `title ${i}`), nowMs);
    }
    const lateMs = nowMs + REWIND_MS / 2;
    const { events } = rewind.list(lateMs);
    const young = Math.min(count, REWIND_MS / 2 / everyMs);
    expect(events.length).toBeLessThanOrEqual(young + 2);
    expect(events.length).toBeGreaterThanOrEqual(young);
    expect(rewind.list(lateMs + REWIND_MS).events).toHaveLength(1);
  });

  it('keeps a shorter time of a page that tells too much', () => {
    const rewind = createRewind();
    rewind.note(snapshot(element(1)), START_MS);
    const letters = 100_000;
    const count = (3 * REWIND_BYTES) / letters;
    for (let i = 0; i < count; i += 1) rewind.note(titled(1, `${i} `.padEnd(letters, 'a')), START_MS + i);
    expect(rewind.bytes).toBeLessThanOrEqual(REWIND_BYTES);
    expect(rewind.bytes).toBeGreaterThan(REWIND_BYTES / 2);
    const { fromMs, events } = rewind.list(START_MS + count);
    expect(fromMs).toBeGreaterThan(START_MS);
    expect(events[0]?.type).toBe(2);
    expect(JSON.stringify(events.slice(1)).length).toBeLessThan(REWIND_BYTES);
  });

  it('changes nothing that it was given', () => {
    const rewind = createRewind();
    const page = snapshot(element(1, [element(2)]));
    const before = structuredClone(page);
    rewind.note(page, START_MS);
    rewind.note(change({ removes: [{ parentId: 1, id: 2 }] }), START_MS + 1);
    rewind.list(START_MS + 2 * REWIND_MS);
    expect(page).toEqual(before);
  });

  it('keeps what was defined', () => {
    const rewind = createRewind();
    rewind.note(snapshot(element(1)), START_MS);
    const data = { source: 16, id: 1, name: 'x-card' } as const;
    rewind.note({ type: 3, timestamp: 0, data }, START_MS);
    expect(rewind.list(START_MS + 2 * REWIND_MS).events.map((event) => event.data)).toContainEqual(data);
  });

  it('forgets what was done to style sheets that have gone', () => {
    const rewind = createRewind();
    const note = (event: SafeEvent) => rewind.note(event, START_MS);
    const insert = (by: { id: number } | { styleId: number }, rest: { replaceSync?: string } = {}): SafeEvent => ({
      type: 3,
      timestamp: 0,
      data: { source: 8, ...by, adds: [{ rule: 'p { color: red }', index: 0 }], ...rest },
    });
    const style: SafeNode = { type: 2, id: 3, tagName: 'style', attributes: {}, childNodes: [] };
    note(snapshot(element(1, [element(2, [style]), { ...style, id: 4 }])));
    for (let i = 0; i < 5; i += 1) for (const id of [3, 4]) note(insert({ id }));
    for (let i = 0; i < 5; i += 1) note(insert({ styleId: 7 }));
    note(insert({ styleId: 7 }, { replaceSync: '' }));
    note(change({ removes: [{ parentId: 1, id: 2 }] }));
    const kept = rewind.list(START_MS + REWIND_MS).events.slice(1);
    expect(kept.map(({ data }) => data)).toEqual([
      ...Array.from({ length: 5 }, () => insert({ id: 4 }).data),
      insert({ styleId: 7 }, { replaceSync: '' }).data,
    ]);
  });
});
