/**
 * What a link promises (lib/rtc/link.ts), as cases that run anywhere: in Node over the network in memory, and in real
 * browsers over PeerJS. Whoever passes them may stand in for the other.
 */
import { HIGH_WATER_BYTES, CHUNK_BYTES } from '../../lib/protocol/limits.ts';
import type { LinkMessage } from '../../lib/protocol/peer-messages.ts';
import { type Link, TAPS } from '../../lib/rtc/link.ts';

export interface LinkScene {
  /** The end that dialled. */
  readonly near: Link;
  readonly far: Link;
  createTrack(kind: 'audio' | 'video'): MediaStreamTrack;
}

export interface LinkCase {
  readonly name: string;
  /** Resolves when the link kept its promise, rejects with what it did instead. */
  run(scene: LinkScene): Promise<void>;
}

type Numbered = Extract<LinkMessage, { type: 'numbered' }>;

const numbered = (seq: number): Numbered => ({ type: 'numbered', seq, body: { text: `message ${seq}` } });
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const LINK_CASES: readonly LinkCase[] = [
  {
    name: 'tells who is at the other end, and which end dialled',
    async run({ near, far }) {
      equal([near.initiated, far.initiated], [true, false]);
      ok(near.remotePeerId !== '' && far.remotePeerId !== '' && near.remotePeerId !== far.remotePeerId, 'two names');
    },
  },
  {
    name: 'delivers control messages once and in order, both ways at once',
    async run({ near, far }) {
      const atFar = collect(far);
      const atNear = collect(near);
      for (const seq of range(300)) {
        near.send(numbered(seq));
        far.send(numbered(seq));
      }
      await until('600 messages', () => atFar.length >= 300 && atNear.length >= 300);
      equal(atFar, range(300).map(numbered));
      equal(atNear, range(300).map(numbered));
    },
  },
  {
    name: 'keeps what arrives before anybody listens, and hands it over first',
    async run({ near, far }) {
      const before = far.heardAt();
      for (const seq of range(20)) near.send(numbered(seq));
      // The other way round the same channel: once this is there, so is what was sent before it.
      const echo = collect(near);
      await until(
        'the other end to hear',
        () => far.heardAt() > before,
        () => near.send({ type: 'ping', at: 1 }),
      );
      far.send(numbered(1));
      await until('an echo', () => echo.length === 1);
      const late = collect(far);
      near.send(numbered(21));
      await until('the last message', () => late.at(-1)?.seq === 21);
      equal(late, range(21).map(numbered));
    },
  },
  {
    name: 'counts what no schema fits and drops it, and goes on',
    async run({ near, far }) {
      const heard = collect(far);
      near.send({ type: 'ping', at: -1 });
      near.send({ type: 'received', seq: 0.5 });
      near.send({ type: 'hello', version: 1, sessionId: '!', name: '', proof: '', received: 0, commitment: '' });
      Reflect.apply(near.send, near, [['no', 'object']]);
      Reflect.apply(near.send, near, [{ ...numbered(1), extra: true }]);
      near.send(numbered(2));
      await until('the good message', () => heard.length > 0);
      equal(heard, [numbered(2)]);
      equal(far.rejected(), 5);
      ok(!far.closed.aborted, 'the link stays');
    },
  },
  {
    name: 'ignores what a newer peer may say, without counting it as bad',
    async run({ near, far }) {
      const heard = collect(far);
      Reflect.apply(near.send, near, [{ type: 'teleport', to: 'hall B' }]);
      near.send(numbered(1));
      await until('the known message', () => heard.length > 0);
      equal([heard, far.rejected()], [[numbered(1)], 0]);
    },
  },
  {
    name: 'knows both certificates, each end the mirror of the other',
    async run({ near, far }) {
      const [own, other] = [near.fingerprints(), far.fingerprints()];
      equal([own.own, own.other], [other.other, other.own]);
      ok(/^sha-256 .+/.test(own.own) && own.own !== own.other, `two fingerprints: ${own.own} ${own.other}`);
    },
  },
  {
    name: 'carries bytes on the pointer channel',
    async run({ near, far }) {
      const got: number[][] = [];
      far.pointer.onBytes((bytes) => got.push([...bytes]));
      // Lossy: whoever has something to say says it again.
      await until(
        'a packet',
        () => got.length > 0,
        () => near.pointer.send(Uint8Array.of(1, 2, 255)),
      );
      equal(got[0], [1, 2, 255]);
    },
  },
  {
    name: 'streams messages of any size up to 200 kB, in order, on channels that do not mix',
    async run({ near, far }) {
      const sizes = [1, 200_000, 7, CHUNK_BYTES, 65_536, 2, 199_999];
      const got = { cobrowse: [] as string[], bulk: [] as string[] };
      far.cobrowse.onBytes((bytes) => got.cobrowse.push(describe(bytes)));
      far.bulk.onBytes((bytes) => got.bulk.push(describe(bytes)));
      // Nobody waits for one before sending the next.
      await Promise.all([
        ...sizes.map((size, index) => near.cobrowse.send(filled(size, index))),
        ...sizes.map((size, index) => near.bulk.send(filled(size, index + 100))),
      ]);
      await until('all of them', () => got.cobrowse.length === sizes.length && got.bulk.length === sizes.length);
      equal(
        got.cobrowse,
        sizes.map((size, index) => describe(filled(size, index))),
      );
      equal(
        got.bulk,
        sizes.map((size, index) => describe(filled(size, index + 100))),
      );
    },
  },
  {
    name: 'keeps what is streamed before anybody listens, for all who begin to in one task',
    async run({ near, far }) {
      const before = far.heardAt();
      for (const byte of range(5)) await near.bulk.send(new Uint8Array([byte]));
      await until(
        'the other end to hear',
        () => far.heardAt() > before,
        () => near.send({ type: 'ping', at: 1 }),
      );
      const heard: (readonly number[])[] = [[], []];
      for (const at of [0, 1]) far.bulk.onBytes((bytes) => (heard[at] = [...(heard[at] ?? []), ...bytes]));
      await near.bulk.send(new Uint8Array([6]));
      await until('all of it', () => heard.every((each) => each.length >= 6));
      equal(heard, [range(6), range(6)]);
    },
  },
  {
    name: 'holds a fast sender back instead of filling the memory',
    async run({ near, far }) {
      let bytesGot = 0;
      let highest = 0;
      far.bulk.onBytes((bytes) => {
        bytesGot += bytes.byteLength;
      });
      const chunk = filled(CHUNK_BYTES, 1);
      const chunks = 400;
      await Promise.all(
        range(chunks).map(async () => {
          await near.bulk.send(chunk);
          highest = Math.max(highest, near.bulk.bufferedBytes());
        }),
      );
      await until('6.5 MB', () => bytesGot === chunks * CHUNK_BYTES);
      ok(highest <= HIGH_WATER_BYTES + CHUNK_BYTES, `${highest} bytes were waiting`);
    },
  },
  {
    name: 'opens its taps from the end that dialled, for both',
    async run({ near, far, createTrack }) {
      const asked = far.taps.open();
      await Promise.all([near.taps.open(), asked]);
      const kinds = { mic: 'audio', camera: 'video', screen: 'video', screenSound: 'audio' } as const;
      for (const [from, to] of [[near, far] as const, [far, near] as const]) {
        for (const tap of TAPS) await from.taps.send(tap, createTrack(kinds[tap]));
        await until('four tracks', () => TAPS.every((tap) => to.taps.received(tap)?.kind === kinds[tap]));
        for (const tap of TAPS) await from.taps.send(tap, null);
      }
    },
  },
  {
    name: 'remembers what is to be sent from before its taps were open',
    async run({ near, far, createTrack }) {
      await far.taps.send('camera', createTrack('video'));
      let told = 0;
      near.taps.onReceived(() => {
        told += 1;
      });
      await Promise.all([near.taps.open(), far.taps.open()]);
      await until('a picture', () => near.taps.received('camera') !== null);
      ok(told > 0 || near.taps.received('camera') !== null, 'whoever listens is told');
    },
  },
  {
    name: 'closes at both ends, once, whoever closes it and how often',
    async run({ near, far }) {
      const closed = { near: 0, far: 0 };
      near.closed.addEventListener('abort', () => (closed.near += 1));
      far.closed.addEventListener('abort', () => (closed.far += 1));
      far.close();
      far.close();
      await until('both ends to know', () => near.closed.aborted && far.closed.aborted, undefined, CLOSE_LIMIT_MS);
      near.close();
      equal(closed, { near: 1, far: 1 });
    },
  },
  {
    name: 'does nothing after it has closed',
    async run({ near, far }) {
      const heard = collect(far);
      near.close();
      near.send(numbered(1));
      equal(near.pointer.send(Uint8Array.of(1)), false);
      const refused = await near.bulk.send(Uint8Array.of(1)).then(
        () => false,
        () => true,
      );
      ok(refused, 'a stream refuses');
      await until('the other end to know', () => far.closed.aborted, undefined, CLOSE_LIMIT_MS);
      equal(heard, []);
      equal(await near.stats(), null);
    },
  },
];

/** A browser may take a while to tell that the other end has gone. */
const CLOSE_LIMIT_MS = 15_000;

function collect(link: Link): Numbered[] {
  const heard: Numbered[] = [];
  link.onMessage((message) => {
    if (message.type === 'numbered') heard.push(message);
  });
  return heard;
}

/** Bytes that tell their size and seed, so that two mixed up messages are noticed. */
function filled(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + seed) & 255;
  return bytes;
}

function describe(bytes: Uint8Array): string {
  let sum = 0;
  for (const byte of bytes) sum = (sum * 33 + byte) % 1_000_000_007;
  return `${bytes.byteLength} bytes, ${sum}`;
}

/** Looks again and again, with `again` before each look, until `look` is true. */
async function until(what: string, look: () => boolean, again?: () => void, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!look()) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms for ${what}`);
    again?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function equal(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`Expected ${right.slice(0, 500)}, got ${left.slice(0, 500)}`);
}

function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Not so: ${what}`);
}
