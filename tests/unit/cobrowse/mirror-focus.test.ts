import { describe, expect, it } from 'vitest';
import { createMirrorFocus } from '../../../lib/mirror/mirror-focus.ts';

/** Nodes by their number, those of them that are drawn. */
function createMirror(...drawn: readonly number[]) {
  const nodes = new Map(drawn.map((id) => [id, { id } as unknown as Node])); // only compared
  return { nodes, nodeOf: (_frame: number, _epoch: number, nodeId: number) => nodes.get(nodeId) ?? null };
}

function askOf(focus: ReturnType<typeof createMirrorFocus>, mirror: ReturnType<typeof createMirror> | null) {
  return (nodeId: number | null) => {
    const answers: (Node | null)[] = [];
    focus.ask(mirror, nodeId, (node) => answers.push(node));
    return answers;
  };
}

const at = (nodeId: number) => ({ frameId: 0, epoch: 1, nodeId, isVisible: true });

describe('where the focus is', () => {
  it('is told at once when the stream has been played until there', () => {
    const focus = createMirrorFocus();
    const mirror = createMirror(7, 8);
    focus.tell(mirror, at(7));
    expect(askOf(focus, mirror)(7)).toEqual([mirror.nodes.get(7)]);
    expect(askOf(focus, mirror)(null)).toEqual([mirror.nodes.get(7)]);
    expect(askOf(focus, null)(7)).toEqual([null]);
  });

  it('is waited for when the question came before the stream', () => {
    const focus = createMirrorFocus();
    const mirror = createMirror(7, 8);
    focus.tell(mirror, at(7));
    const answers = askOf(focus, mirror)(8);
    expect(answers).toEqual([]);
    focus.tell(createMirror(8), at(8));
    focus.tell(mirror, null);
    expect(answers).toEqual([]);
    focus.tell(mirror, at(8));
    focus.tell(mirror, at(8));
    expect(answers).toEqual([mirror.nodes.get(8)]);
  });

  it('is not waited for any more when somebody asks anew', () => {
    const focus = createMirrorFocus();
    const mirror = createMirror(7, 8);
    const ask = askOf(focus, mirror);
    const first = ask(8);
    const second = ask(7);
    expect(first).toEqual([null]);
    focus.tell(mirror, at(8));
    focus.tell(mirror, at(7));
    expect(first).toHaveLength(1);
    expect(second).toEqual([mirror.nodes.get(7)]);
  });

  it('is found also when its node is drawn later', () => {
    const focus = createMirrorFocus();
    const mirror = createMirror();
    focus.tell(mirror, at(7));
    expect(focus.nodeIn(mirror)).toBeNull();
    const node = { id: 7 } as unknown as Node; // only compared
    mirror.nodes.set(7, node);
    expect(focus.nodeIn(mirror)).toBe(node);
  });
});
