import { describe, expect, it } from 'vitest';
import type { InkMessage, InkTie } from '../../lib/protocol/ink-messages.ts';
import { createInkSession, type InkSession } from '../../lib/state/ink-model.ts';
import type { InkModel } from '../../lib/state/ink-types.ts';
import { createManualClock } from '../fakes/manual-clock.ts';

const SURFACE = 'camera:customer1';
const PAGE = 'page:customer1-1';
const PICTURE = { width: 1_280, height: 720 };
const at = (x: number, y: number, pressure = 0.5) => ({ x, y, pressure });

/** Two sides that hear each other; `cut` loses live packets, `held` keeps messages back. */
function createPair() {
  const clock = createManualClock();
  const wire = { cut: false, packets: 0, bytes: 0, messages: [] as InkMessage[] };
  const sides: Record<'expert' | 'customer', InkSession> = {
    expert: create('expert', () => sides.customer),
    customer: create('customer', () => sides.expert),
  };
  function create(self: string, other: () => InkSession): InkSession {
    let dice = self === 'expert' ? 1_000 : 900_000;
    return createInkSession({
      self: () => self,
      colour: () => '#e5484d',
      clock,
      random: () => ++dice,
      surfaces: () => [SURFACE, PAGE, 'still:abcd', 'screen:customer1'],
      sendLive(bytes) {
        wire.packets += 1;
        wire.bytes += bytes.length;
        if (!wire.cut) other().receiveLive(self, bytes);
      },
      commit(message) {
        wire.messages.push(message);
        other().receive(self, structuredClone(message));
      },
    });
  }
  return { clock, wire, expert: sides.expert, customer: sides.customer };
}

const look = (session: InkSession) =>
  session.model.shown.value.map(({ key, surface, shape }) => ({ key, surface, ...shape, points: [...shape.points] }));

function line(model: InkModel, surface = SURFACE, from = 0.1): void {
  const pen = model.press(surface, PICTURE, at(from, 0.1));
  pen?.move([at(from + 0.1, 0.2), at(from + 0.2, 0.3)]);
  pen?.release();
}

describe('drawing', () => {
  it('is seen while it is drawn, and the same afterwards', () => {
    const { expert, customer } = createPair();
    const pen = expert.model.press(SURFACE, PICTURE, at(0.1, 0.1));
    pen?.move([at(0.2, 0.2), at(0.3, 0.1)]);
    expect(customer.model.shown.value[0]).toMatchObject({ live: true, releasedAt: null, author: 'expert' });
    const during = customer.model.shown.value[0]?.shape.points;
    pen?.release();
    expect(customer.model.shown.value).toHaveLength(1);
    expect(customer.model.shown.value[0]).toMatchObject({ live: false });
    expect(customer.model.shown.value[0]?.shape.points).toEqual(during);
    expect(look(customer)).toEqual(look(expert));
  });

  it('arrives although every live packet is lost', () => {
    const { expert, customer, wire } = createPair();
    wire.cut = true;
    line(expert.model);
    expect(look(customer)).toEqual(look(expert));
  });

  it('tells which element carries it, and of nobody else’s ink', () => {
    const { expert, customer, wire } = createPair();
    const tie = { epoch: 3, nodeId: 12, box: { x: 0, y: 0.5, width: 1, height: 2 } } satisfies InkTie;
    line(expert.model, PAGE);
    line(customer.model, PAGE);
    const sent = wire.messages.length;
    for (const stroke of expert.model.shown.value) expert.model.tie(PAGE, stroke, tie);
    expect(wire.messages.slice(sent).map(({ type }) => type)).toEqual(['ink.tie']);
    for (const { model } of [expert, customer]) {
      const ties = model.shown.value.map((stroke) => [stroke.author, stroke.tie]);
      expect(Object.fromEntries(ties)).toEqual({ expert: tie, customer: undefined });
    }
  });

  it('a very long line is several strokes, and one undo', () => {
    const { expert, customer, wire } = createPair();
    const pen = expert.model.press(SURFACE, PICTURE, at(0, 0));
    for (let index = 0; index < 1_400; index++) pen?.move([at((index % 100) / 100, Math.floor(index / 100) / 20)]);
    pen?.release();
    expect(customer.model.shown.value.length).toBe(3);
    expect(look(customer)).toEqual(look(expert));
    expert.model.undo(SURFACE);
    expect(look(customer)).toEqual([]);
    expect(wire.messages.at(-1)).toMatchObject({ type: 'ink.visibility', show: [] });
  });

  it.each(['arrow', 'numbered-arrow', 'rectangle', 'ellipse'] as const)('%s', (tool) => {
    const { expert, customer } = createPair();
    expert.model.choose({ tool });
    line(expert.model);
    expect(look(customer)).toMatchObject([{ tool }]);
    expect(look(customer)).toEqual(look(expert));
  });

  it('a shape without an extent is nothing', () => {
    const { expert, customer } = createPair();
    expert.model.choose({ tool: 'rectangle' });
    expert.model.press(SURFACE, PICTURE, at(0.5, 0.5))?.release();
    expect([look(expert), look(customer)]).toEqual([[], []]);
  });

  it('words', () => {
    const { expert, customer } = createPair();
    expert.model.choose({ tool: 'text' });
    expect(expert.model.press(SURFACE, PICTURE, at(0.5, 0.5))).toBeNull();
    expert.model.putText(SURFACE, at(0.5, 0.5), '  turn\u0000 this \u202evalve ');
    expert.model.putText(SURFACE, at(0.5, 0.5), '   ');
    expect(look(customer)).toMatchObject([{ tool: 'text', text: 'turn  this  valve' }]);
  });

  it('numbers go on, whoever draws', () => {
    const { expert, customer } = createPair();
    expert.model.choose({ tool: 'numbered-arrow' });
    customer.model.choose({ tool: 'numbered-arrow' });
    line(expert.model);
    line(customer.model);
    line(expert.model);
    expect(look(customer).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('given up is gone on both sides', () => {
    const { expert, customer } = createPair();
    const pen = expert.model.press(SURFACE, PICTURE, at(0.1, 0.1));
    pen?.move([at(0.5, 0.5)]);
    pen?.cancel();
    pen?.move([at(0.6, 0.6)]);
    pen?.release();
    expect([look(expert), look(customer)]).toEqual([[], []]);
  });

  it('a press of absurd size or place stays in bounds', () => {
    const { expert, wire } = createPair();
    const pen = expert.model.press(SURFACE, { width: 0, height: Number.NaN }, at(Number.NaN, 1e300, -4));
    pen?.move([at(Number.NEGATIVE_INFINITY, 5, 9)]);
    pen?.release();
    const [stroke] = wire.messages;
    expect(stroke?.type === 'ink.stroke' && stroke.points.every((value) => value >= 0 && value <= 32_767)).toBe(true);
  });
});

describe('time', () => {
  it('ink fades 8 s after its release on both sides, and no timer is left', () => {
    const { expert, customer, clock } = createPair();
    line(expert.model);
    clock.advance(8_500);
    expect(customer.model.shown.value).toHaveLength(1);
    clock.advance(200);
    expect([look(expert), look(customer)]).toEqual([[], []]);
    expect(clock.waiting()).toBe(0);
  });

  it('ink that is pressed is held, on the other side too', () => {
    const { expert, customer, clock } = createPair();
    const pen = expert.model.press(SURFACE, PICTURE, at(0.1, 0.1));
    clock.advance(60_000);
    expect(customer.model.shown.value).toHaveLength(1);
    pen?.release();
    clock.advance(8_500);
    expect(customer.model.shown.value).toHaveLength(1);
  });

  it('ink that stays, and ink on a still, stay', () => {
    const { expert, customer, clock } = createPair();
    line(expert.model, 'still:abcd');
    expert.model.choose({ stay: true });
    line(expert.model);
    clock.advance(3_600_000);
    expect(look(customer)).toHaveLength(2);
    expect(clock.waiting()).toBe(0);
  });

  it('the laser leaves nothing, nothing to undo either', () => {
    const { expert, customer, clock } = createPair();
    expert.model.choose({ tool: 'laser' });
    line(expert.model);
    expect(customer.model.shown.value).toHaveLength(1);
    clock.advance(1_300);
    expect([look(expert), look(customer)]).toEqual([[], []]);
    expect(expert.model.possible.value.size).toBe(0);
  });

  it('a stroke whose author fell silent goes', () => {
    const { expert, customer, clock, wire } = createPair();
    expert.model.press(SURFACE, PICTURE, at(0.1, 0.1));
    wire.cut = true;
    clock.advance(5_000);
    expect(look(customer)).toEqual([]);
    expect(look(expert)).toHaveLength(1);
  });
});

describe('taking back', () => {
  it('undo, redo and clear touch one’s own ink on that picture', () => {
    const { expert, customer } = createPair();
    line(expert.model);
    line(expert.model, 'screen:customer1');
    line(customer.model);
    expert.model.clearMine(SURFACE);
    expect(look(customer).map(({ key }) => key.split(':')[0])).toEqual(['expert', 'customer']);
    expert.model.undo(SURFACE);
    expect(look(customer)).toHaveLength(3);
    expert.model.undo(SURFACE);
    expect(look(customer)).toHaveLength(2);
    expert.model.redo(SURFACE);
    expect(look(customer)).toEqual(look(expert));
    customer.model.undo('screen:customer1');
    expect(look(customer)).toHaveLength(3);
  });

  it('says what is possible', () => {
    const { expert } = createPair();
    expect(expert.model.possible.value.get(SURFACE)).toBeUndefined();
    line(expert.model);
    expect(expert.model.possible.value.get(SURFACE)).toEqual({ undo: true, redo: false, clear: true });
    expert.model.undo(SURFACE);
    expect(expert.model.possible.value.get(SURFACE)).toEqual({ undo: false, redo: true, clear: false });
  });
});

describe('the other side', () => {
  it('who comes later is told everything', () => {
    const { expert } = createPair();
    const late = createPair();
    expert.model.choose({ stay: true });
    line(expert.model);
    line(expert.model);
    expert.model.undo(SURFACE);
    for (const message of expert.replay()) late.customer.receive('expert', message);
    expect(look(late.customer)).toEqual(look(expert));
  });

  it('bytes that are nothing, and pictures that nobody knows, are refused with a reason', () => {
    const { expert } = createPair();
    expect(expert.receiveLive('customer', new Uint8Array([1, 2, 3]))).toMatchObject({ ok: false, reason: 'length' });
    const sent: Uint8Array<ArrayBuffer>[] = [];
    const stranger = createInkSession({
      self: () => 'x',
      colour: () => '#e5484d',
      clock: createManualClock(),
      random: () => 1,
      surfaces: () => [],
      sendLive: (bytes) => sent.push(bytes),
      commit: () => {},
    });
    line(stranger.model, 'camera:nobody-here');
    expect(expert.receiveLive('customer', sent[0] ?? new Uint8Array())).toMatchObject({ ok: false, reason: 'surface' });
    expect(look(expert)).toEqual([]);
  });

  it('ink goes with its author, its picture and the call', () => {
    const { expert, customer, clock } = createPair();
    expert.model.choose({ stay: true });
    line(expert.model);
    customer.forgetAuthor('expert');
    expect(look(customer)).toEqual([]);
    line(customer.model);
    expert.forgetSurface(SURFACE);
    expect(look(expert)).toEqual([]);
    expert.dispose();
    customer.dispose();
    expect(clock.waiting()).toBe(0);
  });

  it('tells which ink is painted in the page itself', () => {
    const { expert, clock } = createPair();
    line(expert.model);
    const [stroke] = expert.model.shown.value;
    expert.receive('customer', { type: 'ink.painted', surface: SURFACE, n: stroke?.n ?? 0 });
    expert.receive('customer', { type: 'ink.painted', surface: SURFACE, n: 77 });
    expect([...expert.model.paintedThere.value]).toEqual([]);
    clock.advance(500);
    expect([...expert.model.paintedThere.value]).toEqual([stroke?.key]);
  });
});

it('a live packet at a hand’s speed is less than 70 bytes', () => {
  const { expert, wire } = createPair();
  const pen = expert.model.press(SURFACE, PICTURE, at(0, 0));
  for (let frame = 1; frame <= 60; frame++) pen?.move([at(frame / 70, 0.2), at(frame / 70 + 0.007, 0.2)]);
  expect(wire.packets).toBe(61);
  expect(wire.bytes / 61).toBeLessThan(70);
});
