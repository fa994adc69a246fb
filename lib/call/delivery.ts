/**
 * Exactly-once, in-order delivery over links that come and go. The sender numbers and keeps what is not confirmed; the
 * receiver confirms what it has kept; a new link begins with both sides' highest number, and the rest is sent again.
 * Plain data, so that it can be stored with the session and survive a reload.
 */
export interface Delivery<T> {
  /** Highest number given out. */
  readonly sent: number;
  /** Sent or waiting, and not yet confirmed; ascending, without gaps. */
  readonly pending: readonly Numbered<T>[];
  /** Highest number received and kept. */
  readonly received: number;
}

export interface Numbered<T> {
  readonly seq: number;
  readonly body: T;
}

export const emptyDelivery = <T>(): Delivery<T> => ({ sent: 0, pending: [], received: 0 });

export function nextSent<T>(delivery: Delivery<T>, body: T): { delivery: Delivery<T>; message: Numbered<T> } {
  const message = { seq: delivery.sent + 1, body };
  return { delivery: { ...delivery, sent: message.seq, pending: [...delivery.pending, message] }, message };
}

/** The other side holds everything up to `seq`. A number that was never given out is a lie and changes nothing. */
export function nextConfirmed<T>(delivery: Delivery<T>, seq: number): Delivery<T> {
  if (seq > delivery.sent || delivery.pending.length === 0 || seq < (delivery.pending[0]?.seq ?? 0)) return delivery;
  return { ...delivery, pending: delivery.pending.filter((message) => message.seq > seq) };
}

/**
 * `deliver`: new and next in order. `repeat`: had it already, confirm again. `gap`: something before it is missing; the
 * link is of no use any more and the next one replays.
 */
export function nextReceived<T>(
  delivery: Delivery<T>,
  seq: number,
): { delivery: Delivery<T>; outcome: 'deliver' | 'repeat' | 'gap' } {
  if (seq <= delivery.received) return { delivery, outcome: 'repeat' };
  if (seq > delivery.received + 1) return { delivery, outcome: 'gap' };
  return { delivery: { ...delivery, received: seq }, outcome: 'deliver' };
}
