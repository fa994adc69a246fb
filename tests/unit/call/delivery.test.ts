import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Delivery, emptyDelivery, nextConfirmed, nextReceived, nextSent } from '../../../lib/call/delivery.ts';

interface End {
  delivery: Delivery<string>;
  /** What its person typed and what it was handed, in order. */
  typed: string[];
  seen: string[];
}

type Packet = { kind: 'message'; seq: number; body: string } | { kind: 'confirm'; seq: number };

/** Two ends and a path between them that loses everything on it whenever a link breaks. */
class Pair {
  readonly ends: [End, End] = [newEnd(), newEnd()];
  private linked = false;
  private readonly paths: [Packet[], Packet[]] = [[], []];

  type(side: 0 | 1, text: string): void {
    const end = this.ends[side];
    const next = nextSent(end.delivery, text);
    end.typed.push(text);
    end.delivery = next.delivery;
    if (this.linked) this.paths[side].push({ kind: 'message', ...next.message });
  }

  breakLink(): void {
    this.linked = false;
    this.paths[0].length = 0;
    this.paths[1].length = 0;
  }

  /** A new link: each side says how far it got, the other confirms that much and sends the rest again. */
  link(): void {
    this.breakLink();
    this.linked = true;
    for (const side of [0, 1] as const) {
      const end = this.ends[side];
      end.delivery = nextConfirmed(end.delivery, this.ends[1 - side]!.delivery.received);
      this.paths[side].push(...end.delivery.pending.map((message) => ({ kind: 'message' as const, ...message })));
    }
  }

  /** Carries the oldest packet that `side` sent. */
  carry(side: 0 | 1): void {
    const packet = this.paths[side].shift();
    const to = this.ends[1 - side]!;
    if (!packet) return;
    if (packet.kind === 'confirm') {
      to.delivery = nextConfirmed(to.delivery, packet.seq);
      return;
    }
    const next = nextReceived(to.delivery, packet.seq);
    expect(next.outcome).not.toBe('gap');
    to.delivery = next.delivery;
    if (next.outcome === 'deliver') to.seen.push(packet.body);
    this.paths[1 - side]!.push({ kind: 'confirm', seq: packet.seq });
  }

  /** Both sides lose their page and come back with what was stored. */
  reload(): void {
    this.breakLink();
    for (const end of this.ends) end.delivery = JSON.parse(JSON.stringify(end.delivery)) as Delivery<string>;
  }

  settle(): void {
    this.link();
    while (this.paths[0].length + this.paths[1].length > 0) for (const side of [0, 1] as const) this.carry(side);
  }
}

const newEnd = (): End => ({ delivery: emptyDelivery(), typed: [], seen: [] });

const side = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('type' as const), side }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('carry' as const), side }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('break' as const, 'link' as const, 'reload' as const), side }),
  },
);

test('over random outages and reloads no message is lost, none is doubled, and the order is kept', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const pair = new Pair();
      steps.forEach((action, index) => {
        if (action.do === 'type') pair.type(action.side, `${action.side}/${index}`);
        else if (action.do === 'carry') pair.carry(action.side);
        else if (action.do === 'break') pair.breakLink();
        else if (action.do === 'link') pair.link();
        else pair.reload();
      });
      pair.settle();
      expect(pair.ends[1].seen).toEqual(pair.ends[0].typed);
      expect(pair.ends[0].seen).toEqual(pair.ends[1].typed);
      expect(pair.ends.map(({ delivery }) => delivery.pending)).toEqual([[], []]);
    }),
    { numRuns: 10_000 },
  );
});

test('a confirmation for a number that was never given out changes nothing', () => {
  const { delivery } = nextSent(emptyDelivery<string>(), 'a');
  expect(nextConfirmed(delivery, 2)).toBe(delivery);
  expect(nextConfirmed(delivery, -1)).toBe(delivery);
  expect(nextConfirmed(delivery, 1).pending).toEqual([]);
});

test('a gap is told apart from a repeat', () => {
  const first = nextReceived(emptyDelivery(), 1).delivery;
  expect(nextReceived(first, 1).outcome).toBe('repeat');
  expect(nextReceived(first, 3).outcome).toBe('gap');
  expect(nextReceived(first, 3).delivery).toBe(first);
});
