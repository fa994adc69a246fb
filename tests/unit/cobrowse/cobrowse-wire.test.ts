import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createWireDecoder } from '../../../lib/cobrowse/wire-decoder.ts';
import { createWireEncoder } from '../../../lib/cobrowse/wire-encoder.ts';
import type { FrameHead, WireFrame } from '../../../lib/cobrowse/wire-frame.ts';
import { decodeToCustomer, decodeToExpert, encodePayload } from '../../../lib/cobrowse/wire-payload.ts';
import { FRAME_KINDS, type FrameKind } from '../../../lib/protocol/cobrowse-messages.ts';
import { CHUNK_BYTES } from '../../../lib/protocol/limits.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const head: fc.Arbitrary<FrameHead> = fc.record({
  kind: fc.constantFrom(...(Object.keys(FRAME_KINDS) as FrameKind[])),
  epoch: word,
  tabId: word,
  frameId: word,
  sentAtMs: word,
});
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ maxLength: 4_000 }).map((text) => new TextEncoder().encode(text.repeat(20))),
);
const outgoing = fc.record({ head, payload, closed: fc.boolean() });
const EVENTS: FrameHead = { kind: 'events', epoch: 1, tabId: 1, frameId: 0, sentAtMs: 5 };
const text = (value: string) => new TextEncoder().encode(value);

function decodeAll(chunks: readonly Uint8Array[], decoder = createWireDecoder()) {
  const frames: WireFrame[] = [];
  const reasons: string[] = [];
  for (const chunk of chunks) {
    const result = decoder.push(chunk);
    if (!result.ok) reasons.push(result.reason);
    else if (result.value !== null) frames.push(result.value);
  }
  return { frames, reasons };
}

describe('the wire', () => {
  test('gives back every frame that went in, in order, numbered from 1', () => {
    fc.assert(
      fc.property(fc.array(outgoing, { maxLength: 12 }), (list) => {
        const encoder = createWireEncoder();
        const chunks = list.flatMap(({ head: h, payload: raw, closed }) =>
          encoder.encode(h, raw, closed ? deflateSync(raw) : undefined),
        );
        expect(chunks.every((chunk) => chunk.length <= CHUNK_BYTES)).toBe(true);
        const { frames, reasons } = decodeAll(chunks);
        expect(reasons).toEqual([]);
        expect(frames).toEqual(
          list.map(({ head: h, payload: raw }, index) => ({ ...h, seq: index + 1, payload: raw })),
        );
      }),
    );
  });

  test('carries payloads of many chunks', () => {
    const raw = new Uint8Array(300_000).map((_, index) => (index * 2_654_435_761) >>> 24);
    const { frames } = decodeAll(createWireEncoder().encode({ ...EVENTS, kind: 'snapshot' }, raw));
    expect(frames[0]?.payload).toEqual(raw);
  });

  test('says less the second time', () => {
    const encoder = createWireEncoder();
    const raw = text(
      JSON.stringify({ events: [{ type: 3, data: { source: 0, texts: [{ id: 7, value: 'Basket' }] } }] }),
    );
    const [first, second] = [encoder.encode(EVENTS, raw), encoder.encode(EVENTS, raw)].map((c) => c[0]?.length ?? 0);
    expect(second).toBeLessThan((first ?? 0) - 30);
  });

  test.each([
    ['a lost frame is a gap, then the history is lost, until it begins anew', 1, ['gap', 'out-of-step']],
    ['two lost frames are one gap', 2, ['gap']],
  ])('%s', (_name, lostCount, reasons) => {
    const encoder = createWireEncoder();
    const raw = text('the quick brown fox jumps over the lazy dog');
    const sent = [0, 1, 2, 3].map(() => encoder.encode(EVENTS, raw));
    encoder.restart();
    sent.push(encoder.encode(EVENTS, raw), encoder.encode(EVENTS, raw));
    const result = decodeAll(sent.filter((_, index) => index < 1 || index > lostCount).flat());
    expect(result.reasons).toEqual(reasons);
    expect(result.frames.map((frame) => frame.seq)).toEqual([1, 5, 6]);
  });

  test('does not take a frame twice', () => {
    const encoder = createWireEncoder();
    const chunks = [encoder.encode(EVENTS, text('a')), encoder.encode(EVENTS, text('b'))].flat();
    const decoder = createWireDecoder();
    decodeAll(chunks, decoder);
    expect(decodeAll(chunks, decoder).reasons).toEqual(['replayed', 'replayed']);
  });

  test('notices any changed byte, or yields the frame unharmed; never throws, and heals', () => {
    fc.assert(
      fc.property(
        fc.array(outgoing, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (list, at, flip) => {
          const encoder = createWireEncoder();
          const chunks = list.flatMap(({ head: h, payload: raw }) => encoder.encode(h, raw));
          const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
          let position = at % total;
          for (const chunk of chunks) {
            if (position < chunk.length && position >= 0) chunk[position] = (chunk[position] ?? 0) ^ flip;
            position -= chunk.length;
          }
          const decoder = createWireDecoder();
          const { frames, reasons } = decodeAll(chunks, decoder);
          for (const frame of frames) expect(frame.payload).toEqual(list[frame.seq - 1]?.payload);
          encoder.restart();
          const again = decodeAll(encoder.encode(EVENTS, text('x'.repeat(100))), decoder);
          // A last part that no longer says so is missed when the next frame begins.
          expect(reasons.length + frames.length + again.reasons.length).toBeGreaterThan(0);
          // A changed number may claim a later place in the stream; then only a new link helps, and that is said.
          expect(again.frames.length === 1 || again.reasons.length === 1).toBe(true);
        },
      ),
    );
  });

  test('takes random bytes for what they are', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
        expect(decodeAll(chunks).frames).toEqual([]);
      }),
    );
  });
});

describe('bombs and giants', () => {
  const bomb = (rawLength: number, claim: number, kind: FrameKind = 'snapshot') => {
    const packed = deflateSync(new Uint8Array(rawLength), { level: 9 });
    const chunks = createWireEncoder().encode({ ...EVENTS, kind }, new Uint8Array(8), packed);
    // Overwrites the header's claim of the inflated size.
    new DataView(chunks[0]?.buffer ?? new ArrayBuffer(32)).setUint32(1 + 24, claim);
    return decodeAll(chunks).reasons;
  };

  test.each([
    ['a large frame at an impossible ratio', bomb(30_000_000, 30_000_000), ['bomb']],
    ['a stream that inflates beyond its claim', bomb(30_000_000, 1_000_000), ['bomb']],
    ['a claim above the limit', bomb(1_000, 2 ** 31), ['too-big']],
    ['a small kind that claims much', bomb(1_000, 8_000_000, 'page'), ['too-big']],
    ['a stream that is shorter than it claims', bomb(1_000, 2_000), ['corrupt']],
  ])('%s is refused', (_name, reasons, expected) => {
    expect(reasons).toEqual(expected);
  });

  test('a frame that never ends is given up', () => {
    const decoder = createWireDecoder();
    const first = Uint8Array.of(1, ...new Uint8Array(CHUNK_BYTES - 1));
    const middle = new Uint8Array(CHUNK_BYTES);
    expect(decoder.push(first).ok).toBe(true);
    let refused = 0;
    for (let sent = 0; sent < 2_200; sent += 1) if (!decoder.push(middle).ok) refused += 1;
    expect(refused).toBeGreaterThan(0);
  });
});

describe('payloads', () => {
  const frame = (kind: FrameKind, value: string): WireFrame => ({ ...EVENTS, kind, seq: 1, payload: text(value) });

  test('are typed by their kind', () => {
    const bytes = encodePayload({ reason: 'gap', whole: true });
    const decoded = decodeToCustomer({ ...frame('resync', ''), payload: bytes });
    expect(decoded).toMatchObject({ ok: true, value: { kind: 'resync', payload: { reason: 'gap', whole: true } } });
  });

  test.each([
    ['an expert’s message to an expert', decodeToExpert(frame('resync', '{"reason":"gap","whole":true}')), 'wrong-way'],
    ['a customer’s message to a customer', decodeToCustomer(frame('events', '{"events":[]}')), 'wrong-way'],
    ['no JSON', decodeToExpert(frame('events', '{')), 'not-json'],
    ['broken UTF-8', decodeToExpert({ ...frame('events', ''), payload: Uint8Array.of(34, 255, 34) }), 'not-json'],
    ['an extra field', decodeToExpert(frame('pause', '{"reason":null,"more":1}')), 'malformed'],
    ['an address with a query', decodeToExpert(frame('tabs', tab('https://a.example/?q=1'))), 'malformed'],
  ])('%s is refused', (_name, result, reason) => {
    expect(result).toMatchObject({ ok: false, reason });
  });

  test('an address without a query is taken', () => {
    expect(decodeToExpert(frame('tabs', tab('https://a.example/b'))).ok).toBe(true);
  });
});

const tab = (address: string) =>
  JSON.stringify({ tabs: [{ tabId: 1, title: 'A', address, active: true, state: 'live' }] });
