import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeChunk } from '../../../lib/protocol/still-chunk.ts';
import { waitFor } from '../harness/deadline.ts';
import { hears, sees } from '../harness/media.ts';
import { hasText, press } from '../harness/queries.ts';
import { onEngine, type Seat } from '../harness/seat.ts';
import { openCall } from './pair.ts';

const SIDE = 30_000;
const TRANSFER = 77;

/** 30,000 × 30,000 white dots in a few kilobytes: decoded they would be 3.6 GB. */
function pictureBomb(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    // Decoders that check the sum at all do so after they have made room.
    return Buffer.concat([head, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc(SIDE * (1 + SIDE / 8)), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

interface Bomb {
  /** Frames of the channel `bulk`, base64. */
  readonly frames: readonly string[];
  readonly bytes: number;
  readonly transfer: number;
}

function framesOf(file: Buffer): Bomb {
  const frames: string[] = [];
  for (let offset = 0; offset < file.length; offset += 16_000) {
    const bytes = new Uint8Array(file.subarray(offset, offset + 16_000));
    frames.push(Buffer.from(encodeChunk({ transfer: TRANSFER, offset, bytes })).toString('base64'));
  }
  return { frames, bytes: file.length, transfer: TRANSFER };
}

/**
 * Runs next to the expert's engine: from now on the expert is somebody else. Each stroke goes out with one thing of it made
 * absurd, each still as a bomb that calls itself small, and what is sent in between is noise.
 */
function turnHostile(bomb: Bomb): void {
  const absurd: readonly Record<string, unknown>[] = [
    { points: Array.from({ length: 30_000 }, () => 1) },
    { points: [1e9, -1e9, 1, 2, 2, 2] },
    { points: [1, 1] },
    { colour: 'url(https://evil.example/)' },
    { width: 1e6 },
    { seed: -1 },
    { seed: 1e300 },
    { number: 1e9 },
    { text: 'x'.repeat(10_000), tool: 'text' },
    { surface: 'x'.repeat(50_000) },
    { order: 1e300 },
    { tool: 'eraser' },
    { constructor: { prototype: { polluted: true } } },
  ];
  const send = Reflect.get(RTCDataChannel.prototype, 'send') as (data: unknown) => void; // whichever overload
  const channels = new Map<string, RTCDataChannel>();
  let strokes = 0;
  let isBombSent = false;
  const tamper = (text: string): string => {
    const message = JSON.parse(text);
    const body = message.body ?? message;
    if (body.type === 'ink.stroke') Object.assign(body, absurd[strokes++ % absurd.length]);
    if (body.type === 'still.offer') {
      Object.assign(body, { transfer: bomb.transfer, mime: 'image/png', bytes: bomb.bytes, width: 100, height: 100 });
    }
    return JSON.stringify(message);
  };
  Reflect.set(RTCDataChannel.prototype, 'send', function (this: RTCDataChannel, data: unknown) {
    channels.set(this.label, this);
    if (typeof data === 'string' && /"(?:ink\.stroke|still\.offer)"/.test(data)) return send.call(this, tamper(data));
    if (this.label !== 'bulk') return send.call(this, data);
    if (!isBombSent) for (const frame of bomb.frames) send.call(this, bytesOf(frame));
    isBombSent = true;
    return undefined;
  });
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const noise = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(1 + Math.floor(Math.random() * 1_500)));
    // As if it were ink, or part of a still.
    bytes[0] = 0x11 + Math.floor(Math.random() * 2);
    return bytes;
  };
  let rounds = 0;
  const timer = setInterval(() => {
    for (const label of ['pointer', 'bulk']) {
      const channel = channels.get(label);
      for (let index = 0; index < 20; index += 1) if (channel?.readyState === 'open') send.call(channel, noise());
    }
    rounds += 1;
    if (rounds > 100) clearInterval(timer);
  }, 20);
  Object.assign(globalThis, { strokesSent: () => strokes, absurdStrokes: absurd.length });
}

const DRAW = `(engine, surface) => {
  engine.ink.choose({ stay: true });
  for (let index = 0; index < 13; index += 1) {
    const pen = engine.ink.press(surface, { width: 640, height: 480 }, { x: 0.1, y: 0.1, pressure: 0.5 });
    pen.move([{ x: 0.5, y: 0.1 + index / 20, pressure: 0.5 }]);
    pen.release();
  }
}`;

const countDecodes = (seat: Seat) =>
  onEngine(
    seat,
    `() => {
      const make = createImageBitmap;
      globalThis.decodes = 0;
      globalThis.createImageBitmap = (...args) => ((globalThis.decodes += 1), make(...args));
    }`,
  );

test.each(['chrome', 'firefox'] as const)(
  'strokes and pictures of somebody who means harm change nothing for a customer in %s',
  async (browser) => {
    const { expert, customer } = await openCall('chrome', browser);
    for (const seat of [expert, customer]) await press(seat.page, 'button', 'Video');
    await Promise.all([sees(expert, 'Carla Customer camera'), sees(customer, 'Eva Expert camera')]);
    await countDecodes(customer);
    await expert.room.evaluate(`(${turnHostile.toString()})(${JSON.stringify(framesOf(pictureBomb()))})`);

    const surface = await onEngine(expert, '(engine) => `camera:${engine.desk.identity.peek().personId}`');
    await onEngine(expert, DRAW, surface);
    await onEngine(
      expert,
      `async (engine, surface) => {
        const id = engine.stills.freeze(surface, Promise.resolve(null));
        await new Promise((done) => {
          const stop = engine.stills.stills.subscribe((all) => {
            if (!all.find((each) => each.id === id)?.isFull) return;
            done();
            setTimeout(() => stop());
          });
        });
        engine.stills.send(id);
      }`,
      surface,
    );
    // The word that there is a picture comes after everything else.
    await waitFor('the word of a picture', async () => {
      const items = await onEngine(
        customer,
        '(engine) => engine.messages.items.peek().filter((item) => item.stillId).length',
      );
      return items === 1 || null;
    });
    expect(await expert.room.evaluate('strokesSent()')).toBe(await expert.room.evaluate('absurdStrokes'));
    // Live points were honest, so something may have been seen for a moment; nothing of it is settled.
    await waitFor(
      'nothing drawn',
      async () => (await onEngine(customer, '(engine) => engine.ink.shown.peek().length')) === 0 || null,
    );
    expect(await onEngine(customer, '(engine) => engine.stills.arrivals.peek().length')).toBe(0);
    expect(await onEngine(customer, '(engine) => engine.stills.stills.peek().some(({ isFull }) => isFull)')).toBe(
      false,
    );
    expect(await onEngine(customer, '() => globalThis.decodes')).toBe(0);
    expect(await onEngine(customer, '() => ({}).polluted ?? null')).toBeNull();

    // The call is unhurt.
    await Promise.all([hears(customer), sees(customer, 'Eva Expert camera'), sees(expert, 'Carla Customer camera')]);
    await onEngine(expert, "(engine) => engine.messages.send('still here')");
    await press(customer.page, 'button', /^Message/);
    await hasText(customer.page, 'log', 'still here');
    expect(customer.person.log.errors).toEqual([]);
  },
);
