import { describe, expect, it, vi } from 'vitest';
import { CHUNK_BYTES } from '../../../lib/protocol/limits.ts';
import { encodeChunk } from '../../../lib/protocol/still-chunk.ts';
import type { StillRefusal } from '../../../lib/protocol/still-messages.ts';
import { createStillModel, type StillSession } from '../../../lib/state/still-model.ts';
import { createStillShelf } from '../../../lib/state/still-shelf.ts';
import type { LocalFrame } from '../../../lib/state/still-types.ts';
import { systemClock } from '../../../lib/shared/clock.ts';
import { fail, ok, type Result } from '../../../lib/shared/result.ts';
import { createMemoryStore, type Store } from '../../../lib/store/store.ts';
import { createInkOfCall, type InkOfCall } from '../../../lib/state/ink-of-call.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import type { CallSide } from '../../fakes/fake-call.ts';

const u32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];

/** A file with a PNG's header and as many bytes as asked for. */
function fileOf(length: number, width = 1_920, height = 1_080): LocalFrame {
  const bytes = new Uint8Array(length).map((_, index) => index * 13);
  bytes.set([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...u32(13),
    0x49,
    0x48,
    0x44,
    0x52,
    ...u32(width),
    ...u32(height),
  ]);
  return { bytes, mime: 'image/png', width, height };
}
const FULL = fileOf(5 * CHUNK_BYTES + 77);
const LOCAL = fileOf(500, 640, 360);

interface Side {
  readonly stills: StillSession;
  readonly ink: InkOfCall;
  readonly shown: { stillId: string; from: string | null }[];
  readonly store: Store;
  readonly files: Map<string, LocalFrame>;
  readonly frozenBy: string[];
  grabs: Result<LocalFrame, StillRefusal>;
}

function createSide({ call }: CallSide, self: string, other: string, canDecode = true): Side {
  const files = new Map<string, LocalFrame>();
  const store = createMemoryStore();
  const stills = (): readonly string[] => side.stills.ids();
  const ink = createInkOfCall({
    call,
    clock: systemClock,
    self: () => self,
    isExpert: () => true,
    others: () => [other],
    stills,
    pages: () => [],
  });
  const side: Side = {
    ink,
    shown: [],
    store,
    files,
    frozenBy: [],
    grabs: ok(FULL),
    stills: createStillModel({
      call,
      clock: systemClock,
      self: () => self,
      grab: async () => side.grabs,
      canDecode: async () => canDecode,
      urls: {
        make(file) {
          const url = `blob:${files.size}`;
          files.set(url, file);
          return url;
        },
        revoke: (url) => void files.delete(url),
      },
      ink,
      shelf: createStillShelf(store),
      onShown: (shown) => side.shown.push(shown),
      onFrozen: (by) => side.frozenBy.push(by),
    }),
  };
  return side;
}

async function createPair(options: { canDecode?: boolean } = {}) {
  const pair = await createActiveCall();
  const expert = createSide(pair.caller, 'person-ravi', 'person-marta', options.canDecode);
  const customer = createSide(pair.callee, 'person-marta', 'person-ravi');
  return { ...pair, expert, customer };
}

const stillOf = ({ stills }: Side, id: string) => stills.stills.value.find((still) => still.id === id);
const ready = (side: Side, id: string) =>
  vi.waitFor(() => expect(stillOf(side, id)).toMatchObject({ state: 'ready', isFull: true }));
const CAMERA = 'camera:person-marta';

function drawOn({ ink }: Side, id: string): void {
  const pen = ink.model.press(`still:${id}`, { width: 1_920, height: 1_080 }, { x: 0.2, y: 0.2, pressure: 0.5 });
  pen?.move([{ x: 0.4, y: 0.5, pressure: 0.5 }]);
  pen?.release();
}
const inkOn = ({ ink }: Side, id: string) => ink.model.shown.value.filter(({ surface }) => surface === `still:${id}`);

describe('freezing the other side’s picture', () => {
  it('shows the local frame at once, then the full one of its sender', async () => {
    const { expert, customer } = await createPair();
    const widths = new Set<number>();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    const stop = expert.stills.stills.subscribe((stills) => widths.add(stills[0]?.width ?? 0));
    await ready(expert, id);
    stop();
    expect([...widths]).toEqual([0, 640, 1_920]);
    expect(stillOf(expert, id)).toMatchObject({ width: 1_920, height: 1_080, progress: 1 });
    expect(expert.files.get(stillOf(expert, id)?.url ?? '')?.bytes).toEqual(FULL.bytes);
    expect(expert.files.size).toBe(1);
    expect(customer.frozenBy).toEqual(['Ravi']);
  });

  it('tells how far it has come', async () => {
    const { expert } = await createPair();
    const seen = new Set<number>();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    const stop = expert.stills.stills.subscribe(() => seen.add(stillOf(expert, id)?.progress ?? 0));
    await ready(expert, id);
    stop();
    expect(seen.size).toBeGreaterThan(4);
  });

  it.each(['no-picture', 'too-large', 'failed'] as const)(
    '%s there: the local frame is the picture',
    async (reason) => {
      const { expert, customer } = await createPair();
      customer.grabs = fail(reason);
      const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
      await vi.waitFor(() =>
        expect(stillOf(expert, id)).toMatchObject({ state: 'ready', isFull: false, reason, width: 640 }),
      );
    },
  );

  it('without any frame it failed', async () => {
    const { expert, customer } = await createPair();
    customer.grabs = fail('no-picture');
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    await vi.waitFor(() => expect(stillOf(expert, id)).toMatchObject({ state: 'failed' }));
  });

  it('nothing is grabbed while the call is paused', async () => {
    const { caller, expert } = await createPair();
    caller.call.setPaused(true);
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await vi.waitFor(() =>
      expect(stillOf(expert, id)).toMatchObject({ state: 'ready', isFull: false, reason: 'no-picture' }),
    );
  });

  it('one’s own picture needs nobody', async () => {
    const { expert } = await createPair();
    const id = expert.stills.freeze('screen:person-ravi', Promise.resolve(LOCAL));
    await ready(expert, id);
  });
});

describe('sending', () => {
  it('shows the picture and its ink to the other side, without sending back what that has', async () => {
    const { expert, customer } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    await ready(expert, id);
    drawOn(expert, id);
    expect(inkOn(customer, id)).toEqual([]);
    expert.stills.send(id);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toEqual([{ stillId: id, from: 'Ravi' }]));
    expect(inkOn(customer, id).map(({ shape }) => shape.points)).toEqual(
      inkOn(expert, id).map(({ shape }) => shape.points),
    );
    expect([expert.shown, customer.shown]).toMatchObject([
      [{ stillId: id, from: null }],
      [{ stillId: id, from: 'Ravi' }],
    ]);
    expect(stillOf(expert, id)).toMatchObject({ isSent: true, isSending: false });
  });

  it('pressed before the full frame is there: waits for it', async () => {
    const { expert, customer } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    drawOn(expert, id);
    expert.stills.send(id);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1));
    expect(stillOf(customer, id)?.width).toBe(1_920);
  });

  it('one’s own screen, or a frame that only this side saw: the bytes go along', async () => {
    const { expert, customer } = await createPair();
    customer.grabs = fail('failed');
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await vi.waitFor(() => expect(stillOf(expert, id)).toMatchObject({ reason: 'failed' }));
    drawOn(expert, id);
    expert.stills.send(id);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1));
    expect(customer.files.get(stillOf(customer, id)?.url ?? '')?.bytes).toEqual(LOCAL.bytes);
  });

  it('can be drawn on and sent back', async () => {
    const { expert, customer } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    await ready(expert, id);
    drawOn(expert, id);
    expert.stills.send(id);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1));
    customer.stills.closeArrival(id);
    drawOn(customer, id);
    expect(inkOn(expert, id)).toHaveLength(1);
    customer.stills.send(id);
    await vi.waitFor(() => expect(expert.stills.arrivals.value).toEqual([{ stillId: id, from: 'Marta' }]));
    expect(inkOn(expert, id)).toHaveLength(2);
  });

  it('discarded is gone, with its ink; sent can’t be discarded', async () => {
    const { expert, customer } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    drawOn(expert, id);
    expert.stills.discard(id);
    expect([stillOf(expert, id), inkOn(expert, id)]).toEqual([undefined, []]);
    const kept = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await ready(expert, kept);
    expert.stills.send(kept);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1));
    expert.stills.discard(kept);
    expect(stillOf(expert, kept)).toBeDefined();
  });
});

describe('outages', () => {
  it('a still that is drawn and sent without a link arrives when there is one', async () => {
    const { expert, customer, network } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    await ready(expert, id);
    network.setUp(false);
    network.cut();
    drawOn(expert, id);
    expert.stills.send(id);
    network.setUp(true);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1), 10_000);
    expect(inkOn(customer, id)).toHaveLength(1);
  }, 15_000);

  it('the bytes go on from where the link broke', async () => {
    const { expert, customer, network, callee } = await createPair();
    const large = fileOf(40 * CHUNK_BYTES);
    customer.grabs = ok(large);
    const offsets: number[] = [];
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    let isCut = false;
    const stop = expert.stills.stills.subscribe(() => {
      const { progress = 0 } = stillOf(expert, id) ?? {};
      if (progress > 0.3 && !isCut) {
        isCut = true;
        network.cut();
      }
    });
    callee.call.on('still.want', ({ from }) => offsets.push(from));
    await vi.waitFor(() => expect(stillOf(expert, id)).toMatchObject({ state: 'ready', isFull: true }), 10_000);
    stop();
    expect(isCut).toBe(true);
    expect(offsets.at(-1)).toBeGreaterThan(0);
    expect(expert.files.get(stillOf(expert, id)?.url ?? '')?.bytes).toEqual(large.bytes);
  }, 15_000);
});

describe('what stays', () => {
  it('a sent and a received still can be opened again, with their ink, after the call and a reload', async () => {
    const { expert, customer } = await createPair();
    const id = expert.stills.freeze(CAMERA, Promise.resolve(null));
    await ready(expert, id);
    drawOn(expert, id);
    expert.stills.send(id);
    await vi.waitFor(() => expect(customer.stills.arrivals.value).toHaveLength(1));
    for (const { store } of [expert, customer]) {
      const { caller } = await createActiveCall();
      const later = createSide(caller, 'person-ravi', 'person-marta');
      const reopened = { ...later, stills: reopen(later, caller, store) };
      await vi.waitFor(async () => expect(await reopened.stills.open(id)).toBe(true));
      expect(stillOf(reopened, id)).toMatchObject({ state: 'ready', width: 1_920 });
      expect(inkOn(reopened, id)).toHaveLength(1);
      expect(await reopened.stills.open('never-there')).toBe(false);
    }
  });

  const reopen = ({ ink }: Side, { call }: CallSide, store: Store): StillSession =>
    createStillModel({
      call,
      clock: systemClock,
      self: () => 'person-ravi',
      grab: async () => fail('no-picture'),
      canDecode: async () => true,
      urls: { make: () => 'blob:again', revoke: () => {} },
      ink,
      shelf: createStillShelf(store),
      onShown: () => {},
      onFrozen: () => {},
    });
});

describe('a hostile sender', () => {
  it.each([
    ['bytes that are no picture', { ...FULL, bytes: new Uint8Array(900).fill(7) }],
    ['a size that the file does not have', { ...FULL, width: 1_000 }],
    ['another type than it says', { ...FULL, mime: 'image/webp' as const }],
  ])('%s: the local frame stays, the call goes on', async (_, file) => {
    const { expert, customer } = await createPair();
    customer.grabs = ok(file);
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await vi.waitFor(() =>
      expect(stillOf(expert, id)).toMatchObject({ state: 'ready', isFull: false, reason: 'not-a-picture' }),
    );
    expect(expert.stills.rejected()).toBe(1);
    customer.grabs = ok(FULL);
    await ready(expert, expert.stills.freeze(CAMERA, Promise.resolve(LOCAL)));
  });

  it('a picture bomb ends at its header', async () => {
    const { expert, customer } = await createPair();
    customer.grabs = ok({ ...fileOf(900, 30_000, 30_000), width: 100, height: 100 });
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await vi.waitFor(() => expect(stillOf(expert, id)).toMatchObject({ isFull: false, reason: 'too-large' }));
  });

  it('what no decoder takes is refused', async () => {
    const { expert } = await createPair({ canDecode: false });
    const id = expert.stills.freeze(CAMERA, Promise.resolve(LOCAL));
    await vi.waitFor(() => expect(stillOf(expert, id)).toMatchObject({ isFull: false, reason: 'not-a-picture' }));
  });

  it('offers without end keep little, and bytes that nobody asked for nothing', async () => {
    const { callee, expert } = await createPair();
    for (let index = 0; index < 60; index++) {
      callee.call.send({
        type: 'still.offer',
        id: `bomb-${index}`,
        transfer: index,
        mime: 'image/png',
        bytes: 24_000_000,
        width: 10,
        height: 10,
      });
    }
    void callee.call.link.peek()?.bulk.send(encodeChunk({ transfer: 9_999, offset: 0, bytes: new Uint8Array(9) }));
    await vi.waitFor(() => expect(expert.stills.rejected()).toBeGreaterThan(50));
    expect(expert.stills.stills.value.length).toBeLessThanOrEqual(3);
    expect(expert.files.size).toBe(0);
  });

  it('a picture that was never sent is not shown', async () => {
    const { callee, expert } = await createPair();
    callee.call.send({ type: 'still.show', id: 'nothing-there', item: 'item-1', at: 5 });
    await vi.waitFor(() => expect(expert.shown).toHaveLength(1));
    expect(expert.stills.arrivals.value).toEqual([]);
    expect(await expert.stills.open('nothing-there')).toBe(false);
  });
});
