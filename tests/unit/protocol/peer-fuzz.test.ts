import fc, { type Arbitrary } from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { TO_CUSTOMER, TO_EXPERT } from '../../../lib/protocol/cobrowse-messages.ts';
import { decodeLinkMessage, decodeSessionMessage } from '../../../lib/protocol/decode.ts';
import { Envelope, EXTENSION_MESSAGES } from '../../../lib/protocol/extension-messages.ts';
import { INK_UNITS } from '../../../lib/protocol/ink-limits.ts';
import { MAX_CHAT_CHARS, MAX_CONTROL_BYTES, MAX_FACTS, MAX_SDP_CHARS } from '../../../lib/protocol/limits.ts';
import { LinkMessage, SessionMessage } from '../../../lib/protocol/peer-messages.ts';
import { schemaArbitrary } from './schema-arbitrary.ts';

interface Decoder {
  readonly name: string;
  readonly schema: v.GenericSchema;
  /** The value as it comes out, or the word "refused". Throws only if the decoder does. */
  decode(value: unknown): unknown;
}

const REFUSED = 'refused';

const Points = fc
  .array(fc.tuple(fc.nat(INK_UNITS), fc.nat(INK_UNITS), fc.nat(255)), { minLength: 1, maxLength: 8 })
  .map((points) => points.flat());

const bySchema = (name: string, schema: v.GenericSchema): Decoder => ({
  name,
  schema,
  decode(value) {
    const parsed = v.safeParse(schema, value);
    return parsed.success ? parsed.output : REFUSED;
  },
});
const outcome = (result: { ok: true; value: unknown } | { ok: false }) => (result.ok ? result.value : REFUSED);

const DECODERS: readonly Decoder[] = [
  {
    name: 'a link message',
    schema: LinkMessage,
    decode: (value) => outcome(decodeLinkMessage(JSON.stringify(value))),
  },
  { name: 'a session message', schema: SessionMessage, decode: (value) => outcome(decodeSessionMessage(value)) },
  ...Object.entries({ ...TO_EXPERT, ...TO_CUSTOMER }).map(([kind, schema]) => bySchema(`co-browsing ${kind}`, schema)),
  bySchema('an envelope of the extension', Envelope),
  ...Object.entries(EXTENSION_MESSAGES).flatMap(([type, { data, answer }]) => [
    bySchema(`${type}, asked`, data),
    bySchema(`${type}, answered`, answer),
  ]),
];

const valid = ({ schema }: Decoder): Arbitrary<unknown> => schemaArbitrary(schema, { points: Points });
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

/** All objects inside a value, itself included. What a schema leaves open (`body`, `data`) is not one of them. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

describe.each(DECODERS)('$name', (decoder) => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(valid(decoder), (message) => {
        expect(decoder.decode(message)).toEqual(overTheWire(message));
      }),
    );
  });

  test('is refused, and nothing is thrown, for any other value', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false, withNullPrototype: true }), (value) => {
        const decoded = decoder.decode(value);
        // By chance a value may fit; then it is handed on unchanged.
        if (decoded !== REFUSED) expect(decoded).toEqual(overTheWire(value));
      }),
    );
  });

  test('is refused with a key that its schema does not name, at any depth, also one of the prototype', () => {
    const key = fc.constantFrom('extra', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty');
    fc.assert(
      fc.property(valid(decoder), key, fc.nat(), (message, name, pick) => {
        const copy = overTheWire(message);
        const objects = objectsIn(copy);
        const target = objects[pick % Math.max(1, objects.length)];
        if (target === undefined) return;
        // As JSON.parse does it: an own key, whatever its name.
        const hostile = { value: { polluted: true }, enumerable: true, configurable: true, writable: true };
        Object.defineProperty(target, name, hostile);
        expect(decoder.decode(copy)).toBe(REFUSED);
        expect({}).not.toHaveProperty('polluted');
      }),
    );
  });

  test('with one part replaced is refused, or says just what was sent', () => {
    fc.assert(
      fc.property(valid(decoder), fc.jsonValue({ maxDepth: 2 }), fc.nat(), (message, junk, pick) => {
        const copy = overTheWire(message);
        const objects = objectsIn(copy);
        const target = objects[pick % Math.max(1, objects.length)];
        if (target === undefined) return;
        const keys = Object.keys(target);
        const key = keys[pick % Math.max(1, keys.length)];
        if (key !== undefined) Reflect.set(target, key, overTheWire(junk));
        const decoded = decoder.decode(copy);
        if (decoded !== REFUSED) expect(decoded).toEqual(overTheWire(copy));
      }),
    );
  });
});

describe('text from control', () => {
  test('of any kind is decoded or refused, never thrown at the reader', () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.anything());
    fc.assert(
      fc.property(text, (data) => {
        expect(decodeLinkMessage(data)).toHaveProperty('ok');
      }),
    );
  });

  test('is measured before it is read', () => {
    const big = JSON.stringify({ type: 'numbered', seq: 1, body: 'x'.repeat(MAX_CONTROL_BYTES) });
    expect(decodeLinkMessage(big)).toMatchObject({ ok: false, reason: 'too-large' });
  });

  test('nested as deep as its size allows does no harm', () => {
    const depth = (MAX_CONTROL_BYTES - 100) / 2;
    const body = '['.repeat(depth) + ']'.repeat(depth);
    expect(decodeLinkMessage(`{"type":"numbered","seq":1,"body":${body}}`).ok).toBe(true);
    expect(decodeLinkMessage('['.repeat(MAX_CONTROL_BYTES))).toMatchObject({ ok: false, reason: 'not-json' });
  });

  test('a type from the future is told apart from a bad message', () => {
    expect(decodeLinkMessage('{"type":"teleport","to":1}')).toMatchObject({ reason: 'unknown-type' });
    expect(decodeLinkMessage('{"type":"ping","at":"noon"}')).toMatchObject({ reason: 'malformed' });
    // Names that every object has by its prototype are not types.
    for (const type of ['constructor', '__proto__', 'toString']) {
      expect(decodeLinkMessage(JSON.stringify({ type }))).toMatchObject({ reason: 'unknown-type' });
    }
    for (const type of [1, null, ['ping'], { ping: true }]) {
      expect(decodeLinkMessage(JSON.stringify({ type }))).toMatchObject({ reason: 'malformed' });
    }
  });
});

const chat = (text: string) => ({ type: 'chat', id: 'abcd', at: 1, text });
const fact = { key: 'Site', value: 'Hall B', source: 'link' };
const offer = (sdp: string) => JSON.stringify({ type: 'sdp', kind: 'offer', sdp });

test.each([
  ['a chat message', decodeSessionMessage, chat('x'.repeat(MAX_CHAT_CHARS)), chat('x'.repeat(MAX_CHAT_CHARS + 1))],
  ['an empty chat message', decodeSessionMessage, chat('x'), chat('')],
  [
    'a list of facts',
    decodeSessionMessage,
    { type: 'facts', facts: Array.from({ length: MAX_FACTS }, () => fact) },
    { type: 'facts', facts: Array.from({ length: MAX_FACTS + 1 }, () => fact) },
  ],
  ['a session description', decodeLinkMessage, offer('x'.repeat(MAX_SDP_CHARS)), offer('x'.repeat(MAX_SDP_CHARS + 1))],
])('%s is bounded', (_, decode, largest, tooLarge) => {
  expect(decode(largest).ok).toBe(true);
  expect(decode(tooLarge)).toMatchObject({ ok: false, reason: 'malformed' });
});
