import type { MirrorEvent } from '../protocol/cobrowse-messages.ts';

/** A frame can speak before the mirror knows which element it hangs in. More than this is dropped, and asked for again. */
const MAX_HELD_EVENTS = 2_000;

export interface HeldFrame {
  readonly epoch: number;
  readonly events: MirrorEvent[];
}

export interface HeldFrames {
  hold(frameId: number, epoch: number, events: readonly MirrorEvent[]): void;
  /** False when nothing of that epoch is held, or too much. */
  add(frameId: number, epoch: number, events: readonly MirrorEvent[]): boolean;
  has(frameId: number): boolean;
  drop(frameId: number): void;
  entries(): [number, HeldFrame][];
}

export function createHeldFrames(): HeldFrames {
  const held = new Map<number, HeldFrame>();
  return {
    hold: (frameId, epoch, events) => held.set(frameId, { epoch, events: [...events] }),
    add(frameId, epoch, events) {
      const frame = held.get(frameId);
      if (frame === undefined || frame.epoch !== epoch) return false;
      frame.events.push(...events);
      if (frame.events.length <= MAX_HELD_EVENTS) return true;
      held.delete(frameId);
      return false;
    },
    has: (frameId) => held.has(frameId),
    drop: (frameId) => held.delete(frameId),
    entries: () => [...held],
  };
}
