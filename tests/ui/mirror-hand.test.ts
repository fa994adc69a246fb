import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { createMirrorView } from '../../components/create-mirror-view.ts';
import { createMirrorHand } from '../../components/mirror-hand.ts';
import type { PlayerPort } from '../../components/mirror-player-port.ts';
import type { ControlState } from '../../lib/engine/cobrowse-view-api.ts';
import type { ControlScope, ControlVerb } from '../../lib/protocol/cobrowse-control-messages.ts';
import type { Hit } from '../../lib/protocol/player-messages.ts';

const hitOf = (nodeId: number, target: Hit['target'], rest: Partial<Hit> = {}): Hit => ({
  place: { tabId: 1, frameId: 0, epoch: 3, nodeId },
  fx: 0.5,
  fy: 0.25,
  box: { x: 0, y: 0, width: 10, height: 10 },
  target,
  ...rest,
});

/** A hand over a page whose elements lie side by side, a hundred px each. */
function createScene(scopes: readonly ControlScope[], elements: readonly Hit[]) {
  const verbs: ControlVerb[] = [];
  const control = signal<ControlState>({ scopes, preempted: false, endsAt: null });
  const mirror = createMirrorView();
  let focused: Hit | null = null;
  const port: PlayerPort = {
    post: () => {},
    hit: async (x) => elements[Math.floor(x / 100)] ?? null,
    focused: async (nodeId) => (focused?.place.nodeId === nodeId ? focused : null),
    locate: async () => null,
  };
  mirror.setPort(port);
  const hand = createMirrorHand({
    cobrowse: { control, perform: (_, verb) => verbs.push(verb) },
    mirror,
    toPage: (x, y) => (x < 0 ? null : { x, y }),
  });
  const press = async (index: number) => {
    const before = hand.target.peek();
    hand.press(new MouseEvent('click', { clientX: index * 100 + 50, clientY: 5, detail: 1 }));
    await vi.waitFor(() => expect(hand.target.peek()).not.toBe(before));
  };
  const key = (name: string) => hand.key(new KeyboardEvent('keydown', { key: name }));
  return { verbs, hand, mirror, press, key, setFocus: (hit: Hit | null) => (focused = hit) };
}

describe('the hand', () => {
  it('does nothing that was not allowed', async () => {
    const { verbs, hand, key } = createScene(['point'], [hitOf(7, 'text')]);
    hand.press(new MouseEvent('click', { clientX: 50, clientY: 5 }));
    hand.wheel(new WheelEvent('wheel', { clientX: 50, deltaY: 10 }));
    hand.typed('', 'a');
    expect(key('Enter')).toBe(false);
    hand.move(new MouseEvent('pointermove', { clientX: 50, clientY: 5 }));
    await vi.waitFor(() => expect(verbs).toEqual([{ type: 'point', nodeId: 7, fx: 0.5, fy: 0.25 }]));
  });

  it('presses, remembers what it was, and types into what it pressed', async () => {
    const { verbs, hand, mirror, press, key } = createScene(['click', 'type'], [hitOf(7, 'text')]);
    await press(0);
    expect(verbs[0]).toMatchObject({ type: 'click', nodeId: 7, count: 1 });
    expect(mirror.verbs.get(1)).toBe('click');
    hand.typed('', 'a');
    hand.typed('a', 'ab');
    hand.typed('ab', 'abc');
    // What was typed goes before the key.
    expect(key('Enter')).toBe(true);
    const edits = verbs.flatMap((verb) => (verb.type === 'edit' ? verb.edits : []));
    expect(edits.map((edit) => (edit.kind === 'insert' ? edit.text : edit.kind))).toEqual(['a', 'b', 'c']);
    expect(verbs.filter(({ type }) => type === 'edit')).toHaveLength(2);
    expect(verbs.at(-1)).toMatchObject({ type: 'key', key: 'Enter', nodeId: 7 });
  });

  it('sends moves and scrolls a few times a second, with nothing lost of a scroll', async () => {
    const { verbs, hand } = createScene(['point', 'scroll'], [hitOf(7, 'other')]);
    for (let step = 0; step < 50; step += 1) {
      hand.move(new MouseEvent('pointermove', { clientX: step, clientY: 5 }));
      // happy-dom's has no place.
      expect(hand.wheel(Object.assign(new WheelEvent('wheel', { deltaY: 10 }), { clientX: 50, clientY: 5 }))).toBe(
        true,
      );
    }
    const scrolled = () => verbs.reduce((sum, verb) => sum + (verb.type === 'scroll' ? verb.dy : 0), 0);
    await vi.waitFor(() => expect(scrolled()).toBe(500));
    await vi.waitFor(() => expect(verbs.filter(({ type }) => type === 'point')).toHaveLength(2));
  });

  it('offers lists and values instead of pressing them', async () => {
    const options = [{ nodeId: 31, label: 'Large', chosen: false }];
    const { verbs, hand, press } = createScene(
      ['click', 'type'],
      [hitOf(7, 'select', { options }), hitOf(8, 'value', { input: 'date' })],
    );
    await press(0);
    expect(hand.picking.value?.options).toEqual(options);
    hand.choose([31]);
    await press(1);
    hand.pick('2027-02-03');
    expect(hand.picking.value).toBeNull();
    expect(verbs).toEqual([
      { type: 'choose', nodeId: 7, optionIds: [31] },
      { type: 'pick', nodeId: 8, value: '2027-02-03' },
    ]);
  });

  it('is not drawn back by the focus that an earlier press has moved', async () => {
    const button = hitOf(7, 'other');
    const { hand, press, key, setFocus } = createScene(['click', 'type'], [button, hitOf(8, 'text')]);
    await press(0);
    await press(1);
    setFocus(button);
    hand.refocus(7);
    await Promise.resolve();
    expect(hand.target.value?.place.nodeId).toBe(8);
    // Unless a key has moved it there since.
    key('Tab');
    hand.refocus(7);
    await vi.waitFor(() => expect(hand.target.value?.place.nodeId).toBe(7));
  });

  it('follows the focus that its own key has moved, and not the customer’s', async () => {
    const { hand, press, key, setFocus } = createScene(['click', 'type'], [hitOf(7, 'text')]);
    setFocus(hitOf(9, 'text'));
    hand.refocus(9);
    expect(hand.target.value).toBeNull();
    await press(0);
    key('Tab');
    hand.refocus(9);
    await vi.waitFor(() => expect(hand.target.value?.place.nodeId).toBe(9));
    hand.letGo();
    expect(hand.target.value).toBeNull();
  });
});
