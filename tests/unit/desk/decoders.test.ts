import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { decodeDeskEvent, decodeDeskRequest, decodeValue } from '../../../lib/protocol/decode-desk.ts';
import {
  Admission,
  AdmitRequest,
  Credentials,
  DeskConfig,
  DeskEvent,
  DeskRequest,
  EnrolRequest,
  GuestRequest,
  HttpError,
  Introduction,
  QueueTicket,
  SessionCodeValue,
} from '../../../lib/protocol/desk-messages.ts';
import { MAX_DESK_BYTES } from '../../../lib/protocol/limits.ts';
import { decodeSignal } from '../../../server/signalling/signal.ts';

const ID = 'abcdefgh12345678';
const SECRET = 'a'.repeat(32);
const CARD = { personId: ID, name: 'Erin', role: 'expert' };
const SCENARIO = { id: 'maintenance', name: 'Maintenance' };
const FACT = { key: 'browser', value: 'Firefox', source: 'collected' };
const INTRODUCTION = { sessionId: ID, secret: SECRET, person: CARD, peerId: ID, scenario: SCENARIO, facts: [FACT] };

const REQUESTS: object[] = [
  { type: 'auth', ticket: SECRET, protocol: 1 },
  { type: 'ping', id: 1 },
  { type: 'status', id: 1, status: 'away' },
  { type: 'code.create', id: 1, scenario: 'maintenance' },
  { type: 'code.cancel', id: 1, code: '123456789' },
  { type: 'code.join', id: 1, code: '123456789', name: 'Carl', facts: [FACT] },
  { type: 'help', id: 1, scenario: 'maintenance', name: 'Carl', facts: [] },
  { type: 'help.cancel', id: 1 },
  { type: 'claim', id: 1, queueId: ID },
  { type: 'call', id: 1, to: ID },
  ...['answered', 'declined', 'cancel', 'ended'].map((type) => ({ type, id: 1, sessionId: ID })),
];
const EVENTS: object[] = [
  { type: 'welcome', person: CARD, presence: 'away', scenarios: [SCENARIO] },
  { type: 'reply', id: 1, ok: false, reason: 'busy' },
  { type: 'directory', people: [{ ...CARD, presence: 'away' }] },
  { type: 'directory.change', person: { ...CARD, presence: 'away' } },
  { type: 'directory.gone', personId: ID },
  { type: 'waiting', entries: [{ queueId: ID, name: 'Carl', scenario: SCENARIO, since: 1, ringing: true }] },
  { type: 'queue', position: 1 },
  { type: 'ring', introduction: INTRODUCTION, claimed: true, expiresAt: 1 },
  { type: 'offer', introduction: INTRODUCTION },
  { type: 'gone', sessionId: ID, reason: 'missed' },
  { type: 'code.used', code: '123456789' },
  { type: 'closing', reason: 'displaced' },
];

const typesOf = (schema: { options: readonly { entries: { type: { literal: string } } }[] }) =>
  new Set(schema.options.map((option) => option.entries.type.literal));

test('the samples name every message there is', () => {
  const typesIn = (samples: object[]) => new Set(samples.map((sample) => ('type' in sample ? sample.type : '')));
  expect(typesIn(REQUESTS)).toEqual(typesOf(DeskRequest));
  expect(typesIn(EVENTS)).toEqual(typesOf(DeskEvent));
});

test.each(REQUESTS)('request %j is understood', (sample) => {
  expect(decodeDeskRequest(JSON.stringify(sample))).toEqual({ ok: true, value: sample });
});

test.each(EVENTS)('event %j is understood', (sample) => {
  expect(decodeDeskEvent(JSON.stringify(sample))).toEqual({ ok: true, value: sample });
});

const DECODERS: [name: string, decode: (text: string) => { ok: boolean }, samples: object[]][] = [
  ['requests', decodeDeskRequest, REQUESTS],
  ['events', decodeDeskEvent, EVENTS],
  ['signals', decodeSignal, [{ type: 'OFFER', dst: ID, payload: {} }, { type: 'HEARTBEAT' }]],
];

describe.each(DECODERS)('%s', (_, decode, samples) => {
  test('noise is refused without a throw', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ type: value })),
    );
    fc.assert(fc.property(noise, (text) => !decode(text).ok));
  });

  test('a sample with one field changed into anything never throws and never gains a prototype', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant('x'.repeat(100_000)), fc.constant('__proto__'));
    const change = fc
      .constantFrom(...samples)
      .chain((sample) =>
        fc.record({ sample: fc.constant(sample), key: fc.constantFrom(...Object.keys(sample)), value: anything }),
      );
    fc.assert(
      fc.property(change, ({ sample, key, value }) => {
        const decoded = decode(JSON.stringify({ ...sample, [key]: value }));
        expect(typeof decoded.ok).toBe('boolean');
        expect('polluted' in {}).toBe(false);
      }),
    );
  });
});

describe.each([
  ['requests', decodeDeskRequest, REQUESTS],
  ['events', decodeDeskEvent, EVENTS],
] as const)('strictness of %s', (_, decode, samples) => {
  test.each(['extra', '__proto__', 'constructor', 'toString'])('an additional key %s is refused', (key) => {
    for (const sample of samples) {
      const text = `${JSON.stringify(sample).slice(0, -1)},${JSON.stringify(key)}:{"polluted":true}}`;
      expect([sample, decode(text)]).toMatchObject([sample, { ok: false, reason: 'bad-message' }]);
    }
  });

  test('a missing key is refused', () => {
    for (const sample of samples) {
      const { type: _type, ...rest } = { type: '', ...sample };
      expect(decode(JSON.stringify(rest)).ok).toBe(false);
    }
  });
});

test('what is too large is not even parsed', () => {
  const text = JSON.stringify({ type: 'ping', id: 1, pad: 'x'.repeat(MAX_DESK_BYTES) });
  expect(decodeDeskRequest(text)).toMatchObject({ ok: false, detail: 'too large' });
  expect(decodeDeskEvent('x'.repeat(2_000_001))).toMatchObject({ ok: false, detail: 'too large' });
});

test.each([null, undefined, 1, {}, [], new ArrayBuffer(8)])('%s is not text', (data) => {
  expect(decodeDeskRequest(data)).toMatchObject({ ok: false, reason: 'bad-message' });
});

const BODIES: [name: string, schema: v.GenericSchema][] = [
  ['EnrolRequest', EnrolRequest],
  ['GuestRequest', GuestRequest],
  ['AdmitRequest', AdmitRequest],
  ['Admission', Admission],
  ['Credentials', Credentials],
  ['DeskConfig', DeskConfig],
  ['HttpError', HttpError],
  ['Introduction', Introduction],
  ['QueueTicket', QueueTicket],
  ['SessionCodeValue', SessionCodeValue],
];

test.each(BODIES)('%s refuses anything else without a throw', (_, schema) => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }),
      (value) => !decodeValue(schema, value).ok,
    ),
  );
});
